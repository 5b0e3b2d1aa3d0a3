"""§9: frontiers and acks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import ids
from .reader import Reader
from .refusal import Newer
from .version import VERSION

ACK_JOURNALS_MAX = 96
RECEIPT_JOURNALS_MAX = 1024


@dataclass(frozen=True)
class Known:
    """One line of a frontier or a head: a journal or a space, how far it is known, and the head hash there."""

    id: bytes
    number: int
    hash: bytes

    def to_bytes(self) -> bytes:
        """32 bytes."""
        return self.id + self.number.to_bytes(8, "big") + self.hash


@dataclass(frozen=True)
class Ack:
    """A section of kind 2."""

    frontier: bytes
    documents: bytes
    heads: tuple[Known, ...]

    def to_bytes(self) -> bytes:
        """The section again."""
        return bytes([VERSION]) + self.frontier + self.documents + write_frontier(self.heads)


def write_frontier(heads: tuple[Known, ...] | list[Known]) -> bytes:
    """`count u16`, then each."""
    return len(heads).to_bytes(2, "big") + write_heads(heads)


def write_heads(heads: tuple[Known, ...] | list[Known]) -> bytes:
    """Each of any number, ids rising."""
    return b"".join(head.to_bytes() for head in sorted(heads, key=lambda head: head.id))


def read_frontier(reader: Reader, most: int) -> tuple[Known, ...]:
    """Reads a frontier of at most so many journals."""
    return read_known(reader, most, Reader.sequence)


def read_known(reader: Reader, most: int, number: Callable[[Reader], int]) -> tuple[Known, ...]:
    """Reads at most so many lines, whose ids rise strictly; how their numbers are read differs."""
    count = reader.u16()
    if count > most:
        raise reader.refuse(f"more than {most} of them")
    known = tuple(Known(reader.take(16), number(reader), reader.take(8)) for _ in range(count))
    if any(one.id >= other.id for one, other in zip(known, known[1:])):
        raise reader.refuse("ids do not rise strictly")
    return known


def frontier_digest(heads: tuple[Known, ...] | list[Known], gone: frozenset[bytes] = frozenset()) -> bytes:
    """Over the frontier's bytes without the count, any number of journals; then the ids of documents that may be gone."""
    behind = b"".join(sorted(gone)) + (len(gone).to_bytes(8, "big") if gone else b"")
    return ids.derive("jasaq 1 frontier", write_heads(heads) + behind)[:16]


def read_ack(content: bytes) -> Ack:
    """A section of kind 2; one that cannot be read is passed over, and its envelope stands."""
    reader = Reader(content, "malformed")
    version = reader.u8()
    if version != VERSION:
        raise Newer("newer", f"version {version} of an ack")
    frontier, documents = reader.take(16), reader.take(16)
    heads = read_frontier(reader, ACK_JOURNALS_MAX)
    reader.end()
    return Ack(frontier, documents, heads)
