"""§9: frontiers and acks."""

from __future__ import annotations

from dataclasses import dataclass

from . import ids
from .reader import Reader
from .refusal import Newer

ACK_JOURNALS_MAX = 96
RECEIPT_JOURNALS_MAX = 1024


@dataclass(frozen=True)
class Head:
    """One line of a frontier: the last envelope of a journal."""

    journal: bytes
    sequence: int
    hash: bytes


@dataclass(frozen=True)
class Ack:
    """A section of kind 2."""

    frontier: bytes
    documents: bytes
    heads: tuple[Head, ...]

    def to_bytes(self) -> bytes:
        """The section again."""
        return bytes(1) + self.frontier + self.documents + write_frontier(self.heads)


def write_frontier(heads: tuple[Head, ...] | list[Head]) -> bytes:
    """`count u16`, then each."""
    return len(heads).to_bytes(2, "big") + write_heads(heads)


def write_heads(heads: tuple[Head, ...] | list[Head]) -> bytes:
    """Each of any number, journals rising."""
    out = b""
    for head in sorted(heads, key=lambda head: head.journal):
        out += head.journal + head.sequence.to_bytes(8, "big") + head.hash
    return out


def read_frontier(reader: Reader, most: int) -> tuple[Head, ...]:
    """Reads a frontier of at most so many journals, strictly rising."""
    count = reader.u16()
    if count > most:
        raise reader.refuse(f"more than {most} journals")
    heads: list[Head] = []
    for _ in range(count):
        head = Head(reader.take(16), reader.sequence(), reader.take(8))
        if heads and heads[-1].journal >= head.journal:
            raise reader.refuse("journals do not rise strictly")
        heads.append(head)
    return tuple(heads)


def frontier_digest(heads: tuple[Head, ...] | list[Head]) -> bytes:
    """Over the frontier's bytes without the count: any number of journals."""
    return ids.derive("jasaq 0 frontier", write_heads(heads))[:16]


def read_ack(content: bytes) -> Ack:
    """A section of kind 2; one that cannot be read is passed over, and its envelope stands."""
    reader = Reader(content, "malformed")
    version = reader.u8()
    if version != 0:
        raise Newer("newer", f"version {version} of an ack")
    frontier, documents = reader.take(16), reader.take(16)
    heads = read_frontier(reader, ACK_JOURNALS_MAX)
    reader.end()
    return Ack(frontier, documents, heads)
