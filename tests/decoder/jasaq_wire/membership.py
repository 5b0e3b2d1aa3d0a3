"""§6: which operations count. A function of the set of all operations of all rolls under one root, and of the links."""

from __future__ import annotations

from typing import Callable

from . import closing, enrolling, joins, keys
from .history import HELD, Links
from .operations import Kind, SpaceKind
from .territory import NOT, TAKEN, WAITS, Entry, Territory

Order = tuple[int, int, int, bytes]
SAID = (Kind.ROLE, Kind.REMOVE)
FIRST = (Kind.FOUND, Kind.SPACE, Kind.INVITE, Kind.JOIN, Kind.ADD, Kind.HEADS)
LAST = (Kind.ROTATE, Kind.WRAP, Kind.ADMIT, Kind.ERASE, Kind.CLOSE)
OF_READERS = (Kind.LACK, Kind.ERASED)
ORDER = (*FIRST, *SAID, *LAST, *OF_READERS)
RANKS = (0, 1, 2, 3)
TAKE: dict[Kind, Callable[[Territory, Entry], str]] = {
    Kind.FOUND: enrolling.take_found,
    Kind.SPACE: enrolling.take_space,
    Kind.INVITE: enrolling.take_invite,
    Kind.JOIN: enrolling.take_join,
    Kind.ADD: enrolling.take_add,
    Kind.HEADS: enrolling.take_heads,
    Kind.ROLE: enrolling.take_role,
    Kind.REMOVE: enrolling.take_remove,
    Kind.ROTATE: keys.take_rotate,
    Kind.WRAP: keys.take_wrap,
    Kind.LACK: keys.take_lack,
    Kind.ADMIT: closing.take_admit,
    Kind.ERASE: closing.take_erase,
    Kind.ERASED: closing.take_erased,
    Kind.CLOSE: closing.take_close,
}


def attempts(entries: list[Entry]) -> dict[tuple[bytes, bytes, bytes, bytes], int]:
    """The highest attempt of the proven joins of (invite key, inviter, device, exchange key)."""
    highest: dict[tuple[bytes, bytes, bytes, bytes], int] = {}
    for entry in entries:
        if entry.operation.kind == Kind.JOIN and joins.is_proven(entry.signer, entry.operation):
            request = entry.operation["request"]
            named = (entry.signer, request["inviter"], request["device"]["device"], request["device"]["exchange"])
            highest[named] = max(highest.get(named, 0), request["attempt"])
    return highest


def order(entries: list[Entry]) -> list[Entry]:
    """By place of kind, −attempts, last role first, operation id."""
    highest = attempts(entries)

    def key(entry: Entry) -> Order:
        operation = entry.operation
        place = 2 * ORDER.index(operation.kind)
        if operation.kind == Kind.SPACE:
            return place + (not SpaceKind(operation["kind"]).is_roll), 0, 0, entry.id
        if operation.kind != Kind.ADD:
            return place, 0, 0, entry.id
        device = operation["device"]
        tries = highest.get((operation["invite"], entry.signer, device["device"], device["exchange"]), 0)
        return place, -tries, -operation["role"], entry.id

    return sorted(entries, key=key)


class Fold:
    """Tries all operations of a set in their order."""

    def __init__(self, root: bytes, entries: list[Entry], links: Links) -> None:
        self.entries = order(list({entry.id: entry for entry in entries}.values()))
        self.state = Territory(root, self.entries, links)

    def of(self, kinds: tuple[Kind, ...]) -> list[Entry]:
        """The operations of these kinds, in order."""
        return [entry for entry in self.entries if entry.operation.kind in kinds]

    def take(self, entry: Entry) -> str:
        """Tries one."""
        self.state.outcome[entry.id] = TAKE[entry.operation.kind](self.state, entry)
        return self.state.outcome[entry.id]

    def take_of_rank(self, entries: list[Entry], rank: int) -> None:
        """Tries what was not tried and is of this rank, and joins that wait."""
        for entry in entries:
            outcome = self.state.outcome.get(entry.id)
            if entry.operation.kind == Kind.JOIN:
                if outcome in (None, WAITS):
                    self.take(entry)
            elif outcome is None and self.state.rank_of(entry) == rank:
                self.take(entry)

    def take_again(self) -> bool:
        """Tries each role and removal that waits again; whether one ceased to wait."""
        waiting = [entry for entry in self.of(SAID) if self.state.outcome.get(entry.id) == WAITS]
        return any([self.take(entry) != WAITS for entry in waiting])

    def run(self) -> Territory:
        """All of it."""
        for rank in RANKS:
            self.take_of_rank(self.of(FIRST), rank)
            while self.take_again():
                self.take_of_rank(self.of(FIRST), rank)
            self.take_of_rank(self.of(SAID), rank)
        for rank in RANKS:
            self.take_of_rank(self.of(LAST), rank)
        for entry in self.of(OF_READERS):
            if self.state.rank_of(entry) is not None:
                self.take(entry)
        for entry in self.entries:
            if entry.id not in self.state.outcome:
                outcome = self.state.outcome[entry.id] = self.untried(entry)
                if outcome == HELD and entry.operation.kind == Kind.ERASE:
                    closing.note_held_erase(self.state, entry)
        return self.state

    def untried(self, entry: Entry) -> str:
        """What became of an operation that was not tried."""
        if self.state.rank_of(entry) is not None:
            return NOT
        return HELD if self.state.judged(entry.signer, entry.at) == HELD else WAITS


def count(root: bytes, entries: list[Entry], links: Links) -> Territory:
    """What counts of a set of operations; `outcome` has it by operation id."""
    return Fold(root, entries, links).run()


def decided(state: Territory, place: tuple, key: str) -> bool | None:
    """Whether a statement of an envelope that is held counts; none if nothing was decided."""
    about = [decision for decision in state.decisions if decision.place == place]
    left = [d for d in about if not any(d.id in other.replaces and other.rank <= d.rank for other in about)]
    said = [decision.counts for decision in left if not decision.keys or key in decision.keys]
    return all(said) if said else None
