"""§11: what travels without a relay (satchels), and the order of frames in requests and answers."""

from __future__ import annotations

from dataclasses import dataclass

from . import frames
from .exchange import read_tag
from .frames import CUT, ENVELOPE, HEAD, RECEIPT, REFUSED, REWOUND, ROOM, RUN, SPACE, EnvelopeFrame, Stream
from .reader import Reader
from .refusal import Refusal

TAG = b"JQS"
OPENING_LENGTH = 20
NOT_A_SATCHEL, FOREIGN, DAMAGED = "not a satchel", "foreign", "damaged"
LENGTH_MAX = 268_435_456
REQUEST_MAX, ANSWER_MAX = 1_048_576, 262_144
NOT_IN_A_SATCHEL = frozenset({HEAD, SPACE, RECEIPT, REFUSED, REWOUND, ROOM})
NOT_IN_AN_ANSWER = frozenset({HEAD, ROOM})
NOT_IN_A_REQUEST = frozenset({SPACE, RECEIPT, REFUSED, REWOUND})


@dataclass(frozen=True)
class Satchel:
    """The territory that a satchel is of, and its envelopes. One without its end was cut."""

    roll: bytes
    stream: Stream

    @property
    def envelopes(self) -> list[EnvelopeFrame]:
        return self.stream.of(ENVELOPE)

    @property
    def damage(self) -> Refusal | None:
        """What is wrong with its frames. Only to lack what follows is not: such a one was cut."""
        broken = self.stream.broken
        return None if broken is None or broken.name == CUT else Refusal(DAMAGED, broken.detail)

    @property
    def cut(self) -> bool:
        """Whether its end is missing, and nothing else is wrong."""
        return not self.stream.ended and self.damage is None


def read_satchel(data: bytes, roll: bytes | None = None) -> Satchel:
    """Tag, version, territory (that of this roll, if one is given), frames. What is whole is kept in any case."""
    reader = Reader(data[:LENGTH_MAX], NOT_A_SATCHEL)
    if reader.left() < OPENING_LENGTH:
        raise reader.refuse("it ends within tag, version or territory")
    read_tag(reader, TAG)
    of = reader.take(16)
    if roll is not None and of != roll:
        raise Refusal(FOREIGN, "another territory's")
    return Satchel(of, frames.read_stream(reader.take(reader.left()), NOT_IN_A_SATCHEL))


def read_request(data: bytes) -> Stream:
    """Head first, once; rooms, runs, envelopes and frames of newer programs; end."""
    if len(data) > REQUEST_MAX:
        raise Refusal("too long", "a request of more than 1,048,576 bytes")
    return begun(frames.read_stream(data, NOT_IN_A_REQUEST, once=HEAD), HEAD)


def read_answer(data: bytes) -> Stream:
    """Receipt first, once; the others in whatever order; end. Refused as a whole without its receipt."""
    if len(data) > ANSWER_MAX:
        raise Refusal("too long", "an answer of more than 262,144 bytes")
    return begun(frames.read_stream(data, NOT_IN_AN_ANSWER, once=RECEIPT), RECEIPT)


def begun(stream: Stream, first: int) -> Stream:
    """The stream, if it has what comes first; else what broke it refuses the whole."""
    if not stream.of(first):
        raise stream.broken or Refusal(CUT, "nothing but frames of newer programs")
    return stream


def runs(stream: Stream) -> list[tuple]:
    """The runs of a stream, each with its wire forms."""
    out: list[tuple] = []
    for frame in stream.frames:
        if frame.kind == RUN:
            out.append((frame.value, []))
        elif frame.kind == ENVELOPE:
            out[-1][1].append(frame.value.wire)
    return out
