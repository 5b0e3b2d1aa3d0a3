"""What signatures, numbers and the index say of pages."""

from __future__ import annotations

import book_making as making
from book_making import HEAD, OLD_UNIT, OTHER_HEAD, OTHER_SQUAD, REMOVED_HEAD, STRANGER, Book, Entry, body

from .whole import case, whole, with_page


@case
def altered() -> Book:
    """A letter changed in a page; what opened it is of no page any more."""
    lines = whole().lines()
    return [line.replace("hiding_place", "talk_with_residents") for line in lines]


@case
def altered_and_sealed_again() -> Book:
    """The head sealed another text under a number that the index gives to the first."""
    book = whole()
    again = Entry.of(body(3, reason={"commitment": "otherwise"}))
    again.countersigned, book.entries[3] = book.entries[3].countersigned, again
    return book


@case
def altered_and_countersigned_again() -> Book:
    """Even the subdivision signed again; only the index knows."""
    book = whole()
    book.entries[3] = Entry.of(body(3, reason={"commitment": "otherwise"}), "2027-1")
    return book


@case
def sealed_by_stranger() -> Book:
    """A stranger; a head in another's name; another squad's head."""
    book = with_page(body(4, sealed_by=making.device(STRANGER)), "2027-2", by=STRANGER)
    book.entries.append(Entry.of(body(5), "2027-3", by=REMOVED_HEAD))
    book.entries.append(Entry.of(body(6, sealed_by=making.device(OTHER_HEAD)), "2027-4", by=OTHER_HEAD))
    book.make_index()
    return book


@case
def sealed_by_removed() -> Book:
    """A removed head's page without countersignature, and with one that is not good."""
    by = {"sealed_by": making.device(REMOVED_HEAD)}
    book = with_page(body(4, **by), by=REMOVED_HEAD)
    book.entries.append(Entry.of(body(5, **by), by=REMOVED_HEAD))
    book.entries[-1].countersign("2027-3", OTHER_HEAD)
    book.make_index()
    return book


@case
def sealed_badly() -> Book:
    """Signatures that are none: of another page, cut, in capitals, no hex; a key that is none."""
    book = whole()
    one = book.entries[0].sealed["signature"]
    seals = [one[:-2], one.upper(), "g" * 128, "", "00" * 64, one]
    book.entries += [Entry.of(body(10 + at), f"2030-{at}") for at in range(len(seals))]
    for entry, seal in zip(book.entries[4:], seals):
        entry.sealed["signature"] = seal
    plus = book.entries[-1]
    plus.text, plus.sealed = with_zero_digit()
    plus.sealed["signature"] = plus.sealed["signature"].replace("0", "+", 1)
    plus.countersigned = []
    book.entries[3].sealed["by"] = "HEAD"
    book.entries[0].sealed, book.entries[1].sealed = book.entries[1].sealed, book.entries[0].sealed
    book.make_index()
    return book


def with_zero_digit() -> tuple[str, dict]:
    """A text and its seal, in which the first nought is the upper digit of a byte: some read `+7` as `07`."""
    for at in range(100):
        entry = Entry.of(body(15, sealed_at=f"2026-05-04T10:{at:02}:00+05:00"))
        if entry.sealed["signature"].index("0") % 2 == 0:
            return entry.text, entry.sealed
    raise AssertionError("no such signature among a hundred")


@case
def not_countersigned() -> Book:
    book = whole()
    book.entries[3].countersigned = []
    return book


@case
def countersigned_badly() -> Book:
    """By a head, by a stranger, over another number, and numbers that are written otherwise."""
    book = whole()
    for at, by in enumerate((HEAD, STRANGER)):
        book.entries.append(Entry.of(body(20 + at)))
        book.entries[-1].countersign(f"2029-{at}", by)
    over = [("2030-1", "2030-2"), ("2030-02", "2030-2"), ("2030-3-0", "2030-3"), ("65536-4", "0-4")]
    over += [("2030-4294967296", "2030-0"), ("2030-5-65536", "2030-5"), (" 2030-6", "2030-6"), ("2030-7\n", "2030-7")]
    over += [("+2030-8", "2030-8"), ("", "0-0")]
    over += [("2030-٩", "2030-9"), ("2030-1-2-3", "2030-1-2")]
    for at, (number, signs) in enumerate(over):
        book.entries.append(Entry.of(body(30 + at)))
        book.entries[-1].countersign(number, over=signs)
    book.entries[3].countersign("2027-9", STRANGER)
    book.make_index()
    book.entries[1].countersigned[0]["number"] = "2026-010"
    return book


@case
def several_numbers() -> Book:
    """Two numbers of one page; twice the same is one."""
    book = whole()
    book.entries[0].countersign("2026-11")
    book.entries[1].countersign("2026-10", OLD_UNIT)
    return book


@case
def number_taken() -> Book:
    """Two pages of one number; the index was made before the second."""
    book = whole()
    book.entries.append(Entry.of(body(4), "2027-1"))
    return book


@case
def number_taken_in_index() -> Book:
    """Two consoles gave one number, and the index says so."""
    return with_page(body(4), "2027-1")


@case
def number_taken_and_one_removed() -> Book:
    """Of two pages of one number one is gone: that the number stands there still does not hide it."""
    book = with_page(body(4), "2027-1")
    del book.entries[4]
    return book


@case
def number_taken_by_nobody() -> Book:
    """Who names a number that is another's, without a good signature, takes it from nobody."""
    book = with_page(body(4))
    book.entries[-1].countersign("2027-2", STRANGER)
    book.entries[-1].countersign("2027-1", STRANGER)
    book.make_index()
    return book


@case
def page_before_missing() -> Book:
    book = whole()
    del book.entries[1]
    book.make_index()
    return book


@case
def forked() -> Book:
    """Two amendments of one page, and two first pages of one patrol."""
    book = whole()
    book.entries.append(Entry.of(body(2, book.entries[1].hash, reason={"commitment": "another phone"}), "2026-10-2"))
    book.entries.append(Entry.of(body(3, sealed_at="2026-05-04T10:00:01+05:00"), "2027-2"))
    book.make_index()
    return book


@case
def of_another_book() -> Book:
    """Of another territory, and of another squad."""
    book = with_page(body(4, territory="a2" * 32), "2027-2")
    squad = body(5, squad=OTHER_SQUAD, sealed_by=making.device(OTHER_HEAD))
    book.entries.append(Entry.of(squad, "2027-3", by=OTHER_HEAD))
    book.make_index()
    return book


@case
def swapped() -> Book:
    """Two pages with each other's numbers: what the subdivision signed for one stands at the other."""
    book = whole()
    one, other = book.entries[0], book.entries[3]
    one.countersigned, other.countersigned = other.countersigned, one.countersigned
    return book


@case
def swapped_and_countersigned_again() -> Book:
    """The same with good signatures; only the index knows."""
    book = whole()
    one, other = book.entries[0], book.entries[3]
    one.countersigned, other.countersigned = [], []
    one.countersign("2027-1")
    other.countersign("2026-9")
    return book


@case
def not_in_index() -> Book:
    """A page that came after the index, and one without a number."""
    book = whole()
    book.entries += [Entry.of(body(4), "2027-2"), Entry.of(body(5))]
    return book


@case
def page_twice() -> Book:
    """A page that stands there twice; what opens it does so too."""
    book = whole()
    book.entries.append(book.entries[3])
    return book
