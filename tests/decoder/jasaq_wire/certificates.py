"""§19: a certificate's code and what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from . import ids
from .cose import CODE, Message, read, read_message, unpack, write
from .refusal import Newer, Refusal
from .statements import is_name

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
CHARACTERS_MAX, MESSAGE_MAX, NUMBER_MAX, PRINTS_MAX = 1_200, 1_024, 40, 255
CLAIM = -65_537


def from_base45(text: str) -> bytes:
    """RFC 9285."""
    if set(text) - set(ALPHABET) or len(text) % 3 == 1:
        raise Refusal(CODE, "not Base45")
    out = b""
    for at in range(0, len(text), 3):
        group = text[at : at + 3]
        number = sum(ALPHABET.index(letter) * 45**power for power, letter in enumerate(group))
        if number >= 256 ** (len(group) - 1):
            raise Refusal(CODE, "a group that stands for no bytes")
        out += number.to_bytes(len(group) - 1, "big")
    return out


@dataclass(frozen=True)
class Claims:
    """What a code says."""

    territory: bytes
    form: int
    number: str
    holder: str
    issued_on: str
    print: int
    subdivision: str
    salt: bytes

    def to_bytes(self) -> bytes:
        """The payload."""
        return write({CLAIM: list(vars(self).values())})

    def hash(self) -> bytes:
        """The hash that the print's row holds."""
        return ids.derive("jasaq 1 certificate", self.to_bytes())[:16]


def is_bytes(value: object, length: int) -> bool:
    """A byte string of this length."""
    return isinstance(value, bytes) and len(value) == length


def is_number(value: object) -> bool:
    """A certificate's number."""
    if not isinstance(value, str) or not 1 <= len(value.encode()) <= NUMBER_MAX or value.upper() != value:
        return False
    return all(letter.isalnum() or letter in "-/." for letter in value) and bool(re.search("[0-9]", value))


def is_day(value: object) -> bool:
    """A day of the years 1 to 9999."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def read_claims(payload: bytes) -> Claims:
    """The claims, in their only form."""
    fields = read(payload, CODE)
    listed = fields.get(CLAIM) if isinstance(fields, dict) and len(fields) == 1 else None
    if not isinstance(listed, list) or len(listed) != 8:
        raise Refusal(CODE, "no claims")
    claims = Claims(*listed)
    good = is_bytes(claims.territory, 8) and claims.form in (1, 2) and is_number(claims.number)
    good = good and is_name(claims.holder) and is_day(claims.issued_on) and is_name(claims.subdivision)
    if not (good and isinstance(claims.print, int) and 1 <= claims.print <= PRINTS_MAX and is_bytes(claims.salt, 8)):
        raise Refusal(CODE, "no claims")
    return claims


def read_code(text: str) -> tuple[Message, Claims]:
    """A code's message and claims; nothing is verified."""
    text = text.strip()
    if not text.startswith("JSQ1:"):
        raise (Newer if re.match(r"JSQ[0-9]{1,3}:", text) else Refusal)(CODE, "another prefix")
    if len(text) > CHARACTERS_MAX:
        raise Refusal(CODE, "too long")
    message = read_message(unpack(from_base45(text[5:]), MESSAGE_MAX, CODE), CODE)
    return message, read_claims(message.payload)
