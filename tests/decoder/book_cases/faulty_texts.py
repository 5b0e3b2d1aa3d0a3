"""Texts that are nearly pages, and what does not open a page."""

from __future__ import annotations

import hashlib
import json

import book_making as making
from book_making import Book, Entry, as_lists, body, changed, full, without, write

from .whole import case, whole, with_page


IN_ORDER = tuple(
    "jasaq territory squad patrol parts before reason sealed_at sealed_by sealed_by_member plan header members phones "
    "legs tracks events withdrawn marks notices cases flags statements".split()
)


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
    more = ["1.0", "1.5", "-1.5", "1e3", "1e999", "-1", "-0", "9007199254740993", "NaN", "01"]
    more += ['"\\u0041"', '"\\/"', '"\\u000A"', '"\\u001F"', '"\\ud800"']
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
        *(without(text, key) for key in ("jasaq", "territory", "sealed_at", "members", "statements")),
        *near_values(text),
        write(as_lists(json.loads(text), IN_ORDER)),
        "[]",
        "",
    ]


def near_values(text: str) -> list[str]:
    """Something else at a key than stands there."""
    member, said = json.loads(text)["members"][0], json.loads(Entry.of(full(9)).text)
    members = [{"name": {"commitment": "nobody"}}, {"name": member["name"] | {"salt": ""}}, {"name": "Айдос"}]
    members += [{"minutes": 2**32}, {"minutes": "240"}, {"eligible": "yes"}, {"attended": None}]
    return [
        *(changed(text, "members", [member | change]) for change in members),
        changed(text, "members", [as_lists(member, tuple(sorted(member)))]),
        changed(text, "members", member),
        changed(text, "plan", []),
        changed(text, "flags", [["code"]]),
        changed(text, "flags", [["code", "key", "more"]]),
        changed(text, "parts", [None]),
        changed(text, "statements", [{"device": ""}]),
        changed(text, "notices", [said["notices"][0] | {"minutes": -(2**53) - 1}]),
        changed(text, "notices", [said["notices"][0] | {"by": said["sealed_by"]}]),
        changed(text, "cases", [said["cases"][0] | {"fields": [["who", "a man, 40"]]}]),
        changed(text, "events", [said["events"][0] | {"late": 0}]),
        changed(text, "events", [said["events"][0] | {"earlier": None}]),
        changed(text, "withdrawn", [said["withdrawn"][0] | {"withdrawal": {"reason": ""}}]),
        changed(text, "withdrawn", [said["withdrawn"][0] | {"said": [["text"]]}]),
        changed(text, "tracks", [said["tracks"][0] | {"metres": -1}]),
        *(changed(text, key, [said[key][0] | {"late": None}]) for key in ("legs", "tracks", "withdrawn")),
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


@case
def opening_of_a_long_path() -> Book:
    """A path of 65,535 bytes leads somewhere, one of a byte more nowhere, also where its length is taken for 65,535."""
    key, salt = "~" * 32_766, bytes(32)
    entry = Entry.of(body(4) | {key: {"a": {"commitment": "near"}}})
    path = f"/{key.replace('~', '~0')}/bb"
    packed = salt + b"\xff\xff" + path.encode() + b"far"
    said = json.loads(entry.text)
    said[key]["bb"] = {"commitment": hashlib.sha256(b"jasaq 1 page field" + packed).hexdigest()}
    book = whole()
    far = {"path": path, "salt": salt.hex(), "value": "far"}
    book.entries.append(Entry.of_text(write(said), "2027-2", openings=[*entry.openings, far]))
    book.make_index()
    return book
