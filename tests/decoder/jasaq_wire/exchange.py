"""§11: heads, receipts and the running hash of a space at the relay."""

from __future__ import annotations

from dataclasses import dataclass

from . import ed25519, ids
from .frontier import RECEIPT_JOURNALS_MAX, Head, read_frontier, write_frontier
from .reader import Reader
from .refusal import Newer, Refusal

HEAD_TAG, RECEIPT_TAG = b"JQH", b"JQR"
SPACES_MAX = 256
MALFORMED, REFUSED = "malformed", "refused"


@dataclass(frozen=True)
class KnownSpace:
    """A space that a head lists: the number of the last envelope received, and the running hash there."""

    space: bytes
    number: int
    hash: bytes


@dataclass(frozen=True)
class RelayHead:
    """What a device says of itself to a relay."""

    device: bytes
    counter: int
    spaces: tuple[KnownSpace, ...]
    signature: bytes

    def signed(self) -> bytes:
        """Everything before the signature."""
        out = HEAD_TAG + bytes(1) + self.device + self.counter.to_bytes(8, "big")
        out += len(self.spaces).to_bytes(2, "big")
        return out + b"".join(s.space + s.number.to_bytes(8, "big") + s.hash for s in self.spaces)

    def verify(self, relay: bytes) -> None:
        """Signed by the device: everything before, then the relay id."""
        if not ed25519.verify_strict(self.device, self.signed() + relay, self.signature):
            raise Refusal(MALFORMED, "another signature than the device's")


@dataclass(frozen=True)
class RelayReceipt:
    """What a relay says that it stored."""

    device: bytes
    counter: int
    heads: tuple[Head, ...]
    signature: bytes

    def signed(self) -> bytes:
        """Everything before the signature."""
        return RECEIPT_TAG + bytes(1) + self.device + self.counter.to_bytes(8, "big") + write_frontier(self.heads)

    def verify(self, relay: bytes, head: RelayHead) -> None:
        """Signed by the relay; device and counter must be those of the head that it answers."""
        if (self.device, self.counter) != (head.device, head.counter):
            raise Refusal(REFUSED, "a receipt of another head")
        if not ed25519.verify_strict(relay, self.signed() + relay, self.signature):
            raise Refusal(REFUSED, "another signature than the relay's")


def read_tag(reader: Reader, tag: bytes) -> None:
    """Three letters and a version, before anything else of the form (§1); another version is *newer* (§15)."""
    if reader.take(3) != tag:
        raise reader.refuse("another tag")
    version = reader.u8()
    if version != 0:
        raise Newer("newer", f"version {version}")


def read_head(data: bytes) -> RelayHead:
    """A head; its signature is not looked at here."""
    reader = Reader(data, MALFORMED)
    read_tag(reader, HEAD_TAG)
    device, counter, count = reader.take(32), reader.u64(), reader.u16()
    if count > SPACES_MAX:
        raise reader.refuse("more than 256 spaces")
    spaces = tuple(KnownSpace(reader.take(16), reader.u64(), reader.take(8)) for _ in range(count))
    if any(one.space >= other.space for one, other in zip(spaces, spaces[1:])):
        raise reader.refuse("spaces do not rise strictly")
    signature = reader.take(64)
    reader.end()
    return RelayHead(device, counter, spaces, signature)


def read_receipt(data: bytes) -> RelayReceipt:
    """A receipt; its signature is not looked at here."""
    reader = Reader(data, MALFORMED)
    read_tag(reader, RECEIPT_TAG)
    device, counter = reader.take(32), reader.u64()
    heads = read_frontier(reader, RECEIPT_JOURNALS_MAX)
    signature = reader.take(64)
    reader.end()
    return RelayReceipt(device, counter, heads, signature)


def running_hashes(wires: list[bytes]) -> list[bytes]:
    """h₁ … hₙ over wire forms in the relay's form: the short one."""
    hashes, last = [], bytes(32)
    for number, wire in enumerate(wires, 1):
        last = ids.derive("jasaq 0 running hash", last + number.to_bytes(8, "big") + ids.plain(wire))
        hashes.append(last)
    return hashes
