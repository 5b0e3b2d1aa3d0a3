"""Makes pages, books and keys from fixed seeds, for the cases of `make_books.py` and for tests.

Texts are written by Python's own JSON, not by what checks them.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field

from jasaq_wire import book_pages as pages, ed25519

HEAD, REMOVED_HEAD, OTHER_HEAD, HEAD_OF_TWO = (bytes([byte]) * 32 for byte in range(0x51, 0x55))
STRANGER, UNIT, OLD_UNIT = (bytes([byte]) * 32 for byte in range(0x61, 0x64))
TERRITORY, SQUAD, OTHER_SQUAD = "a1" * 32, "b2" * 16, "b3" * 16


def device(seed: bytes) -> str:
    """The public key of a seed, in hex."""
    return ed25519.public_of(seed).hex()


def write(value: object) -> str:
    """JSON without blanks, keys in order: of what stands here, RFC 8785."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """The hash of a page, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def signed(seed: bytes, message: bytes) -> dict:
    """`by signature`."""
    return {"by": device(seed), "signature": ed25519.sign(seed, message).hex()}


def keys() -> dict:
    """Heads of two squads, some removed, one removed from one of two; the subdivision, with a removed device."""
    heads = [(HEAD, False, SQUAD), (REMOVED_HEAD, True, SQUAD), (OTHER_HEAD, True, OTHER_SQUAD)]
    heads += [(HEAD_OF_TWO, True, OTHER_SQUAD), (HEAD_OF_TWO, False, SQUAD)]
    listed = [{"device": device(s), "role": "squad_head", "removed": gone, "squad": at} for s, gone, at in heads]
    units = [(UNIT, False), (OLD_UNIT, True)]
    listed += [{"device": device(s), "role": "structural_subdivision", "removed": r, "squad": None} for s, r in units]
    listed.append({"device": device(STRANGER), "role": "territorial_subdivision", "removed": False, "squad": None})
    return {"jasaq": "book-keys/1", "territory": TERRITORY, "keys": listed}


def body(patrol: int, before: str | None = None, **changes: object) -> dict:
    """A patrol's page with two commitments, or three; `commitment` holds the value until it is hidden."""
    who = {"member": f"{patrol:032x}", "attended": "attended", "eligible": True, "minutes": 240}
    who |= {"card_of": "2026-04-01"}
    who |= {"name": {"commitment": f"Айдос {patrol}"}, "certificate": {"commitment": f"№ 0{patrol}/Ә"}}
    out = {"jasaq": "page/1", "territory": TERRITORY, "squad": SQUAD, "patrol": f"{patrol:032x}", "parts": []}
    out |= {"before": before, "reason": {"commitment": "a phone came late"} if before else None, "plan": None}
    out |= {"members": [who]}
    out |= {"sealed_at": "2026-05-04T10:00:00+05:00", "sealed_by": device(HEAD), "sealed_by_member": "d4" * 16}
    out |= {name: [] for name in ("header", "phones", "legs", "tracks", "events", "marks", "notices", "cases", "flags")}
    return out | {"withdrawn": [], "statements": []} | changes


def full(patrol: int) -> dict:
    """The same with something at every key, and a third commitment."""
    phone, member, key = device(HEAD), f"{patrol:032x}", f"{patrol:016x}.1"
    begun, ended = "2026-05-03T08:00:00+05:00", "2026-05-03T12:00:00+05:00"
    agreed = {"class": "agreed", "said": 1, "of": 1, "decided": None, "others": []}
    start, activity = {"field": "start", "value": begun}, {"field": "activity", "value": "inspection/hiding_place"}
    event = {"number": 1, "at": "2026-05-03T09:10:00+05:00", "evidence": "satellites", "told_by": [[phone, key]]}
    event |= {"fields": [activity | agreed], "sources": [], "tellers": [], "positions": [[phone, key, "measured", "45"]]}
    by, begun_at = {"by": [phone, key]}, {"at": "2026-05-03T09:11:00+05:00"}
    amended = by | begun_at | {"why": "slip", "note": {"commitment": "бір адам еді"}}
    event |= {"earlier": [by | begun_at | {"said": [["text", "екі адам"]], "amended": [amended]}]}
    taken = by | begun_at | {"what": "entry", "said": [["text", "ешкім"]], "why": None, "note": None, "late": True}
    taken |= {"withdrawal": by | begun_at | {"reason": {"commitment": "қате"}}}
    said = {"case": "c0" * 16, "stage": "handed_over", "gaps": [], "receiver": "border_unit"}
    said |= {"steps": [["detained", "2026-05-03T09:40:00+05:00"]], "fields": [["who", {"commitment": "a man, 40"}]]}
    notice = {"by": [phone, key], "learned": "2026-05-03T09:12:00+05:00", "told": "2026-05-03T09:10:00+05:00"}
    track = {"recording": "f6" * 16, "device": phone, "points": 900, "metres": 12000, "missing": 0, "late": False}
    leg = {"leg": "e5" * 16, "transport": "on_foot", "members": [member], "from": begun, "until": ended, "late": False}
    return body(patrol) | {
        "header": [start | agreed],
        "phones": [{"device": phone, "member": member, "statements": 5, "missing": 0, "excused": None, "note": None}],
        "legs": [leg],
        "tracks": [track | {"from": begun, "until": ended}],
        "events": [event | {"amended": 1, "late": False, "case": None}],
        "withdrawn": [taken],
        "notices": [notice | {"confirmed": True, "answered": None, "minutes": -2}],
        "cases": [said],
        "flags": [["clock_jumped", key]],
        "statements": [{"device": phone, "keys": [key]}],
    }


