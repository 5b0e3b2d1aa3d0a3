"""§6, what judges a device at a place: links between envelopes, cuts, and what was said of a device."""

from __future__ import annotations

from dataclasses import dataclass, field

from .operations import Role

WITHIN, NOT_LINKED, BEYOND = "within", "not yet linked", "beyond"
HELD, WAITING = "held", "waiting"


@dataclass(frozen=True)
class At:
    """Where an envelope stands in its journal, and its hash."""

    journal: bytes
    sequence: int
    hash: bytes


class Links:
    """Of the envelopes that are held: the hash of the one before each."""

    def __init__(self, links: dict[At, bytes] | None = None) -> None:
        self.before: dict[At, bytes] = links or {}
        self.by_head: dict[tuple[bytes, int, bytes], list[At]] = {}
        for at in self.before:
            self.by_head.setdefault((at.journal, at.sequence, at.hash[:8]), []).append(at)

    def reaches(self, head: dict, at: At) -> str:
        """Whether a chain that a head ends has this hash at this sequence. All of the chain must be held so far down."""
        ends = self.by_head.get((head["journal"], head["sequence"], head["hash"]), [])
        found = {self._walk(end, at) for end in ends} or {NOT_LINKED}
        return next(answer for answer in (WITHIN, NOT_LINKED, BEYOND) if answer in found)

    def _walk(self, end: At, at: At) -> str:
        """Down from one envelope to the sequence of another."""
        while end.sequence > at.sequence:
            end = At(end.journal, end.sequence - 1, self.before[end])
            if end not in self.before:
                return NOT_LINKED
        return WITHIN if end == at else BEYOND


@dataclass
class Word:
    """What was said of a device and counts: its add, a role or a removal."""

    id: bytes
    rank: int
    role: Role | None
    cut: dict | None
    replaces: tuple[bytes, ...]

    @property
    def removes(self) -> bool:
        return self.role is None

    def may_replace(self, other: "Word") -> bool:
        """*One may replace another.*"""
        return other.id in self.replaces and self.rank <= other.rank and (self.removes or not other.removes)


@dataclass
class Subject:
    """A device that is or was in."""

    exchange: bytes
    member: bytes
    office: bytes | None
    roll: bytes
    words: list[Word] = field(default_factory=list)

    @property
    def removed(self) -> bool:
        """If any removal of it counts, replaced or not."""
        return any(word.removes for word in self.words)

    @property
    def roles(self) -> set[Role]:
        """All roles that it was ever given."""
        return {word.role for word in self.words if not word.removes}

    @property
    def present(self) -> Role:
        """The role beyond all cuts."""
        return lowest([word for word in self.words if not word.removes])


def lowest(roles: list[Word]) -> Role:
    """Of those that none of them may replace, the one with the greatest number."""
    left = [word for word in roles if not any(other.may_replace(word) for other in roles)]
    return max(word.role for word in left)


class Cuts:
    """Which places are within which cuts: the links, and the parts that are there."""

    def __init__(self, links: Links, parts: dict[bytes, tuple[bytes, list]]) -> None:
        self.links = links
        self.parts = parts

    def stands(self, device: bytes, cut: dict, at: At) -> str:
        """Within, not yet linked, or beyond."""
        heads, missing = list(cut["heads"]), False
        for part in cut["parts"]:
            about, listed = self.parts.get(part, (None, []))
            missing = missing or about is None
            heads += listed if about == device else []
        heads = [head for head in heads if head["journal"] == at.journal]
        if not heads:
            return NOT_LINKED if missing else BEYOND
        found = [self.links.reaches(head, at) for head in heads if head["sequence"] >= at.sequence]
        return next((answer for answer in (WITHIN, NOT_LINKED) if answer in found), BEYOND)

    def judge(self, device: bytes, subject: Subject, at: At) -> Role | str:
        """The role that judges a device at a place; or `HELD`, or `WAITING`."""
        words, where = subject.words, {}
        for word in words:
            where[word.id] = BEYOND if word.cut is None else self.stands(device, word.cut, at)
        removals = [w for w in words if w.removes and not any(other.may_replace(w) for other in words)]
        if any(where[word.id] == BEYOND for word in removals):
            return HELD
        roles = [word for word in words if not word.removes]
        if any(where[word.id] == NOT_LINKED for word in removals + roles):
            return WAITING
        return lowest([word for word in roles if where[word.id] == BEYOND])
