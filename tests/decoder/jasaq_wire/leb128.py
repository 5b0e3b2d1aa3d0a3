"""§12: LEB128, as Automerge's columns and our packed points have it."""

from __future__ import annotations

from .refusal import Refusal


class LebReader:
    """Reads numbers and bytes of a chunk or a column; whatever does not fit is refused with `name`."""

    def __init__(self, data: bytes, name: str) -> None:
        self.data, self.at, self.name = data, 0, name

    def left(self) -> int:
        return len(self.data) - self.at

    def take(self, count: int) -> bytes:
        """The next `count` bytes."""
        if self.left() < count:
            raise Refusal(self.name, "the bytes end inside a field")
        self.at += count
        return self.data[self.at - count : self.at]

    def raw(self, most: int) -> tuple[int, int]:
        """The bits of a number of at most `most` bytes, and how many they are."""
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value, shift
            if shift == 7 * most:
                raise Refusal(self.name, f"a number of more than {most} bytes")

    def unsigned(self, most: int = 5, bits: int = 32) -> int:
        """§12: numbers are LEB128 of at most five bytes, below 2³²."""
        value, _ = self.raw(most)
        if value >> bits:
            raise Refusal(self.name, f"a number of more than {bits} bits")
        return value

    def signed(self, most: int = 5, bits: int = 33) -> int:
        """A number with its sign in the highest bit of the last byte."""
        value, shift = self.raw(most)
        value -= (value >> shift - 1) << shift
        if not -(1 << bits - 1) <= value < 1 << bits - 1:
            raise Refusal(self.name, f"a number of more than {bits} bits")
        return value


def write_unsigned(value: int) -> bytes:
    """The shortest LEB128."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))


def write_signed(value: int) -> bytes:
    """The shortest signed LEB128."""
    out = bytearray()
    while not -64 <= value < 64:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value & 0x7F]))
