"""§19: the message that a certificate's code and a trust list are, and the CBOR it is written in."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from . import ed25519
from .refusal import Refusal

CODE, LIST = "no certificate's code", "no trust list"
SUBJECTS = {CODE: b"jasaq 1 certificate", LIST: b"jasaq 1 trust list"}
EDDSA, SIGN1 = -8, 18
NULL, DEPTH_MAX = 0xF6, 8


@dataclass(frozen=True)
class Tagged:
    """A CBOR tag and what is in it."""

    number: int
    content: object


def write(value: object) -> bytes:
    """The one form of CBOR: shortest heads, definite lengths."""
    if value is None:
        return bytes([NULL])
    if isinstance(value, Tagged):
        return head(6, value.number) + write(value.content)
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(write, value))
    return head(5, len(value)) + b"".join(write(key) + write(one) for key, one in value.items())


def head(major: int, argument: int) -> bytes:
    """An item's head."""
    if argument < 24:
        return bytes([major << 5 | argument])
    width = next(width for width in (1, 2, 4, 8) if argument < 256**width)
    return bytes([major << 5 | 24 + (1, 2, 4, 8).index(width)]) + argument.to_bytes(width, "big")


def read(data: bytes, name: str) -> object:
    """The item that these bytes are, in its one form."""
    try:
        value, end = item(data, 0, DEPTH_MAX)
        good = end == len(data) and write(value) == data
    except (IndexError, UnicodeDecodeError, TypeError) as error:
        raise Refusal(name, "no item of CBOR") from error
    if not good:
        raise Refusal(name, "not in its only form")
    return value


def item(data: bytes, at: int, depth: int) -> tuple[object, int]:
    """One item from here on, and where it ends; IndexError if it is none, or none that we write."""
    first, at = data[at], at + 1
    major, argument = first >> 5, first & 31
    if first == NULL:
        return None, at
    if major == 7 or argument > 27 or not depth:
        raise IndexError
    if argument > 23:
        width = 1 << argument - 24
        argument, at = int.from_bytes(taken(data, at, width), "big"), at + width
    if major < 2:
        return (argument if major == 0 else -1 - argument), at
    if major < 4:
        content = taken(data, at, argument)
        return (content if major == 2 else content.decode()), at + argument
    if major == 6:
        content, at = item(data, at, depth - 1)
        return Tagged(argument, content), at
    items = []
    for _ in range(argument * (major - 3)):
        one, at = item(data, at, depth - 1)
        items.append(one)
    return (items if major == 4 else dict(zip(items[::2], items[1::2]))), at


def taken(data: bytes, at: int, count: int) -> bytes:
    """So many bytes from here on."""
    if len(data) - at < count:
        raise IndexError
    return data[at : at + count]


def unpack(packed: bytes, most: int, name: str) -> bytes:
    """One whole zlib stream, with nothing behind it, of at most so many bytes."""
    stream = zlib.decompressobj()
    try:
        data = stream.decompress(packed, most + 1)
    except zlib.error as error:
        raise Refusal(name, "damaged packing") from error
    if len(data) > most:
        raise Refusal(name, "too long")
    if not stream.eof or stream.unused_data or stream.unconsumed_tail:
        raise Refusal(name, "damaged packing")
    return data


@dataclass(frozen=True)
class Message:
    """A message that was read; nothing is verified."""

    key: bytes
    payload: bytes
    header: bytes
    signature: bytes

    def is_by(self, signer: bytes, name: str) -> bool:
        """Whether this key signed it as that."""
        return ed25519.verify_strict(signer, signed(self.header, self.payload, name), self.signature)


def signed(header: bytes, payload: bytes, name: str) -> bytes:
    """What is signed."""
    return write(["Signature1", header, SUBJECTS[name], payload])


def sign(secret: bytes, payload: bytes, name: str) -> bytes:
    """A message."""
    header = write({1: EDDSA, 4: ed25519.public_of(secret)[:8]})
    return write(Tagged(SIGN1, [header, {}, payload, ed25519.sign(secret, signed(header, payload, name))]))


def read_message(data: bytes, name: str) -> Message:
    """`COSE_Sign1` in its only form."""
    match read(data, name):
        case Tagged(number=18, content=[bytes(header), {**rest}, bytes(payload), bytes(signature)]) if not rest:
            fields = read(header, name)
        case _:
            raise Refusal(name, "no signed message")
    if not isinstance(fields, dict) or list(fields) != [1, 4]:
        raise Refusal(name, "another header")
    if fields[1] != EDDSA:
        raise Refusal(name, "another algorithm")
    if not isinstance(fields[4], bytes) or len(fields[4]) != 8 or len(signature) != 64:
        raise Refusal(name, "no signed message")
    return Message(fields[4], payload, header, signature)
