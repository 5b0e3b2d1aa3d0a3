"""§8: a secret key on three sheets, any two of which give it."""

from __future__ import annotations

import string
from dataclasses import dataclass

from . import ed25519, ids
from .reader import WHITE_SPACE, Reader
from .refusal import Refusal

MISTAKE, SAME, DIFFERENT = "a mistake", "the same sheet", "of different keys"
LENGTH = 1 + 3 * 32 + 4
PARTS_OF = {1: (2, 3), 2: (1, 3), 3: (1, 2)}


@dataclass(frozen=True)
class Sheet:
    """Sheet n lacks part n."""

    number: int
    owner: bytes
    parts: dict[int, bytes]

    def to_text(self) -> str:
        """Lower-case hex with a space after every four bytes."""
        body = bytes([self.number]) + self.owner + b"".join(self.parts[i] for i in PARTS_OF[self.number])
        written = (body + checksum(body)).hex()
        return " ".join(written[i : i + 8] for i in range(0, len(written), 8))


def checksum(body: bytes) -> bytes:
    """Four bytes over all before."""
    return ids.derive("jasaq 0 sheet checksum", body)[:4]


def xor(*parts: bytes) -> bytes:
    """⊕ of parts of equal length."""
    out = bytes(len(parts[0]))
    for part in parts:
        out = bytes(a ^ b for a, b in zip(out, part))
    return out


def split(secret: bytes, first: bytes, second: bytes) -> list[Sheet]:
    """The three sheets of a secret, p₁ and p₂ given."""
    parts = {1: first, 2: second, 3: xor(secret, first, second)}
    owner = ed25519.public_of(secret)
    return [Sheet(n, owner, {i: parts[i] for i in PARTS_OF[n]}) for n in (1, 2, 3)]


def read(text: str) -> Sheet:
    """Reads a sheet; white space is passed over, and hex digits are of either size."""
    digits = "".join(c for c in text if c not in WHITE_SPACE)
    if not set(digits) <= set(string.hexdigits) or len(digits) != 2 * LENGTH:
        raise Refusal(MISTAKE, "not hex, or another length")
    reader = Reader(bytes.fromhex(digits), MISTAKE)
    number, owner, one, other = reader.u8(), reader.take(32), reader.take(32), reader.take(32)
    if reader.take(4) != checksum(reader.data[:-4]):
        raise reader.refuse("the checksum")
    if number not in PARTS_OF:
        raise reader.refuse("the number is not 1 to 3")
    return Sheet(number, owner, dict(zip(PARTS_OF[number], (one, other))))


def join(one: Sheet, other: Sheet) -> bytes:
    """The secret of two different sheets of one owner whose common part is equal."""
    if one.number == other.number:
        raise Refusal(SAME)
    common = set(one.parts) & set(other.parts)
    if one.owner != other.owner or any(one.parts[i] != other.parts[i] for i in common):
        raise Refusal(DIFFERENT, "the owner or the common part differs")
    parts = {**one.parts, **other.parts}
    secret = xor(parts[1], parts[2], parts[3])
    if ed25519.public_of(secret) != one.owner:
        raise Refusal(DIFFERENT, "the key is not the owner's")
    return secret
