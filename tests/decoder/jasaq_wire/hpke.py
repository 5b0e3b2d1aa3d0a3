"""§3: HPKE (RFC 9180), base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, export only."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from .refusal import Refusal

KEM_SUITE = b"KEM" + bytes.fromhex("0020")
SUITE = b"HPKE" + bytes.fromhex("0020" "0001" "ffff")
MODE_BASE = b"\x00"


def labeled_extract(suite: bytes, salt: bytes, label: bytes, ikm: bytes) -> bytes:
    """RFC 9180 §4."""
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, "sha256")


def labeled_expand(suite: bytes, prk: bytes, label: bytes, info: bytes, length: int) -> bytes:
    """RFC 9180 §4; lengths here are never above one block."""
    if length > hashlib.sha256().digest_size:
        raise ValueError("one block of HKDF is enough for all keys of the page")
    labeled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(prk, labeled + b"\x01", "sha256")[:length]


@lru_cache(maxsize=4096)
def public_of(secret: bytes) -> bytes:
    """The X25519 public key of any 32 bytes, clamped in use (§1)."""
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def agree(secret: bytes, public: bytes) -> bytes:
    """X25519; a public key whose shared secret is all zero is refused (§3)."""
    try:
        shared = X25519PrivateKey.from_private_bytes(secret).exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        shared = bytes(32)
    if shared == bytes(32):
        raise Refusal("encapsulation", "the shared secret is all zero")
    return shared


def derive_key_pair(ikm: bytes) -> tuple[bytes, bytes]:
    """RFC 9180 §7.1.3 for X25519: (secret, public)."""
    prk = labeled_extract(KEM_SUITE, b"", b"dkp_prk", ikm)
    secret = labeled_expand(KEM_SUITE, prk, b"sk", b"", 32)
    return secret, public_of(secret)


class Context:
    """An exporter's context: RFC 9180 §5.1 and §5.3."""

    def __init__(self, shared: bytes, encapsulation: bytes, recipient: bytes, info: bytes) -> None:
        prk = labeled_extract(KEM_SUITE, b"", b"eae_prk", shared)
        kem_secret = labeled_expand(KEM_SUITE, prk, b"shared_secret", encapsulation + recipient, 32)
        schedule = MODE_BASE + labeled_extract(SUITE, b"", b"psk_id_hash", b"")
        schedule += labeled_extract(SUITE, b"", b"info_hash", info)
        secret = labeled_extract(SUITE, kem_secret, b"secret", b"")
        self.exporter = labeled_expand(SUITE, secret, b"exp", schedule, 32)

    def export(self, context: bytes, length: int) -> bytes:
        """RFC 9180 §5.3."""
        return labeled_expand(SUITE, self.exporter, b"sec", context, length)


def setup_receiver(encapsulation: bytes, secret: bytes, info: bytes) -> Context:
    """SetupBaseR."""
    return Context(agree(secret, encapsulation), encapsulation, public_of(secret), info)


def setup_sender(ikm: bytes, recipient: bytes, info: bytes) -> tuple[bytes, Context]:
    """SetupBaseS with the `ikm` of the ephemeral key given: how the vectors are made again (§18)."""
    secret, encapsulation = derive_key_pair(ikm)
    return encapsulation, Context(agree(secret, recipient), encapsulation, recipient, info)
