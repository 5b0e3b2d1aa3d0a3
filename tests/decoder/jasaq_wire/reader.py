"""§1: integers are unsigned and big-endian, nothing is padded, every byte is accounted for."""

from __future__ import annotations

from .refusal import Refusal

SEQUENCE_MAX = 2**63 - 1
SPACES = (*range(0x09, 0x0E), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)
WHITE_SPACE = "".join(map(chr, SPACES))
"""Unicode's White_Space (§7, §8, §14); Python's own notion has four control characters more."""


class Reader:
    """Reads fields one after the other and refuses with `name` whatever does not fit."""

    def __init__(self, data: bytes, name: str) -> None:
        self.data = data
        self.at = 0
        self.name = name

    def refuse(self, detail: str) -> Refusal:
        """The refusal to raise for these bytes."""
        return Refusal(self.name, detail)

    def left(self) -> int:
        """How many bytes were not read yet."""
        return len(self.data) - self.at

    def take(self, count: int) -> bytes:
        """The next `count` bytes; §1: bytes that end inside a field are refused."""
        if self.left() < count:
            raise self.refuse("the bytes end inside a field")
        self.at += count
        return self.data[self.at - count : self.at]

    def number(self, width: int) -> int:
        """A big-endian integer of `width` bytes."""
        return int.from_bytes(self.take(width), "big")

    def u8(self) -> int:
        return self.number(1)

    def u16(self) -> int:
        return self.number(2)

    def u64(self) -> int:
        return self.number(8)

    def sequence(self) -> int:
        """§1: a sequence is a u64 from 1 to 2⁶³−1."""
        value = self.u64()
        if not 1 <= value <= SEQUENCE_MAX:
            raise self.refuse("a sequence out of bounds")
        return value

    def end(self) -> None:
        """§1: bytes left after the last field are refused."""
        if self.left():
            raise self.refuse("bytes behind the last field")
