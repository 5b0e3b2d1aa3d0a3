"""§12: the columns of an Automerge change: runs of values, of nulls and of booleans, and typed scalars.

Readers here take what can be read at all; that it was written as Automerge writes it is found by writing
it again (§12, *encode again*).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import groupby
from typing import Callable

from .leb128 import LebReader, write_signed, write_unsigned
from .refusal import Refusal

NAME = "columns"
NULL, FALSE, TRUE, UINT, INT, FLOAT, TEXT, BYTES = range(8)
INT64_MAX = 2**63 - 1


@dataclass(frozen=True)
class Scalar:
    """A scalar: its type's code and its bytes as they stand in the value column."""

    code: int
    raw: bytes

    def value(self) -> object:
        """Text, int, bytes or boolean; none for any other scalar, which no statement of ours may hold (§12)."""
        reader = LebReader(self.raw, NAME)
        if self.code in (FALSE, TRUE):
            return self.code == TRUE
        if self.code == UINT:
            number = reader.unsigned(10, 64)
            return number if number <= INT64_MAX else None
        if self.code == INT:
            return reader.signed(10, 64)
        if self.code == TEXT:
            return self.raw.decode()
        return self.raw if self.code == BYTES else None

    def check(self) -> None:
        """Refuses bytes that no scalar of this type is written as."""
        reader = LebReader(self.raw, NAME)
        if self.code in (NULL, FALSE, TRUE):
            wrong = self.raw != b""
        elif self.code == UINT:
            wrong = write_unsigned(reader.unsigned(10, 64)) != self.raw
        elif self.code in (INT, 8, 9):
            wrong = write_signed(reader.signed(10, 64)) != self.raw
        elif self.code == FLOAT:
            wrong = len(self.raw) != 8
        else:
            wrong = self.code == TEXT and not is_utf8(self.raw)
        if wrong:
            raise Refusal(NAME, f"a scalar of type {self.code} that is written otherwise")

    @staticmethod
    def of(value: object) -> "Scalar":
        """The scalar that a writer makes of a value."""
        if isinstance(value, bool):
            return Scalar(TRUE if value else FALSE, b"")
        if isinstance(value, int):
            return Scalar(INT, write_signed(value))
        if isinstance(value, str):
            return Scalar(TEXT, value.encode())
        if isinstance(value, float):
            return Scalar(FLOAT, struct.pack("<d", value))
        return Scalar(BYTES, value)


def is_utf8(data: bytes) -> bool:
    """Whether text is UTF-8 (§1)."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def read_number(reader: LebReader) -> int:
    """A value of a column of numbers."""
    return reader.unsigned()


def read_text(reader: LebReader) -> str:
    """A value of a column of text."""
    data = reader.take(reader.unsigned())
    if not is_utf8(data):
        raise Refusal(NAME, "text that is not UTF-8")
    return data.decode()


def write_text(text: str) -> bytes:
    """A value of a column of text."""
    return write_unsigned(len(text.encode())) + text.encode()


def read_runs(data: bytes, read: Callable[[LebReader], object], most: int) -> list:
    """Run-length coding: n > 0 a value n times, n < 0 that many values, 0 a run of nulls."""
    reader, out = LebReader(data, NAME), []
    while reader.left():
        count = reader.signed()
        length = abs(count) if count else reader.unsigned()
        if len(out) + length > most:
            raise Refusal("operations", f"more than {most}")
        if count > 0:
            out += [read(reader)] * length
        elif count < 0:
            out += [read(reader) for _ in range(length)]
        else:
            out += [None] * length
    return out


def write_runs(values: list, write: Callable[[object], bytes]) -> bytes:
    """As Automerge writes them: two equal values are a run already; only nulls are no column."""
    if all(value is None for value in values):
        return b""
    out, alone = b"", []
    for value, group in groupby(values):
        length = len(list(group))
        if value is not None and length == 1:
            alone.append(value)
            continue
        out, alone = out + write_alone(alone, write), []
        out += b"\x00" + write_unsigned(length) if value is None else write_signed(length) + write(value)
    return out + write_alone(alone, write)


def write_alone(values: list, write: Callable[[object], bytes]) -> bytes:
    """Values that are no runs, one after the other."""
    return write_signed(-len(values)) + b"".join(write(value) for value in values) if values else b""


def read_booleans(data: bytes, most: int) -> list[bool]:
    """Lengths of runs in turn, false first."""
    reader, out, value = LebReader(data, NAME), [], False
    while reader.left():
        length = reader.unsigned()
        if len(out) + length > most:
            raise Refusal("operations", f"more than {most}")
        out += [value] * length
        value = not value
    return out


def write_booleans(values: list[bool]) -> bytes:
    """Lengths of runs in turn, false first."""
    out, expected = b"", False
    for value, group in groupby(values):
        out += (b"\x00" if value != expected else b"") + write_unsigned(len(list(group)))
        expected = not value
    return out


def read_scalars(metadata: bytes, values: bytes, most: int) -> list[Scalar]:
    """The two columns of values: type and length, and the bytes."""
    reader, out = LebReader(values, NAME), []
    for meta in read_runs(metadata, read_number, most):
        if meta is None:
            raise Refusal(NAME, "a value without its type")
        scalar = Scalar(meta & 15, reader.take(meta >> 4))
        scalar.check()
        out.append(scalar)
    if reader.left():
        raise Refusal(NAME, "bytes behind the last value")
    return out


def write_scalars(scalars: list[Scalar]) -> tuple[bytes, bytes]:
    """The two columns of values."""
    metadata = [scalar.code | len(scalar.raw) << 4 for scalar in scalars]
    return write_runs(metadata, write_unsigned), b"".join(scalar.raw for scalar in scalars)
