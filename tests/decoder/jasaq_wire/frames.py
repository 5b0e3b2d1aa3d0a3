"""§10: frames, one after the other, and the reasons of refusals."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import frontier
from .exchange import RelayHead, RelayReceipt
from .frontier import Known
from .ids import Place
from .reader import SEQUENCE_MAX, Reader
from .refusal import Refusal

PAYLOAD_MAX = 40_960
ENVELOPE_MAX = 4642
HEAD, RUN, ENVELOPE, SPACE, RECEIPT, REFUSED, REWOUND, END, ROOM = range(1, 10)
KNOWN = range(HEAD, ROOM + 1)
REASONS = {1: "not yet", 2: "may not", 3: "quota", 4: "invalid", 5: "gap", 6: "fork", 7: "newer"}
MALFORMED, CUT = "malformed", "cut"


@dataclass(frozen=True)
class EnvelopeFrame:
    """A wire form and the place where it stands."""

    place: Place
    wire: bytes


@dataclass(frozen=True)
class SpaceMark:
    """The envelopes that follow have the relay's numbers of this space, from `after` + 1 on."""

    space: bytes
    after: int


@dataclass(frozen=True)
class RefusedMark:
    """The relay refused an envelope."""

    place: Place
    reason: int

    @property
    def told(self) -> str:
        """The reason in words; one of a newer program is treated as refused."""
        return REASONS.get(self.reason, "refused")


@dataclass(frozen=True)
class Rewound:
    """The relay does not have the past that the head spoke of."""

    space: bytes
    heads: tuple[Known, ...]


@dataclass(frozen=True)
class EndMark:
    """The end, and whether there is more to ask for."""

    more: bool


@dataclass(frozen=True)
class Frame:
    """One frame: its kind and what it says; of unknown kinds the payload, of a room its bytes."""

    kind: int
    value: RelayHead | Place | EnvelopeFrame | SpaceMark | RelayReceipt | RefusedMark | Rewound | EndMark | int | bytes


@dataclass
class Stream:
    """What was read, and what ended it before its bytes did. What came before stands."""

    frames: list[Frame] = field(default_factory=list)
    broken: Refusal | None = None

    @property
    def ended(self) -> bool:
        """Whether an end frame came."""
        return any(frame.kind == END for frame in self.frames)

    def of(self, kind: int) -> list:
        """What all frames of a kind say."""
        return [frame.value for frame in self.frames if frame.kind == kind]


class FrameReader:
    """Reads frames and follows the runs: each envelope stands one sequence after the one before."""

    def __init__(self, data: bytes) -> None:
        self.reader = Reader(data, CUT)
        self.next_place: Place | None = None
        self.space: bytes | None = None

    def frame(self) -> Frame:
        """The next frame, or a refusal that ends the stream."""
        kind, length = self.reader.u8(), self.reader.u16()
        if length > PAYLOAD_MAX:
            raise Refusal(MALFORMED, "a payload of more than 40,960 bytes")
        payload = self.reader.take(length)
        return Frame(kind, self.value(kind, payload))

    def value(self, kind: int, payload: bytes) -> object:
        """What a payload says."""
        if kind == RUN:
            self.next_place = Place.from_bytes(payload, MALFORMED)
            return self.next_place
        if kind == ENVELOPE:
            return self.envelope(payload)
        if kind == SPACE:
            reader = Reader(payload, MALFORMED)
            mark = SpaceMark(reader.take(16), reader.u64())
            reader.end()
            self.space = mark.space
            return mark
        if kind in READ:
            return READ[kind](payload)
        return payload

    def envelope(self, payload: bytes) -> EnvelopeFrame:
        """Kind 3; what is in it is not looked at here."""
        if len(payload) > ENVELOPE_MAX:
            raise Refusal(MALFORMED, "an envelope of more than 4,642 bytes")
        place = self.next_place
        if place is None or place.sequence > SEQUENCE_MAX:
            raise Refusal(MALFORMED, "an envelope before any run, or behind the last sequence")
        if self.space is not None and place.space != self.space:
            raise Refusal(MALFORMED, "an envelope of another space")
        self.next_place = place.next()
        return EnvelopeFrame(place, payload)


def read_refused(payload: bytes) -> RefusedMark:
    """Kind 6."""
    if len(payload) != 41:
        raise Refusal(MALFORMED, "a refusal is 41 bytes")
    return RefusedMark(Place.from_bytes(payload[:40], MALFORMED), payload[40])


def read_rewound(payload: bytes) -> Rewound:
    """Kind 7."""
    reader = Reader(payload, MALFORMED)
    rewound = Rewound(reader.take(16), frontier.read_frontier(reader, frontier.RECEIPT_JOURNALS_MAX))
    reader.end()
    return rewound


def read_end(payload: bytes) -> EndMark:
    """Kind 8."""
    if payload not in (b"\x00", b"\x01"):
        raise Refusal(MALFORMED, "an end that says neither yes nor no")
    return EndMark(payload == b"\x01")


def read_room(payload: bytes) -> int:
    """Kind 9: how long an answer the link bears."""
    reader = Reader(payload, MALFORMED)
    room = reader.u64()
    reader.end()
    return room


READ = {
    HEAD: RelayHead.read,
    RECEIPT: RelayReceipt.read,
    REFUSED: read_refused,
    REWOUND: read_rewound,
    END: read_end,
    ROOM: read_room,
}


def read_stream(data: bytes, forbidden: frozenset[int] = frozenset(), once: int | None = None) -> Stream:
    """All frames up to the first that is malformed.

    So are kinds that may not stand here and a byte behind the end, and, if there is a kind that comes first and
    once, a known one before it and a second one of it. Before a head there may be none at all.
    """
    stream, frames = Stream(), FrameReader(data)
    try:
        while frames.reader.left():
            if stream.ended:
                raise Refusal(MALFORMED, "a byte behind the end")
            frame = frames.frame()
            first = not any(found.kind in KNOWN for found in stream.frames)
            counts = frame.kind in KNOWN or (once == HEAD and first)
            if frame.kind in forbidden or (once and counts and (frame.kind == once) != first):
                raise Refusal(MALFORMED, f"a frame of kind {frame.kind} may not stand here")
            stream.frames.append(frame)
    except Refusal as refusal:
        stream.broken = refusal
    return stream


def write_frame(kind: int, payload: bytes) -> bytes:
    """`kind u8 ‖ length u16 ‖ payload`."""
    return bytes([kind]) + len(payload).to_bytes(2, "big") + payload
