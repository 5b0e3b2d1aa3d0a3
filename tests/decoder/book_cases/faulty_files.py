"""What is wrong with an index, with lines and with a whole file."""

from __future__ import annotations

import json

from book_making import HEAD, OLD_UNIT, STRANGER, Book, as_lists, changed, without, write

from .whole import case, whole


@case
def removed() -> Book:
    """The line of a page and that of another's openings are gone."""
    book = whole()
    book.entries[1].openings = []
    del book.entries[3]
    return book


@case
def removed_and_named() -> Book:
    """A page is gone; another names its number beside its own."""
    book = whole()
    del book.entries[3]
    book.entries[0].countersign("2027-1", STRANGER)
    return book


@case
def no_index() -> Book:
    book = whole()
    book.index = None
    return book


@case
def index_altered() -> Book:
    """A page is gone, from the index too."""
    book = whole()
    del book.entries[3]
    signature = book.index["signature"]
    book.make_index()
    book.index["signature"] = signature
    return book


@case
def index_by_head() -> Book:
    book = whole()
    book.make_index(HEAD)
    return book


@case
def index_by_removed() -> Book:
    """Whoever holds a removed device of the subdivision indexes nothing; what it countersigned counts."""
    book = whole()
    book.entries[3].countersigned = []
    book.entries[3].countersign("2027-1", OLD_UNIT)
    book.make_index(OLD_UNIT)
    return book


@case
def index_of_another_territory() -> Book:
    book = whole()
    book.make_index(territory="a2" * 32)
    return book


@case
def index_newer() -> Book:
    book = whole()
    book.make_index(jasaq="index/2")
    return book


@case
def index_unordered() -> Book:
    """The order of letters is not that of numbers."""
    book = whole()
    book.make_index(pages=sorted(json.loads(book.index["index"])["pages"]))
    return book


@case
def index_twice_the_page() -> Book:
    book = whole()
    book.make_index(pages=[["2026-9", book.entries[0].hash], *json.loads(book.index["index"])["pages"]])
    return book


@case
def index_of_lists() -> Book:
    """Values in order, where an object should stand."""
    book = whole()
    said = json.loads(book.index["index"])
    book.sign_index(write(as_lists(said, ("entered", "erased", "jasaq", "made_at", "pages", "squad", "territory"))))
    return book


@case
def index_badly_numbered() -> Book:
    book = whole()
    book.make_index(pages=[["2026-09", book.entries[0].hash]])
    return book


@case
def index_with_blanks() -> Book:
    """What is signed is the text, however it is written."""
    book = whole()
    book.sign_index(json.dumps(json.loads(book.index["index"]), indent=1))
    return book


@case
def index_behind_which_is_more() -> list[str]:
    """Lines behind the index are not of the book."""
    lines = whole().lines()
    return [*lines[:-2], lines[-1], lines[-2], lines[-1]]


@case
def openings_of_no_page() -> list[str]:
    """What opens a page that is not there is passed over."""
    *lines, last = whole().lines()
    opening = {"path": "/members/0/name", "salt": "00" * 32, "value": "nobody"}
    return [*lines, *(write({"page": page, "openings": [opening]}) for page in ("00" * 32, "none")), last]


@case
def line_damaged() -> list[str]:
    """Lines that are none: cut, no object, no JSON, a key twice, too deep, a lone surrogate, a part missing."""
    *lines, index = whole().lines()
    page = lines[1]
    near = [page[: len(page) // 2], "null", "[]", "{}", '{"jasaq":"book/1"}', "\u00a0", page + "x", page * 2]
    near += [page[:-1] + f',"zz":{value}}}' for value in ("[" * 127 + "]" * 127, '"\\udfff"', "Infinity", "01", "'1'")]
    near += [page[:-1] + ',"page":""}', without(page, "entered"), changed(page, "countersigned", None)]
    near += [changed(page, "sealed", {"by": ""}), changed(page, "page", json.loads(json.loads(page)["page"]))]
    near += [write({"page": "00" * 32, "openings": [{"path": "", "salt": 0, "value": ""}]}), without(index, "by")]
    near += [f'{page[:-1]},"zz":{value}}}' for value in ("1e999", '{"a":0,"a":0}', '["\\ud800"]')]
    near += [in_lists(page), changed(page, "sealed", list(json.loads(page)["sealed"].values())), in_lists(index)]
    return [*lines, *near, index]


def in_lists(line: str) -> str:
    """The values of a line, in the order of its keys in the table."""
    order = ("page", "sealed", "countersigned", "entered") if "sealed" in line else ("by", "index", "signature")
    return write(as_lists(json.loads(line), order))


@case
def line_of_other_blanks() -> list[str]:
    """A line of other blanks than those of JSON is not blank."""
    *lines, index = whole().lines()
    return [*lines, "\u00a0\u3000", index]


@case
def book_in_a_list() -> list[str]:
    return ['["book/1"]', *whole().lines()[1:]]


@case
def not_a_book() -> list[str]:
    return whole().lines()[1:]


@case
def not_utf8() -> bytes:
    return whole().to_bytes() + b'{"later":"\xff"}\n'


@case
def newer_book() -> list[str]:
    return [write({"jasaq": "book/2"}), *whole().lines()[1:]]


@case
def empty() -> bytes:
    return b""


@case
def index_erased_twice() -> Book:
    """A page that is there and erased."""
    book = whole()
    book.make_index(erased=[["2026-9", book.entries[0].hash]])
    return book


@case
def index_without_entries() -> Book:
    """A key of the index is missing."""
    book = whole()
    book.sign_index(without(book.index["index"], "entered"))
    return book
