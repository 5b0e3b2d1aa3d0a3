"""§1: hashes under a context, and every id that is made with them."""

from __future__ import annotations

from dataclasses import dataclass

from blake3 import blake3

from .reader import SEQUENCE_MAX
from .refusal import Refusal


def derive(context: str, message: bytes) -> bytes:
    """`H(context, m)`: BLAKE3 in key derivation mode, 32 bytes (§1)."""
    return blake3(message, derive_key_context=context).digest()


def plain(message: bytes) -> bytes:
    """`blake3(m)`, used in the running hash alone (§1, §11)."""
    return blake3(message).digest()


def territory_space(root: bytes) -> bytes:
    """The space of the territory's roll (§1)."""
    return derive("jasaq 1 territory roll", root)[:16]


def space_id(roll: bytes, maker: bytes, nonce: bytes) -> bytes:
    """The space that a `space` operation makes (§1)."""
    return derive("jasaq 1 space", roll + maker + nonce)[:16]


def member_id(roll: bytes, rank: int, name: bytes, nonce: bytes) -> bytes:
    """The member that somebody brings into a roll: of rank 2 `name` is his office, of rank 3 his member (§1)."""
    return derive("jasaq 1 member", roll + bytes([rank]) + name + nonce)[:16]


def journal_id(device: bytes, nonce: bytes) -> bytes:
    """The journal of a device with a nonce of eight bytes (§1)."""
    return nonce + derive("jasaq 1 journal", device + nonce)[:8]


def is_journal_of(journal: bytes, device: bytes) -> bool:
    """§4 step 3."""
    return journal == journal_id(device, journal[:8])


def epoch_id(exchange_key: bytes) -> bytes:
    """The id of an epoch by its public key (§1)."""
    return derive("jasaq 1 epoch", exchange_key)[:8]


def envelope_hash(signed_header: bytes) -> bytes:
    """The envelope's hash (§1, §2)."""
    return derive("jasaq 1 envelope", signed_header)


def section_hash(content: bytes) -> bytes:
    """The hash of a section's content as it travels (§1)."""
    return derive("jasaq 1 section hash", content)


def operation_id(envelope: bytes, index: int) -> bytes:
    """The id of the operation at a section's place in an envelope (§1)."""
    return derive("jasaq 1 operation", envelope + index.to_bytes(8, "big"))[:16]


def continuation(first: bytes, number: int) -> bytes:
    """§13: the document that goes on where the one before had no room; `number` from 1 to 15."""
    return derive("jasaq 1 continuation", first + bytes([number]))[:16]


def documents_digest(hashes: list[bytes]) -> bytes:
    """§9: over the hashes of changes, sorted as bytes, each once."""
    return derive("jasaq 1 documents", b"".join(sorted(set(hashes))))[:16]


@dataclass(frozen=True)
class Place:
    """§1: `space 16 ‖ journal 16 ‖ sequence u64`."""

    space: bytes
    journal: bytes
    sequence: int

    def to_bytes(self) -> bytes:
        """As it stands in frames and in the signed header."""
        return self.space + self.journal + self.sequence.to_bytes(8, "big")

    @staticmethod
    def from_bytes(data: bytes, name: str = "malformed") -> "Place":
        """Reads 40 bytes and refuses a sequence out of bounds."""
        sequence = int.from_bytes(data[32:], "big")
        if len(data) != 40 or not 1 <= sequence <= SEQUENCE_MAX:
            raise Refusal(name, "not a place")
        return Place(data[:16], data[16:32], sequence)

    def next(self) -> "Place":
        """One sequence after this one (§10, kind 2)."""
        return Place(self.space, self.journal, self.sequence + 1)
