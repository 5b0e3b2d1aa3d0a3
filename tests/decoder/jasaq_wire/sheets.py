"""§8: a secret key on three sheets, any two of which give it."""

from __future__ import annotations

from dataclasses import dataclass

from . import ed25519, ids, invite, spoken
from .reader import Reader
from .refusal import Newer, Refusal
from .version import VERSION

MISTAKE, NEWER, SAME, DIFFERENT = "a mistake", "newer", "the same sheet", "of different keys"
PREFIX, TAG = "jasaq-sheet:", "jasaq 1 sheet line"
LINES = 6
ROOT, SUCCESSOR = 1, 2


@dataclass(frozen=True)
class Sheet:
    """Sheet n is the point n of the line whose point 0 is the key."""

    purpose: int
    number: int
    set: bytes
    day: int
    territory: bytes
    owner: bytes
    share: bytes

    def body(self) -> bytes:
        """The bytes under the checksum, or on the lines."""
        head = bytes([VERSION, self.purpose, self.number]) + self.set + self.day.to_bytes(2, "big")
        return head + self.territory + self.owner + self.share

    def to_code(self) -> str:
        """The text of the QR code."""
        return PREFIX + invite.letters_of(self.body() + checksum(self.body()))

    def to_words(self) -> str:
        """Six lines of five words."""
        return spoken.speak(TAG, self.body())


def checksum(body: bytes) -> bytes:
    """Four bytes over all before."""
    return ids.derive("jasaq 1 sheet checksum", body)[:4]


def times(factor: int, data: bytes) -> bytes:
    """Each byte as four elements of GF(4), with x² = x + 1, times 1, 2 (x) or 3 (x + 1)."""
    table = ((0, 0, 0, 0), (0, 1, 2, 3), (0, 2, 3, 1), (0, 3, 1, 2))[factor]
    return bytes(sum(table[byte >> at & 3] << at for at in (0, 2, 4, 6)) for byte in data)


def xor(one: bytes, other: bytes) -> bytes:
    """⊕ of two of equal length."""
    return bytes(a ^ b for a, b in zip(one, other))


def split(secret: bytes, slope: bytes, like: Sheet) -> list[Sheet]:
    """The three sheets of a signing key, the slope given, with the head of a sheet of the set."""
    owner = ed25519.public_of(secret)[:4]
    head = (like.set, like.day, like.territory, owner)
    return [Sheet(like.purpose, n, *head, xor(secret, times(n, slope))) for n in (1, 2, 3)]


def read(text: str) -> Sheet:
    """Reads a sheet: the text of its QR code, wherever it stands, or its words."""
    _, found, code = text.lower().partition(PREFIX)
    return read_body(bytes_of(code) if found else spoken.hear(TAG, text, LINES))


def bytes_of(code: str) -> bytes:
    """The bytes of the letters and digits that stand behind the prefix."""
    end = next((at for at, letter in enumerate(code) if not (letter.isascii() and letter.isalnum())), len(code))
    letters = code[:end].translate(invite.READ_AS)
    if any(letter not in invite.ALPHABET for letter in letters):
        raise Refusal(MISTAKE, "a letter outside the alphabet")
    data = invite.bytes_of(letters)
    if len(data) < 4 or checksum(data[:-4]) != data[-4:]:
        raise Refusal(MISTAKE, "the checksum")
    return data[:-4]


def read_body(data: bytes) -> Sheet:
    """The version and the purpose first, then whether all of it is there, then the number."""
    reader = Reader(data, MISTAKE)
    version, purpose = reader.u8(), None
    if version != VERSION:
        raise Newer(NEWER, f"version {version}")
    purpose = reader.u8()
    if purpose not in (ROOT, SUCCESSOR):
        raise Newer(NEWER, f"purpose {purpose}")
    number, of_set, day = reader.u8(), reader.take(3), reader.u16()
    territory, owner, share = reader.take(4), reader.take(4), reader.take(32)
    reader.end()
    if number not in (1, 2, 3):
        raise reader.refuse("the number is not 1 to 3")
    return Sheet(purpose, number, of_set, day, territory, owner, share)


def join(one: Sheet, other: Sheet) -> bytes:
    """The key of two different sheets of a set, if it is the one that they name."""
    if (one.territory, one.purpose, one.set) != (other.territory, other.purpose, other.set):
        raise Refusal(DIFFERENT, "territory, purpose or set differs")
    if one.number == other.number:
        raise Refusal(SAME)
    inverse = {1: 1, 2: 3, 3: 2}[one.number ^ other.number]
    secret = times(inverse, xor(times(other.number, one.share), times(one.number, other.share)))
    if one.owner != other.owner or ed25519.public_of(secret)[:4] != one.owner:
        raise Refusal(DIFFERENT, "the key is not the one that they name")
    return secret
