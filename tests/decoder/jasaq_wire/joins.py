"""§5, *join, proof and four words*."""

from __future__ import annotations

from . import ed25519, ids
from .operations import Operation

CONSONANTS = "бвгджзклмнпрстфш"
VOWELS = "аиоу"


def proof_message(invite_key: bytes, request: dict) -> bytes:
    """What the joining device signs."""
    device = request["device"]
    return (
        b"jasaq 1 join"
        + invite_key
        + request["inviter"]
        + device["device"]
        + device["exchange"]
        + request["attempt"].to_bytes(8, "big")
    )


def is_proven(invite_key: bytes, operation: Operation) -> bool:
    """Whether a join's proof verifies, with the envelope's signer as invite key."""
    request = operation["request"]
    return ed25519.verify_strict(request["device"]["device"], proof_message(invite_key, request), request["proof"])


def word(bits: int) -> str:
    """One word of five letters out of sixteen bits."""
    return (
        CONSONANTS[bits >> 12]
        + VOWELS[bits >> 10 & 3]
        + CONSONANTS[bits >> 6 & 15]
        + VOWELS[bits >> 4 & 3]
        + CONSONANTS[bits & 15]
    )


def four_words(invite_key: bytes, device: bytes, exchange: bytes) -> str:
    """The words that two people compare."""
    drawn = ids.derive("jasaq 1 four words", invite_key + device + exchange)
    return "-".join(word(int.from_bytes(drawn[i : i + 2], "big")) for i in (0, 2, 4, 6))


def same_words(typed: str, words: str) -> bool:
    """Typed words are compared by their letters alone, in lower case."""
    letters = [c for c in typed.lower() if c.isalpha()]
    return letters == [c for c in words.lower() if c.isalpha()]
