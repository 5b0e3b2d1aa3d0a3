"""Texts that are nearly pages, and what does not open a page."""

from __future__ import annotations

import book_making as making
from book_making import Book, Entry, body, changed, without

from .whole import case, whole, with_page


@case
def not_pages() -> Book:
    """Texts that are nearly pages, all of them signed."""
    text = Entry.of(body(9)).text
    book = whole()
    texts = near_pages(text)
    book.entries += [Entry.of_text(near, f"2030-{at}") for at, near in enumerate(texts, 1)]
    book.make_index()
    return book


def near_pages(text: str) -> list[str]:
    """The text in other writings, and with something else at the keys that a check needs."""
    deep = '"zz":' + "[" * 127 + "]" * 127
    more = ["1.0", "1e3", "-1", "-0", "9007199254740993", "NaN", '"\\u0041"', '"\\/"', '"\\u000A"', '"\\ud800"', "01"]
    return [
        *(text[:-1] + f',"zz":{value}}}' for value in more),
        text[:-1] + "," + deep + "}",
        text[:-1] + ',"zz":0,"zz":0}',
        text[:-1] + ',"aa":0}',
        text[:-1] + ',"\u0436":0}',
        text + " ",
        text.replace(":", ": ", 1),
        text.replace("page/1", "page/2"),
        text.replace('"minutes":240', '"minutes":-240'),
        *(changed(text, key, "nothing") for key in ("territory", "squad", "patrol", "before", "sealed_by")),
        changed(text, "squad", making.SQUAD.upper()),
        without(text, "before"),
        "[]",
        "",
    ]


@case
def opening_wrong() -> Book:
    """Another value, another salt, salts that are none, another path, no path; and one that opens beside these."""
    book = with_page(body(4), "2027-2")
    first, second, third, _, last = (entry.openings for entry in book.entries)
    first[0]["value"] += " "
    second[0]["salt"] = second[1]["salt"]
    second[1]["salt"] = second[1]["salt"].upper()
    third[0]["path"], third[1]["path"] = third[1]["path"], third[0]["path"]
    last += [last[0], last[0] | {"path": "/members/00/name"}, last[0] | {"path": ""}, last[0] | {"path": "/" * 70_000}]
    return book
