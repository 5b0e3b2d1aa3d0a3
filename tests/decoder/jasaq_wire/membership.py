"""§6: which operations count. A function of the set of all operations of all rolls under one root."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable

from . import ids, joins
from .access import may_enrol, may_make, may_read, needs_squad_roll
from .ids import Place
from .operations import Kind, Operation, Role, SpaceKind

TAKEN, WAITS, NOT = "counts", "waiting", "not counted"
KIND_ORDER = {Kind.FOUND: 0, Kind.INVITE: 3, Kind.JOIN: 4, Kind.ADD: 5, Kind.ROTATE: 6, Kind.WRAP: 7}


@dataclass(frozen=True)
class Entry:
    """One operation with where it stands and who signed its envelope."""

    id: bytes
    place: Place
    signer: bytes
    operation: Operation


@dataclass(frozen=True)
class Device:
    """A device that is in."""

    exchange: bytes
    member: bytes
    role: Role
    office: bytes | None
    roll: bytes


@dataclass
class Space:
    """A space that exists."""

    kind: SpaceKind
    roll: bytes | None
    offices: tuple[bytes, ...] = ()
    epochs: dict[bytes, set[bytes]] = field(default_factory=dict)


class Territory:
    """The state that operations are taken into, and what became of each."""

    def __init__(self, root: bytes) -> None:
        self.root = root
        self.territory_roll = ids.territory_space(root)
        self.spaces: dict[bytes, Space] = {self.territory_roll: Space(SpaceKind.TERRITORY_ROLL, None)}
        self.devices: dict[bytes, Device] = {}
        self.successor: bytes | None = None
        self.invites: dict[tuple[bytes, bytes], tuple[bytes, Role, bytes | None]] = {}
        self.joins: set[tuple[bytes, bytes, bytes, bytes]] = set()
        self.used: set[tuple[bytes, bytes]] = set()
        self.wraps: dict[tuple[bytes, bytes, bytes], bytes] = {}
        self.outcome: dict[bytes, str] = {}

    def role_of(self, signer: bytes) -> Role | None:
        """The role of a device that is in; none of the root."""
        device = self.devices.get(signer)
        return device.role if device else None

    def rank_of(self, signer: bytes) -> int | None:
        """0 is the root; none is not in."""
        role = self.role_of(signer)
        return 0 if signer == self.root else role.rank if role else None

    def in_scope(self, signer: bytes, space: bytes) -> bool:
        """*Scope* of §6."""
        made, device = self.spaces[space], self.devices.get(signer)
        if space == self.territory_roll or device is None or device.role == Role.TS:
            return True if device is not None or signer == self.root else False
        if not device.role.of_squad:
            return device.office in made.offices
        if space == device.roll or made.roll == device.roll:
            return True
        roll = self.spaces[device.roll]
        return made.kind == SpaceKind.TO_SUBDIVISION and bool(set(made.offices) & set(roll.offices))

    def take(self, entry: Entry) -> str:
        """Takes one operation if it counts."""
        return TAKE[entry.operation.kind](self, entry)


def take_found(state: Territory, entry: Entry) -> str:
    """Found: by the root, in the territory's roll, the first."""
    if entry.signer != state.root or entry.place.space != state.territory_roll or state.successor is not None:
        return NOT
    state.successor = entry.operation["successor"]
    return TAKEN


def take_space(state: Territory, entry: Entry) -> str:
    """Space: a role that may make the kind, in the right roll, in scope."""
    operation, role, roll = entry.operation, state.role_of(entry.signer), entry.place.space
    kind = SpaceKind(operation["kind"])
    if role is None or not may_make(role, kind):
        return NOT
    if not kind.of_squad and roll != state.territory_roll:
        return NOT
    if roll not in state.spaces:
        return WAITS
    if kind.of_squad and state.spaces[roll].kind != SpaceKind.SQUAD_ROLL:
        return NOT
    if not state.in_scope(entry.signer, roll):
        return NOT
    if role == Role.SS and state.devices[entry.signer].office not in operation["offices"]:
        return NOT
    made = ids.space_id(roll, entry.signer, operation["nonce"])
    if made in state.spaces:
        return NOT
    epochs = {} if kind.is_roll else {ids.epoch_id(operation["epoch"]): set()}
    state.spaces[made] = Space(kind, roll, tuple(operation["offices"]), epochs)
    return TAKEN


def check_enrolment(state: Territory, entry: Entry) -> str | None:
    """What invite and add have in common: none if nothing is wrong."""
    role, roll = Role(entry.operation["role"]), entry.place.space
    if not may_enrol(state.role_of(entry.signer), role):
        return NOT
    if roll not in state.spaces:
        return WAITS
    wanted = SpaceKind.SQUAD_ROLL if needs_squad_roll(role) else SpaceKind.TERRITORY_ROLL
    if not state.in_scope(entry.signer, roll) or state.spaces[roll].kind != wanted:
        return NOT
    return None


def take_invite(state: Territory, entry: Entry) -> str:
    """Invite: no other of this key and this signer."""
    wrong = check_enrolment(state, entry)
    named = (entry.operation["key"], entry.signer)
    if wrong or named in state.invites:
        return wrong or NOT
    state.invites[named] = (entry.place.space, Role(entry.operation["role"]), entry.operation["office"])
    return TAKEN


