"""§7: invite codes."""

from __future__ import annotations

import string
from dataclasses import dataclass

from . import ed25519, ids, spoken
from .operations import Role
from .reader import WHITE_SPACE, Reader
from .refusal import Newer, Refusal
from .version import VERSION

PREFIX = "jasaq:"
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
READ_AS = str.maketrans(string.ascii_uppercase + "oilOIL", string.ascii_lowercase + "011011")
LENGTH_MAX = 600
ADDRESS_MAX = 200
NOT_AN_INVITE, MISTAKE, NEWER = "not an invite", "a mistake", "newer"


@dataclass(frozen=True)
class Invite:
    """What a code says."""

    root: bytes
    roll: bytes
    inviter: bytes
    secret: bytes
    role: Role
    relay: bytes | None = None
    address: str | None = None

    @property
    def key(self) -> bytes:
        """The invite key: the verifying key of the one-time secret."""
        return ed25519.public_of(self.secret)

    def body(self) -> bytes:
        """The bytes under the checksum."""
        out = bytes([VERSION]) + self.root + self.roll + self.inviter + self.secret + bytes([self.role])
        if self.relay is not None:
            address = self.address.encode()
            out += self.relay + len(address).to_bytes(2, "big") + address
        return out


def letters_of(data: bytes) -> str:
    """Base 32, highest bits first, the last letter filled with zero bits."""
    bits = int.from_bytes(data, "big") << (-len(data) * 8 % 5)
    count = (len(data) * 8 + 4) // 5
    return "".join(ALPHABET[bits >> 5 * (count - 1 - i) & 31] for i in range(count))


def bytes_of(letters: str) -> bytes:
    """The bytes of letters; what is left over is fewer than five bits, and all of them zero."""
    bits = 0
    for letter in letters:
        bits = bits << 5 | ALPHABET.index(letter)
    count, left_over = divmod(len(letters) * 5, 8)
    if left_over >= 5:
        raise Refusal(MISTAKE, "five bits or more left over")
    if bits & (1 << left_over) - 1:
        raise Refusal(MISTAKE, "left-over bits that are not zero")
    return (bits >> left_over).to_bytes(count, "big")


def write(invite: Invite) -> str:
    """The code, as a writer writes it."""
    body = invite.body()
    return PREFIX + letters_of(body + checksum(body))


def checksum(body: bytes) -> bytes:
    """Four bytes over the body."""
    return ids.derive("jasaq 1 invite checksum", body)[:4]


def read(code: str) -> Invite:
    """Reads a code and refuses in the order of §7."""
    whole = code.strip(WHITE_SPACE)
    if not whole.startswith(PREFIX):
        raise Refusal(NOT_AN_INVITE, "no prefix")
    if len(whole.encode()) > LENGTH_MAX:
        raise Refusal(NOT_AN_INVITE, "longer than 600 bytes")
    letters = [c for c in whole[len(PREFIX) :].translate(READ_AS) if c not in WHITE_SPACE and c != "-"]
    if any(c not in ALPHABET for c in letters):
        raise Refusal(MISTAKE, "a letter outside the alphabet")
    data = bytes_of("".join(letters))
    body, sum_given = data[:-4], data[-4:]
    if len(data) < 4:
        raise Refusal(MISTAKE, "fewer than 4 bytes")
    if checksum(body) != sum_given:
        raise Refusal(MISTAKE, "the checksum")
    return read_body(Reader(body, MISTAKE))


def read_body(reader: Reader) -> Invite:
    """The version, then whether the fields are whole, then the role, then the rest."""
    version = reader.u8()
    if version != VERSION:
        raise Newer(NEWER, f"version {version}")
    root, roll, inviter, secret = reader.take(32), reader.take(16), reader.take(32), reader.take(32)
    number, relay, address = reader.u8(), None, None
    if reader.left():
        relay, length = reader.take(32), reader.u16()
        address = reader.take(length)
    if number not in list(Role):
        raise Newer(NEWER, f"role {number}")
    text = None if address is None else read_address(reader, address)
    reader.end()
    return Invite(root, roll, inviter, secret, Role(number), relay, text)


def read_address(reader: Reader, address: bytes) -> str:
    """UTF-8, at most 200 bytes."""
    if len(address) > ADDRESS_MAX:
        raise reader.refuse("an address of more than 200 bytes")
    try:
        return address.decode()
    except UnicodeDecodeError:
        raise reader.refuse("an address that is not UTF-8") from None


TAG, LINES = "jasaq 1 invite line", 2
TERMS_MAX = 8


@dataclass(frozen=True)
class Terms:
    """What the roll, and so a relay, says of an invite."""

    root: bytes
    roll: bytes
    inviter: bytes
    role: Role

    def body(self) -> bytes:
        """In the order of the code."""
        return self.root + self.roll + self.inviter + bytes([self.role])


@dataclass(frozen=True)
class Heard:
    """An invite in ten words: a seed, and a pin over what a relay will say."""

    seed: bytes
    pin: bytes

    @property
    def key(self) -> bytes:
        """The invite key."""
        return ed25519.public_of(ids.derive("jasaq 1 invite secret", self.seed))

    def fits(self, terms: Terms, relay: bytes) -> bool:
        """Whether these terms at this relay were meant."""
        return pin_of(self.seed, terms, relay) == self.pin

    def words(self, terms: Terms, relay: bytes) -> str:
        """The words of this seed for these terms."""
        return spoken.speak(TAG, self.seed + pin_of(self.seed, terms, relay))


def pin_of(seed: bytes, terms: Terms, relay: bytes) -> bytes:
    """Six bytes that only who knows the seed can make."""
    return ids.derive("jasaq 1 invite pin", seed + terms.body() + relay)[:6]


def hear(words: str) -> Heard:
    """Reads ten words."""
    data = spoken.hear(TAG, words, LINES)
    return Heard(data[:10], data[10:])


def read_terms(data: bytes) -> list[Terms]:
    """Reads what a relay answers to an invite's key."""
    reader = Reader(data, MISTAKE)
    if (version := reader.u8()) != VERSION:
        raise Newer(NEWER, f"version {version}")
    count = reader.u16()
    if count > TERMS_MAX:
        raise reader.refuse("more than 8")
    terms = []
    for _ in range(count):
        root, roll, inviter, number = reader.take(32), reader.take(16), reader.take(32), reader.u8()
        if number not in list(Role):
            raise Newer(NEWER, f"role {number}")
        terms.append(Terms(root, roll, inviter, Role(number)))
    reader.end()
    return terms
