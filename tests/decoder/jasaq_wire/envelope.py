"""§2 and §4: the wire form of an envelope, its signed header, its hash, and what a reader says of it."""

from __future__ import annotations

from dataclasses import dataclass

from . import ed25519, ids
from .ids import Place
from .reader import Reader
from .refusal import Newer, Refusal

TAG = b"JQE"
VERSION = 0
WIRE_MAX = 4096
LINK_LENGTH = 32
SECTIONS_MAX = 16
FLAG_SEALED = 0x01
FLAG_LINK = 0x02
KIND_OPERATION, KIND_ACK, KIND_CHANGE = 0x01, 0x02, 0x81
NOT_AN_ENVELOPE, NEWER = "not an envelope", "of a newer version"


@dataclass(frozen=True)
class Section:
    """One section: its kind and its content as it travels."""

    kind: int
    content: bytes

    @property
    def sealed(self) -> bool:
        """§2: kinds from 0x80 on are sealed."""
        return self.kind >= 0x80


@dataclass(frozen=True)
class Wire:
    """A wire form, parsed (§2). `link`, `epoch` and `encapsulation` are none where it has none."""

    signature: bytes
    link: bytes | None
    epoch: bytes | None
    encapsulation: bytes | None
    sections: tuple[Section, ...]

    @property
    def sealed(self) -> bool:
        """Flag bit 0."""
        return self.epoch is not None

    def to_bytes(self) -> bytes:
        """The wire form again."""
        flags = (FLAG_SEALED if self.sealed else 0) | (FLAG_LINK if self.link is not None else 0)
        out = bytes([VERSION << 4 | flags]) + self.signature + (self.link or b"")
        out += (self.epoch or b"") + (self.encapsulation or b"") + bytes([len(self.sections)])
        for section in self.sections:
            out += bytes([section.kind]) + len(section.content).to_bytes(2, "big") + section.content
        return out


@dataclass(frozen=True)
class Held:
    """§4: what a reader holds of a journal; each may be missing."""

    device: bytes | None = None
    before: bytes | None = None
    here: bytes | None = None


@dataclass(frozen=True)
class Verdict:
    """§4: what became of an envelope. All but `name` stand only if its signature is good."""

    name: str
    hash: bytes | None = None
    signer: bytes | None = None
    link: bytes | None = None
    wire: Wire | None = None


def read_version(data: bytes) -> int:
    """§4 step 0: the flags of a first byte whose version is known."""
    if not 1 <= len(data) <= WIRE_MAX:
        raise Refusal(NOT_AN_ENVELOPE, "empty, or longer than 4,096 bytes")
    if data[0] >> 4 != VERSION:
        raise Newer(NEWER, f"version {data[0] >> 4}")
    return data[0] & 0x0F


def parse(data: bytes) -> Wire:
    """§4, steps 0 and 1: the wire form's fields, or a refusal *not an envelope* or *of a newer version*."""
    flags = read_version(data)
    reader = Reader(data[1:], NOT_AN_ENVELOPE)
    if flags & ~(FLAG_SEALED | FLAG_LINK):
        raise reader.refuse("a flag that is not known")
    if not flags & FLAG_LINK and len(data) > WIRE_MAX - LINK_LENGTH:
        raise reader.refuse("longer than 4,064 bytes without its link")
    signature = reader.take(64)
    link = reader.take(LINK_LENGTH) if flags & FLAG_LINK else None
    epoch = reader.take(8) if flags & FLAG_SEALED else None
    encapsulation = reader.take(32) if flags & FLAG_SEALED else None
    sections = parse_sections(reader)
    reader.end()
    if any(section.sealed for section in sections) != (epoch is not None):
        raise reader.refuse("sealed sections and the flag do not agree")
    return Wire(signature, link, epoch, encapsulation, sections)


def parse_sections(reader: Reader) -> tuple[Section, ...]:
    """The section count and the sections (§2)."""
    count = reader.u8()
    if not 1 <= count <= SECTIONS_MAX:
        raise reader.refuse("the section count is not 1 to 16")
    sections = []
    for _ in range(count):
        kind = reader.u8()
        sections.append(Section(kind, reader.take(reader.u16())))
    return tuple(sections)


def signed_header(place: Place, link: bytes, wire: Wire) -> bytes:
    """§2: what is signed and never sent."""
    parts = [TAG + bytes([VERSION]), place.to_bytes(), link, bytes([FLAG_SEALED if wire.sealed else 0])]
    if wire.sealed:
        parts += [wire.epoch, wire.encapsulation]
    parts.append(bytes([len(wire.sections)]))
    for section in wire.sections:
        parts.append(bytes([section.kind]) + len(section.content).to_bytes(2, "big"))
        parts.append(ids.section_hash(section.content))
    return b"".join(parts)


def verify(place: Place, data: bytes, held: Held) -> Verdict:
    """§4, steps 0 to 5, in their order."""
    try:
        wire = parse(data)
    except Refusal as refusal:
        return Verdict(refusal.name)
    if place.sequence == 1:
        if wire.link is None:
            return Verdict(NOT_AN_ENVELOPE)
        signer = link = wire.link
    else:
        if held.device is None:
            return Verdict("waits for the first")
        if held.before is None:
            return Verdict("waits for the one before")
        signer, link = held.device, (wire.link if wire.link is not None else held.before)
    if not ids.is_journal_of(place.journal, signer):
        return Verdict("another device's journal")
    header = signed_header(place, link, wire)
    if not ed25519.verify_strict(signer, header, wire.signature):
        return Verdict("bad signature")
    here = ids.envelope_hash(header)
    return Verdict(place_in_journal(place, link, here, held), here, signer, link, wire)


def place_in_journal(place: Place, link: bytes, here: bytes, held: Held) -> str:
    """§4 step 5: whether a verified envelope continues its journal, is known, or is a fork."""
    if held.here is None and (place.sequence == 1 or link == held.before):
        return "continues"
    return "known" if held.here == here else "fork"