def sealed_in(value: object, path: str, openings: list[dict]) -> object:
    """The same with commitments in place of values; what opens them is noted."""
    if isinstance(value, dict) and value.keys() == {"commitment"}:
        salt = hashlib.sha256(f"salt {len(openings)} of {path}, {value['commitment']}".encode()).digest()
        openings.append({"path": path, "salt": salt.hex(), "value": value["commitment"]})
        return {"commitment": pages.commitment(path, salt, value["commitment"])}
    if isinstance(value, dict):
        steps = ((key, key.replace("~", "~0").replace("/", "~1")) for key in value)
        return {key: sealed_in(value[key], f"{path}/{step}", openings) for key, step in steps}
    if isinstance(value, list):
        return [sealed_in(one, f"{path}/{at}", openings) for at, one in enumerate(value)]
    return value


@dataclass
class Entry:
    """A page while a book is made: its text, its signatures, what opens it."""

    text: str
    sealed: dict
    countersigned: list[dict] = field(default_factory=list)
    openings: list[dict] = field(default_factory=list)
    entered: list[dict] = field(default_factory=lambda: [{"day": "2026-05-05", "section": "3"}])

    @staticmethod
    def of(said: dict, *numbers: str, by: bytes = HEAD) -> "Entry":
        """Sealed, and countersigned under each number."""
        openings: list[dict] = []
        return Entry.of_text(write(sealed_in(said, "", openings)), *numbers, by=by, openings=openings)

    @staticmethod
    def of_text(text: str, *numbers: str, by: bytes = HEAD, openings: list[dict] | None = None) -> "Entry":
        """The same of whatever text."""
        entry = Entry(text, signed(by, pages.seal_message(bytes.fromhex(digest_of(text)))), openings=openings or [])
        for number in numbers:
            entry.countersign(number)
        return entry

    @property
    def hash(self) -> str:
        return digest_of(self.text)

    def countersign(self, number: str, by: bytes = UNIT, over: str | None = None) -> None:
        """Under this number; `over` is what is signed where it is another."""
        message = pages.countersign_message(bytes.fromhex(self.hash), pages.number_of(over or number))
        self.countersigned.append(signed(by, message) | {"number": number})

    def lines(self) -> list[str]:
        """The line of the page and that of its openings."""
        line = {"page": self.text, "sealed": self.sealed, "countersigned": self.countersigned, "entered": self.entered}
        opens = [write({"page": self.hash, "openings": self.openings})] if self.openings else []
        return [write(line), *opens]


@dataclass
class Book:
    """A book while it is made. Its index is of the pages that are there when it is made."""

    entries: list[Entry]
    index: dict | None = None

    @staticmethod
    def of(*entries: Entry) -> "Book":
        """With an index over these pages."""
        book = Book(list(entries))
        book.make_index()
        return book

    def make_index(self, by: bytes = UNIT, **changes: object) -> None:
        """Signs an index anew; `changes` say what stands otherwise in it."""
        firsts = [(pages.number_of(e.countersigned[0]["number"]), e) for e in self.entries if e.countersigned]
        listed = sorted(((n, e) for n, e in firsts if n), key=lambda pair: pair[0])
        named = [[e.countersigned[0]["number"], e.hash] for _, e in listed]
        entered = [[e.hash, one["day"], one["section"]] for e in self.entries for one in e.entered]
        said = {"jasaq": "index/1", "made_at": "2026-06-01T12:00:00+05:00", "pages": named}
        said |= {"entered": entered, "erased": []} | changes
        self.sign_index(write({"squad": SQUAD, "territory": TERRITORY} | said), by)

    def sign_index(self, text: str, by: bytes = UNIT) -> None:
        """Whatever the text."""
        self.index = {"index": text} | signed(by, pages.index_message(text))

    def lines(self) -> list[str]:
        """All lines of the file."""
        inner = [line for entry in self.entries for line in entry.lines()]
        return [write({"jasaq": "book/1"}), *inner, *([write(self.index)] if self.index else [])]

    def to_bytes(self) -> bytes:
        """The file."""
        return file_of(self.lines())


def file_of(lines: list[str]) -> bytes:
    """Lines as a file."""
    return "".join(line + "\n" for line in lines).encode()


def changed(text: str, key: str, value: object) -> str:
    """The object of a text with something else at a key."""
    return write(json.loads(text) | {key: value})


def without(text: str, key: str) -> str:
    """The object of a text without a key."""
    return write({name: value for name, value in json.loads(text).items() if name != key})


def joined(text: str, other: str) -> str:
    """One object of two."""
    return write(json.loads(text) | json.loads(other))


def as_lists(value: object, order: tuple[str, ...]) -> object:
    """The values of an object in this order, where keys should stand."""
    return [value[key] for key in order]
