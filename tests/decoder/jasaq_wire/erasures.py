"""§2 and §6: what operations erase, and what they explain of it that is missing."""

from __future__ import annotations

from dataclasses import dataclass, field

from .operations import Operation

Envelope = tuple[bytes, bytes, int, bytes]


@dataclass
class Erasures:
    """What some `erase` name: documents and attachments by their spaces with who says so, sections by their envelopes."""

    documents: dict[tuple[bytes, bytes], set[bytes]] = field(default_factory=dict)
    sections: dict[Envelope, set[int]] = field(default_factory=dict)
    attachments: dict[tuple[bytes, bytes], set[bytes]] = field(default_factory=dict)

    def note(self, name: bytes, operation: Operation) -> None:
        """Adds what one operation names."""
        space = operation["space"]
        if operation["document"] is not None:
            self.documents.setdefault((space, operation["document"]), set()).add(name)
        for section in operation["sections"]:
            envelope = space, section["journal"], section["sequence"], section["hash"]
            self.sections.setdefault(envelope, set()).add(section["index"])
        for attachment in operation["attachments"]:
            self.attachments.setdefault((space, attachment), set()).add(name)

    def of(self, envelope: Envelope) -> set[int]:
        """The sections of an envelope that are named."""
        return self.sections.get(envelope, set())
