"""§2 and §4: the wire form of an envelope, its signed header, its hash, and what a reader says of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from . import ed25519, ids
from .ids import Place
from .reader import Reader
from .refusal import Newer, Refusal
from .version import VERSION

TAG = b"JQE"
WHOLE_MAX, FORM_MAX = 4096, 4642
LINK_LENGTH = 32
SECTIONS_MAX = 16
FLAG_SEALED = 0x01
FLAG_LINK = 0x02
FLAG_ERASED = 0x04
KIND_OPERATION, KIND_ACK, KIND_CHANGE = 0x01, 0x02, 0x81
NOT_AN_ENVELOPE, NEWER = "not an envelope", "of a newer version"


@dataclass(frozen=True)
class Erased:
    """What is left of an erased section: the length that its content had, and its hash."""

    length: int
    hash: bytes


@dataclass(frozen=True)
class Section:
    """One section: its kind and its content as it travels, or what is left of that."""

    kind: int
    content: bytes | Erased

    @property
    def sealed(self) -> bool:
        """§2: kinds from 0x80 on are sealed."""
        return self.kind >= 0x80

    @property
    def erased(self) -> bool:
        """Whether its content is gone."""
        return isinstance(self.content, Erased)

    @property
    def left(self) -> Erased:
        """What the signed header says of it beside its kind, and what an erasure leaves."""
        return self.content if self.erased else Erased(len(self.content), ids.section_hash(self.content))

    def to_bytes(self) -> bytes:
        """As it stands in a wire form."""
        behind = self.content.hash if self.erased else self.content
        return bytes([self.kind]) + self.left.length.to_bytes(2, "big") + behind


@dataclass(frozen=True)
class Wire:
    """A wire form, parsed (§2). `link`, `epoch`, `encapsulation` and `first_form` are none where it has none."""

    signature: bytes
    link: bytes | None
    epoch: bytes | None
    encapsulation: bytes | None
    sections: tuple[Section, ...]
    first_form: bytes | None = None

    @property
    def sealed(self) -> bool:
        """Flag bit 0."""
        return self.epoch is not None

    @property
    def erased(self) -> set[int]:
        """The sections whose content is gone."""
        return {index for index, section in enumerate(self.sections) if section.erased}

    @property
    def whole_length(self) -> int:
        """How long it was before anything was erased, with its link or without as it is."""
        fields = (bytes(1), self.signature, self.link, self.epoch, self.encapsulation, bytes(1))
        return sum(len(field or b"") for field in fields) + sum(3 + section.left.length for section in self.sections)

    def to_bytes(self) -> bytes:
        """The wire form again."""
        flags = (FLAG_SEALED if self.sealed else 0) | (FLAG_LINK if self.link is not None else 0)
        flags |= FLAG_ERASED if self.first_form is not None else 0
        out = bytes([VERSION << 4 | flags]) + self.signature + (self.link or b"")
        out += (self.epoch or b"") + (self.encapsulation or b"") + (self.first_form or b"") + bytes([len(self.sections)])
        if self.first_form is not None:
            out += sum(1 << index for index in self.erased).to_bytes(2, "big")
        return out + b"".join(section.to_bytes() for section in self.sections)

    def erase(self, named: set[int], sequence: int) -> Wire:
        """§2: the same without the contents of the sealed sections among those that are named."""
        due = {index for index, section in enumerate(self.sections) if index in named and section.sealed}
        if not due:
            return self
        short = self if sequence == 1 else replace(self, link=None)
        left = tuple(Section(s.kind, s.left) if i in due else s for i, s in enumerate(self.sections))
        return replace(self, sections=left, first_form=running_digest(short.to_bytes()))


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
    if not 1 <= len(data) <= FORM_MAX:
        raise Refusal(NOT_AN_ENVELOPE, "empty, or longer than 4,642 bytes")
    if data[0] >> 4 != VERSION:
        raise Newer(NEWER, f"version {data[0] >> 4}")
    return data[0] & 0x0F


def parse(data: bytes) -> Wire:
    """§4, steps 0 and 1: the wire form's fields, or a refusal *not an envelope* or *of a newer version*."""
    flags = read_version(data)
    reader = Reader(data[1:], NOT_AN_ENVELOPE)
    if flags & ~(FLAG_SEALED | FLAG_LINK | FLAG_ERASED):
        raise reader.refuse("a flag that is not known")
    if flags & FLAG_ERASED and not flags & FLAG_SEALED:
        raise reader.refuse("erased, and not sealed")
    signature = reader.take(64)
    link = reader.take(LINK_LENGTH) if flags & FLAG_LINK else None
    epoch = reader.take(8) if flags & FLAG_SEALED else None
    encapsulation = reader.take(32) if flags & FLAG_SEALED else None
    first_form = reader.take(32) if flags & FLAG_ERASED else None
    sections = parse_sections(reader, first_form is not None)
    reader.end()
    if any(section.sealed for section in sections) != (epoch is not None):
        raise reader.refuse("sealed sections and the flag do not agree")
    wire = Wire(signature, link, epoch, encapsulation, sections, first_form)
    if wire.whole_length > WHOLE_MAX:
        raise reader.refuse("whole it is longer than 4,096 bytes")
    if link is None and wire.whole_length > WHOLE_MAX - LINK_LENGTH:
        raise reader.refuse("whole it is longer than 4,064 bytes without its link")
    return wire


def parse_sections(reader: Reader, some_erased: bool) -> tuple[Section, ...]:
    """The section count, which of them are erased, and the sections (§2)."""
    count = reader.u8()
    if not 1 <= count <= SECTIONS_MAX:
        raise reader.refuse("the section count is not 1 to 16")
    erased = reader.u16() if some_erased else 0
    if some_erased and not erased:
        raise reader.refuse("no section is erased")
    if erased >> count:
        raise reader.refuse("a section is erased that is not there")
    return tuple(parse_section(reader, bool(erased >> index & 1)) for index in range(count))


def parse_section(reader: Reader, erased: bool) -> Section:
    """One section, or what is left of it."""
    kind, length = reader.u8(), reader.u16()
    section = Section(kind, Erased(length, reader.take(32)) if erased else reader.take(length))
    if erased and not section.sealed:
        raise reader.refuse("a section is erased that is not sealed")
    return section


def running_digest(data: bytes) -> bytes:
    """§11: what the running hash takes of bytes that came: of a form with erased sections its first form."""
    try:
        return parse(data).first_form or ids.plain(data)
    except Refusal:
        return ids.plain(data)


def signed_header(place: Place, link: bytes, wire: Wire) -> bytes:
    """§2: what is signed and never sent."""
    parts = [TAG + bytes([VERSION]), place.to_bytes(), link, bytes([FLAG_SEALED if wire.sealed else 0])]
    if wire.sealed:
        parts += [wire.epoch, wire.encapsulation]
    parts.append(bytes([len(wire.sections)]))
    for section in wire.sections:
        parts.append(bytes([section.kind]) + section.left.length.to_bytes(2, "big") + section.left.hash)
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
