"""Pages (page-format.md §2 to §5): how one is written, its commitments, its number, what is signed of it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property

from . import page_shapes, strict_json
from .refusal import Refusal

BYTES_MAX = 16 * 2**20
NUMBER = re.compile(r"(0|[1-9][0-9]{0,4})-(0|[1-9][0-9]{0,9})(?:-([1-9][0-9]{0,4}))?")
PATH = re.compile(r"(?:/(?:[^~/]|~[01])*)*", re.DOTALL)
INDEX = re.compile("0|[1-9][0-9]{0,8}")

Number = tuple[int, int, int]


def number_of(text: str) -> Number | None:
    """§5: year, number, amendment; none if it is written otherwise."""
    match = NUMBER.fullmatch(text)
    if not match:
        return None
    year, number, amendment = (int(digits or 0) for digits in match.groups())
    return (year, number, amendment) if max(year, amendment) < 2**16 and number < 2**32 else None


def seal_message(digest: bytes) -> bytes:
    """§5: what the head signs."""
    return b"jasaq 1 page seal" + digest


def countersign_message(digest: bytes, number: Number) -> bytes:
    """§5: what the subdivision signs."""
    year, own, amendment = number
    packed = year.to_bytes(2, "big") + own.to_bytes(4, "big") + amendment.to_bytes(2, "big")
    return b"jasaq 1 page countersign" + digest + packed


def index_message(text: str) -> bytes:
    """§5: what the subdivision signs of an index."""
    return b"jasaq 1 page index" + hashlib.sha256(text.encode()).digest()


def commitment(path: str, salt: bytes, value: str) -> str | None:
    """§4: in hex; none if the path is longer than its length can say."""
    named = path.encode()
    if len(named) >= 2**16:
        return None
    packed = salt + len(named).to_bytes(2, "big") + named + value.encode()
    return hashlib.sha256(b"jasaq 1 page field" + packed).hexdigest()


def commitments_in(value: object) -> int:
    """§4: how many. Their paths are not written down: one long key may stand above as many as fit into a page."""
    if page_shapes.commitment(value):
        return 1
    if isinstance(value, dict):
        return sum(map(commitments_in, value.values()))
    return sum(map(commitments_in, value)) if isinstance(value, list) else 0


def commitment_at(value: object, path: str) -> str | None:
    """§4: the hash of the commitment at a path (RFC 6901), if there is one."""
    if not PATH.fullmatch(path):
        return None
    for step in path.split("/")[1:]:
        if isinstance(value, dict):
            value = value.get(step.replace("~1", "/").replace("~0", "~"))
        elif isinstance(value, list) and INDEX.fullmatch(step) and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value["commitment"] if page_shapes.commitment(value) else None


def may_be_negative(path: tuple) -> bool:
    """§2: `minutes` in `notices` alone."""
    return len(path) == 3 and path[0] == "notices" and isinstance(path[1], int) and path[2] == "minutes"


def read_body(text: str) -> dict:
    """§2: the object that the text is in its only form, with what §3 says at its keys."""
    if len(text.encode()) > BYTES_MAX:
        raise Refusal("not a page", "too long")
    body = strict_json.read(text)
    if not isinstance(body, dict) or strict_json.write(body, may_be_negative) != text:
        raise Refusal("not a page", "written otherwise")
    if body.get("jasaq") != "page/1":
        raise Refusal("not a page", "of another form")
    if not page_shapes.is_page(body):
        raise Refusal("not a page", "something else stands at a key")
    return body


@dataclass(frozen=True)
class Page:
    """A text that stands as a page in a book; `body` is none if it is not written as one."""

    text: str
    digest: bytes
    body: dict | None

    @staticmethod
    def of(text: str) -> "Page":
        """Whatever the text is."""
        try:
            body = read_body(text)
        except Refusal:
            body = None
        return Page(text, hashlib.sha256(text.encode()).digest(), body)

    @cached_property
    def hash(self) -> str:
        """In hex."""
        return self.digest.hex()

    @cached_property
    def commitments(self) -> int:
        """How many."""
        return commitments_in(self.body)

    def commitment_at(self, path: str) -> str | None:
        """Its hash, if there is one."""
        return commitment_at(self.body, path)
