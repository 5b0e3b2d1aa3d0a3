"""The whole book from which every case departs; books of which nothing is said; and how a case is noted."""

from __future__ import annotations

from typing import Callable

import book_making as making
from book_making import HEAD, HEAD_OF_TWO, OLD_UNIT, REMOVED_HEAD, Book, Entry, body, full

CASES: dict[str, Callable[[], bytes]] = {}


def case(make: Callable[[], Book | list[str] | bytes]) -> Callable:
    """Notes a case under the name of its function."""

    def to_bytes() -> bytes:
        made = make()
        made = made.lines() if isinstance(made, Book) else made
        return made if isinstance(made, bytes) else making.file_of(made)

    CASES[make.__name__] = to_bytes
    return make


def whole() -> Book:
    """Four pages: the second amended, the numbers not in the order of their letters."""
    first, second = Entry.of(full(1), "2026-9"), Entry.of(body(2), "2026-10")
    amended = Entry.of(body(2, second.hash), "2026-10-1")
    return Book.of(first, second, amended, Entry.of(body(3), "2027-1"))


def with_page(said: dict, *numbers: str, by: bytes = HEAD) -> Book:
    """The whole book and one page more."""
    book = whole()
    book.entries.append(Entry.of(said, *numbers, by=by))
    book.make_index()
    return book


def with_text(text: str) -> Book:
    """The whole book and whatever stands as a page."""
    book = whole()
    book.entries.append(Entry.of_text(text, "2027-2"))
    book.make_index()
    return book


@case
def good() -> Book:
    return whole()


@case
def good_unsorted() -> Book:
    """Pages stand in any order, and openings before them."""
    book = whole()
    book.entries.reverse()
    lines = book.lines()
    return [lines[0], *lines[-2:0:-1], lines[-1]]


@case
def good_blanks() -> bytes:
    """Blank lines, blanks in lines, CR before LF, keys that nobody knows, numbers that nobody reads."""
    first, *others = whole().lines()
    first = '{ "later" : [1e99, -0, 1.50, 12345678901234567890123] , "jasaq":"book/1"}'
    lines = ["", " \t ", first, *(line[:-1] + ',"later":{"a":[null]}}' for line in others), ""]
    return "\r\n".join(lines).encode()


@case
def good_characters() -> Book:
    """Everything that RFC 8785 writes in its own way, and keys of a newer program."""
    signs = "".join(map(chr, range(0x20))) + '"\\/\x7f\x80\u2028\u2029\ufeff\U0001f600'
    newer = {"": [], "Z": {}, "z~/": [{"commitment": "deep"}], "most": 2**53, "~": "\u20ac", 'q"\\\n': 0}
    return with_page(body(4, flags=[["clock_jumped", signs]]) | newer, "2027-2")


@case
def good_numbers() -> Book:
    """The greatest and the least that a number holds."""
    book = with_page(body(4), "65535-4294967295-65535")
    book.entries.append(Entry.of(body(5), "0-0"))
    book.make_index()
    return book


@case
def good_removed_head() -> Book:
    """A removed head's page, which a removed device of the subdivision countersigned."""
    book = whole()
    book.entries.append(Entry.of(body(4, sealed_by=making.device(REMOVED_HEAD)), by=REMOVED_HEAD))
    book.entries[-1].countersign("2027-2", OLD_UNIT)
    book.make_index()
    return book


@case
def good_head_of_two() -> Book:
    """Whose key of another squad was removed, and not of this one."""
    return with_page(body(4, sealed_by=making.device(HEAD_OF_TWO)), "2027-2", by=HEAD_OF_TWO)


@case
def good_without_null() -> Book:
    """What may be `null` may be missing."""
    said = body(4)
    said["members"][0].pop("card_of")
    return with_page({key: value for key, value in said.items() if value is not None}, "2027-2")


@case
def good_and_index() -> list[str]:
    """A line that is a page and an index is a page."""
    *lines, index = whole().lines()
    return [*lines[:-2], making.joined(lines[-2], index), lines[-1], index]


@case
def good_near_commitments() -> Book:
    """At a key that nobody knows what is nearly a commitment is none; what stands inside of one may be."""
    near: list = [{"commitment": "nobody"}, {"commitment": 0}, {"commitment": "00" * 32, "more": 0}]
    near.append({"commitment": {"commitment": "00" * 32}})
    return with_text(making.changed(Entry.of(body(4)).text, "zz", near))


@case
def erased() -> Book:
    """Nothing opens one page, and of another a name is erased."""
    book = whole()
    book.entries[0].openings = []
    del book.entries[1].openings[0]
    return book