def take_join(state: Territory, entry: Entry) -> str:
    """Join: by an invite that counts, in its roll, proven."""
    request = entry.operation["request"]
    invite = state.invites.get((entry.signer, request["inviter"]))
    if invite is None:
        return WAITS
    if invite[0] != entry.place.space or not joins.is_proven(entry.signer, entry.operation):
        return NOT
    state.joins.add((entry.signer, request["inviter"], request["device"]["device"], request["device"]["exchange"]))
    return TAKEN


def take_add(state: Territory, entry: Entry) -> str:
    """Add: as invite; an invite of the signer's with a join of just this device; used once."""
    operation = entry.operation
    device, exchange = operation["device"]["device"], operation["device"]["exchange"]
    wrong = check_enrolment(state, entry)
    if wrong or device in state.devices or device == state.root:
        return wrong or NOT
    roll, role, office = entry.place.space, Role(operation["role"]), operation["office"]
    if operation["invite"] is None:
        if entry.signer != state.root:
            return NOT
    else:
        named = (operation["invite"], entry.signer)
        invite = state.invites.get(named)
        if invite is None:
            return WAITS
        if invite != (roll, role, office):
            return NOT
        if (*named, device, exchange) not in state.joins:
            return WAITS
        if named in state.used:
            return NOT
        state.used.add(named)
    state.devices[device] = Device(exchange, operation["member"], role, office, roll)
    return TAKEN


def check_key(state: Territory, entry: Entry) -> str | None:
    """What rotate and wrap have in common: none if nothing is wrong."""
    space, role = state.spaces.get(entry.operation["space"]), state.role_of(entry.signer)
    if space is None:
        return WAITS
    if role is None or not may_read(role, space.kind) or role.rank > 3 or space.kind.is_roll:
        return NOT
    if space.roll != entry.place.space or not state.in_scope(entry.signer, entry.operation["space"]):
        return NOT
    return None


def take_rotate(state: Territory, entry: Entry) -> str:
    """Rotate: adds the epoch, or parents to it, and takes nothing away."""
    wrong = check_key(state, entry)
    if wrong is None:
        parents = {parent["epoch"] for parent in entry.operation["parents"]}
        epochs = state.spaces[entry.operation["space"]].epochs
        epochs.setdefault(ids.epoch_id(entry.operation["epoch"]), set()).update(parents)
    return wrong or TAKEN


def take_wrap(state: Territory, entry: Entry) -> str:
    """Wrap: for a device that is in and reads the space."""
    wrong = check_key(state, entry)
    device, space = entry.operation["device"], entry.operation["space"]
    if wrong:
        return wrong
    if device not in state.devices:
        return WAITS
    if not may_read(state.devices[device].role, state.spaces[space].kind) or not state.in_scope(device, space):
        return NOT
    state.wraps[(space, entry.operation["epoch"], device)] = entry.operation["key"]
    return TAKEN


TAKE: dict[Kind, Callable[[Territory, Entry], str]] = {
    Kind.FOUND: take_found,
    Kind.SPACE: take_space,
    Kind.INVITE: take_invite,
    Kind.JOIN: take_join,
    Kind.ADD: take_add,
    Kind.ROTATE: take_rotate,
    Kind.WRAP: take_wrap,
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

    def key(entry: Entry) -> tuple[int, int, int, bytes]:
        operation = entry.operation
        if operation.kind == Kind.SPACE:
            return (1 if SpaceKind(operation["kind"]).is_roll else 2), 0, 0, entry.id
        if operation.kind != Kind.ADD:
            return KIND_ORDER[operation.kind], 0, 0, entry.id
        device = operation["device"]
        tries = highest.get((operation["invite"], entry.signer, device["device"], device["exchange"]), 0)
        return KIND_ORDER[Kind.ADD], -tries, -operation["role"], entry.id

    return sorted(entries, key=key)


def count(root: bytes, entries: list[Entry]) -> Territory:
    """What counts of a set of operations; `outcome` has it by operation id."""
    state = Territory(root)
    ordered = order(list({entry.id: entry for entry in entries}.values()))
    parts = (Kind.FOUND, Kind.SPACE, Kind.INVITE, Kind.JOIN, Kind.ADD), (Kind.ROTATE, Kind.WRAP)
    for part in parts:
        for rank in (0, 1, 2, 3):
            for entry in (e for e in ordered if e.operation.kind in part):
                is_join = entry.operation.kind == Kind.JOIN
                if is_join and state.outcome.get(entry.id, WAITS) == WAITS:
                    state.outcome[entry.id] = state.take(entry)
                elif not is_join and state.rank_of(entry.signer) == rank:
                    state.outcome[entry.id] = state.take(entry)
    for entry in ordered:
        if entry.id not in state.outcome:
            state.outcome[entry.id] = WAITS if state.rank_of(entry.signer) is None else NOT
    return state


def newest_epoch(space: Space) -> bytes | None:
    """The epoch a writer seals to: the last paragraph of §6."""
    named = {parent for parents in space.epochs.values() for parent in parents}
    candidates = [epoch for epoch in space.epochs if epoch not in named] or list(space.epochs)
    known = {epoch: len(space.epochs[epoch] & set(space.epochs)) for epoch in candidates}
    return max(candidates, key=lambda epoch: (known[epoch], epoch), default=None)
