"""§6: the state that operations are taken into, and who may what in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import ids
from .access import may_enrol, may_read
from .erasures import Envelope, Erasures
from .history import WAITING, At, Cuts, Links, Subject
from .ids import Place
from .operations import Kind, Operation, Role, SpaceKind

TAKEN, WAITS, NOT, HELD = "counts", "waiting", "not counted", "held"


@dataclass(frozen=True)
class Entry:
    """One operation with where it stands, the hash of its envelope and who signed that."""

    id: bytes
    place: Place
    hash: bytes
    signer: bytes
    operation: Operation

    @property
    def at(self) -> At:
        """Its place in its journal."""
        return At(self.place.journal, self.place.sequence, self.hash)


@dataclass
class Space:
    """A space that exists: its epochs with their parents, and who published them."""

    kind: SpaceKind
    roll: bytes
    offices: tuple[bytes, ...] = ()
    epochs: dict[bytes, set[bytes]] = field(default_factory=dict)
    holders: dict[bytes, set[bytes]] = field(default_factory=dict)
    closed: bool = False

    def publish(self, epoch: bytes, parents: set[bytes], publisher: bytes) -> None:
        """Adds an epoch, or parents to it."""
        self.epochs.setdefault(epoch, set()).update(parents)
        self.holders.setdefault(epoch, set()).add(publisher)


@dataclass(frozen=True)
class Decision:
    """An `admit` that counts."""

    id: bytes
    rank: int
    place: tuple
    keys: tuple[str, ...]
    counts: bool
    replaces: tuple[bytes, ...]


class Territory:
    """The state that operations are taken into, and what became of each."""

    def __init__(self, root: bytes, entries: list[Entry], links: Links) -> None:
        self.root = root
        self.territory_roll = ids.territory_space(root)
        self.spaces: dict[bytes, Space] = {
            self.territory_roll: Space(SpaceKind.TERRITORY_ROLL, self.territory_roll)
        }
        self.devices: dict[bytes, Subject] = {}
        self.successor: bytes | None = None
        self.invites: dict[tuple[bytes, bytes], tuple[bytes, Role, bytes | None]] = {}
        self.joins: set[tuple[bytes, bytes, bytes, bytes]] = set()
        self.used: dict[tuple[bytes, bytes], bytes] = {}
        self.wraps: dict[tuple[bytes, bytes, bytes], dict[bytes, bytes]] = {}
        self.givers: dict[bytes, bytes] = {}
        self.lacks: dict[tuple[bytes, bytes], dict[bytes, set[bytes]]] = {}
        self.decisions: list[Decision] = []
        self.erased, self.erased_by_held = Erasures(), Erasures()
        self.obeyed: dict[bytes, set[bytes]] = {}
        self.outcome: dict[bytes, str] = {}
        parts = {e.id: (e.operation["device"], e.operation["heads"]) for e in entries if e.operation.kind == Kind.HEADS}
        self.cuts = Cuts(links, parts)

    def add_space(self, made: bytes, kind: SpaceKind, entry: Entry) -> None:
        """A space by the operation that makes it, with its first epoch."""
        space = Space(kind, entry.place.space, tuple(entry.operation["offices"]))
        if not kind.is_roll:
            space.publish(ids.epoch_id(entry.operation["epoch"]), set(), entry.signer)
        self.spaces[made] = space

    def is_top(self, device: bytes) -> bool:
        """Whether it is root or successor, which stand at rank 0."""
        return device == self.root or (device == self.successor and device is not None)

    def judged(self, device: bytes, at: At) -> Role | str:
        """The role that judges a device at a place; of one that is not in nobody knows yet."""
        subject = self.devices.get(device)
        return self.cuts.judge(device, subject, at) if subject else WAITING

    def role_of(self, entry: Entry) -> Role | None:
        """The role that judges the signer at the place of what it signed; none of the root."""
        judged = None if self.is_top(entry.signer) else self.judged(entry.signer, entry.at)
        return judged if isinstance(judged, Role) else None

    def rank_of(self, entry: Entry) -> int | None:
        """0 is root and successor; none where no role judges the signer."""
        role = self.role_of(entry)
        return 0 if self.is_top(entry.signer) else role.rank if role else None

    def enrols(self, entry: Entry, role: Role) -> bool:
        """*May enrol*, by who signed it."""
        own = self.role_of(entry)
        return (own is not None or self.is_top(entry.signer)) and may_enrol(own, role)

    def in_scope(self, device: bytes, role: Role | None, space: bytes) -> bool:
        """*Scope* of a device with a role, or of root and successor."""
        if self.is_top(device) or space == self.territory_roll or role == Role.TS:
            return True
        made, subject = self.spaces[space], self.devices[device]
        if not role.of_squad:
            return subject.office in made.offices
        if space == subject.roll or made.roll == subject.roll:
            return True
        roll = self.spaces[subject.roll]
        return made.kind == SpaceKind.TO_SUBDIVISION and bool(set(made.offices) & set(roll.offices))

    def signer_in_scope(self, entry: Entry, space: bytes) -> bool:
        """Whether a space is in the scope of who signed it."""
        return self.in_scope(entry.signer, self.role_of(entry), space)

    def reads(self, device: bytes, role: Role, space: bytes) -> bool:
        """Whether a device reads a space in that role."""
        return may_read(role, self.spaces[space].kind) and self.in_scope(device, role, space)

    def reads_now(self, device: bytes, space: bytes) -> bool:
        """Whether a device that is in reads a space, or stands above it."""
        subject = self.devices.get(device)
        if subject is None or self.is_top(device):
            return self.is_top(device)
        return not subject.removed and self.reads(device, subject.present, space)

    def explains(self, envelope: Envelope, missing: set[int]) -> bool:
        """Whether an envelope may lack these sections: an `erase` that counts, or is held, names each."""
        return missing <= self.erased.of(envelope) | self.erased_by_held.of(envelope)

    def may_be_gone(self, space: bytes, document: bytes) -> bool:
        """Whether an `erase` that counts, or is held, names a document."""
        return any((space, document) in erasures.documents for erasures in (self.erased, self.erased_by_held))
