"""§3 and §4: keys of sections, opening an envelope, and the sealed keys of epochs."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from . import hpke, ids
from .compression import read_content
from .envelope import KIND_CHANGE, Wire
from .ids import Place
from .refusal import Refusal

NONCE = bytes(12)
SEALED_KEY_LENGTH = 80


@dataclass(frozen=True)
class OpenedChange:
    """What one section of kind 0x81 held: the document's id and the change (§3)."""

    index: int
    document: bytes
    change: bytes


def section_info(place: Place, epoch: bytes) -> bytes:
    """`info` of §3: HPKE's info and the beginning of the exporter's context."""
    return b"jasaq 1 section" + place.to_bytes() + epoch


def section_label(info: bytes, kind: int, index: int) -> bytes:
    """`label(i)` of §3."""
    return info + bytes([kind]) + index.to_bytes(2, "big")


def seal(context: hpke.Context, label: bytes, content: bytes) -> bytes:
    """`sealed(i)` of §3."""
    return ChaCha20Poly1305(context.export(label, 32)).encrypt(NONCE, content, label)


def unseal(context: hpke.Context, label: bytes, sealed: bytes) -> bytes:
    """The content of one sealed section, or a refusal."""
    try:
        return ChaCha20Poly1305(context.export(label, 32)).decrypt(NONCE, sealed, label)
    except (InvalidTag, ValueError):
        raise Refusal("ciphertext", "the section does not open") from None


def open_sections(place: Place, wire: Wire, secret: bytes) -> dict[int, bytes]:
    """§4 *open*, up to decryption: content (method, body) of each change that is left, by its index."""
    if ids.epoch_id(hpke.public_of(secret)) != wire.epoch:
        raise Refusal("another key", "the epoch of the header is not this secret's")
    info = section_info(place, wire.epoch)
    context = hpke.setup_receiver(wire.encapsulation, secret, info)
    return {
        index: unseal(context, section_label(info, section.kind, index), section.content)
        for index, section in enumerate(wire.sections)
        if section.kind == KIND_CHANGE and not section.erased
    }


def open_envelope(place: Place, wire: Wire, secret: bytes) -> list[OpenedChange]:
    """§4 *open*. One section that fails refuses them all; the first that is wrong names the refusal."""
    if not wire.sealed:
        raise Refusal("nothing sealed")
    if ids.epoch_id(hpke.public_of(secret)) != wire.epoch:
        raise Refusal("another key", "the epoch of the header is not this secret's")
    info = section_info(place, wire.epoch)
    context = hpke.setup_receiver(wire.encapsulation, secret, info)
    opened = []
    for index, section in enumerate(wire.sections):
        if section.kind == KIND_CHANGE and not section.erased:
            content = unseal(context, section_label(info, section.kind, index), section.content)
            opened.append(OpenedChange(index, *read_content(content)))
    return opened


def wrap_info(space: bytes, epoch: bytes) -> bytes:
    """`info` of a sealed key (§3)."""
    return b"jasaq 1 wrap" + space + epoch


def open_key(space: bytes, epoch: bytes, secret: bytes, sealed: bytes) -> bytes:
    """§3, *an epoch's key*: the X25519 secret inside, refused unless it is the epoch's."""
    if len(sealed) != SEALED_KEY_LENGTH:
        raise Refusal("sealed key", "not 80 bytes")
    info = wrap_info(space, epoch)
    inside = unseal(hpke.setup_receiver(sealed[:32], secret, info), info, sealed[32:])
    if ids.epoch_id(hpke.public_of(inside)) != epoch:
        raise Refusal("sealed key", "the key inside is of another epoch")
    return inside


def seal_key(space: bytes, epoch: bytes, recipient: bytes, inside: bytes, ikm: bytes) -> bytes:
    """A sealed key with the chance given: how the vectors are made again (§18)."""
    info = wrap_info(space, epoch)
    encapsulation, context = hpke.setup_sender(ikm, recipient, info)
    return encapsulation + seal(context, info, inside)
