"""§11: heads, receipts and the running hash of a space at the relay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Self

from . import ed25519, ids
from .envelope import running_digest
from .frontier import RECEIPT_JOURNALS_MAX, Known, read_known, write_frontier
from .reader import Reader
from .refusal import Newer, Refusal
from .version import VERSION

SPACES_MAX = 256
MALFORMED, REFUSED = "malformed", "refused"


@dataclass(frozen=True)
class Spoken:
    """What heads and receipts are: a device, its counter, what is known, and a signature."""

    device: bytes
    counter: int
    known: tuple[Known, ...]
    signature: bytes

    TAG: ClassVar[bytes]
    MOST: ClassVar[int]
    number: ClassVar[Callable[[Reader], int]]

    def signed(self) -> bytes:
        """Everything before the signature."""
        return self.TAG + bytes([VERSION]) + self.device + self.counter.to_bytes(8, "big") + write_frontier(self.known)

    def is_signed_by(self, key: bytes, relay: bytes) -> bool:
        """Over everything before the signature, then the relay id."""
        return ed25519.verify_strict(key, self.signed() + relay, self.signature)

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Its signature is not looked at here."""
        reader = Reader(data, MALFORMED)
        read_tag(reader, cls.TAG)
        device, counter = reader.take(32), reader.u64()
        known, signature = read_known(reader, cls.MOST, cls.number), reader.take(64)
        reader.end()
        return cls(device, counter, known, signature)


class RelayHead(Spoken):
    """What a device says of itself to a relay: each space with the number of the last envelope received."""

    TAG, MOST, number = b"JQH", SPACES_MAX, Reader.u64

    def verify(self, relay: bytes) -> None:
        """Signed by the device."""
        if not self.is_signed_by(self.device, relay):
            raise Refusal(MALFORMED, "another signature than the device's")


class RelayReceipt(Spoken):
    """What a relay says that it stored: a frontier."""

    TAG, MOST, number = b"JQR", RECEIPT_JOURNALS_MAX, Reader.sequence

    def verify(self, relay: bytes, head: RelayHead) -> None:
        """Signed by the relay; device and counter must be those of the head that it answers."""
        if (self.device, self.counter) != (head.device, head.counter):
            raise Refusal(REFUSED, "a receipt of another head")
        if not self.is_signed_by(relay, relay):
            raise Refusal(REFUSED, "another signature than the relay's")


def read_tag(reader: Reader, tag: bytes) -> None:
    """Three letters and a version, before anything else of the form (§1); another version is *newer* (§15)."""
    if reader.take(3) != tag:
        raise reader.refuse("another tag")
    version = reader.u8()
    if version != VERSION:
        raise Newer("newer", f"version {version}")


def running_hashes(wires: list[bytes]) -> list[bytes]:
    """h₁ … hₙ over wire forms in the relay's form: the short one, with the *first form* of what was erased."""
    hashes, last = [], bytes(32)
    for number, wire in enumerate(wires, 1):
        last = ids.derive("jasaq 1 running hash", last + number.to_bytes(8, "big") + running_digest(wire))
        hashes.append(last)
    return hashes
