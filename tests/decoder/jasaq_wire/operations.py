"""§5: operations. A table of fields by position, and a reader of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from . import cbor
from .refusal import Newer, Refusal


class Kind(IntEnum):
    """Kinds of operations."""

    FOUND, SPACE, INVITE, JOIN, ADD, ROTATE, WRAP = range(7)


class Role(IntEnum):
    """Roles; 5 to 7 are of a squad."""

    TS, SS, LEB, CC, HEAD, VOL, NSE = range(1, 8)

    @property
    def of_squad(self) -> bool:
        return self >= Role.HEAD

    @property
    def rank(self) -> int:
        """1 territory, 2 office, 3 head, 4 member; rank 0 is the root key, which has no role."""
        return {Role.TS: 1, Role.HEAD: 3, Role.VOL: 4, Role.NSE: 4}.get(self, 2)


class SpaceKind(IntEnum):
    """Kinds of spaces."""

    TERRITORY_ROLL, SQUAD_ROLL, REGISTER, SUBDIVISION, SUBMISSION, COUNCIL, PATROLS, PROTECTED, TO_SUBDIVISION = range(9)

    @property
    def is_roll(self) -> bool:
        return self <= SpaceKind.SQUAD_ROLL

    @property
    def of_squad(self) -> bool:
        return self in (SpaceKind.PATROLS, SpaceKind.PROTECTED)


class Unknown(Newer):
    """An operation of a newer program: carried, kept, not counted."""

    def __init__(self, detail: str) -> None:
        super().__init__("unknown", detail)


class Bound(Refusal):
    """A form that is not that of §5, or a bound of it that does not hold."""

    def __init__(self, detail: str) -> None:
        super().__init__("refused", detail)


def is_integer(value: object) -> bool:
    """Whether an item is an integer; `true` and `false` are none."""
    return isinstance(value, int) and not isinstance(value, bool)


@dataclass(frozen=True)
class Octets:
    """A byte string of just this length; another length is unknown."""

    length: int

    def check(self, value: object, name: str) -> list[str]:
        if not isinstance(value, bytes) or len(value) != self.length:
            raise Unknown(f"{name} is not {self.length} bytes")
        return []


@dataclass(frozen=True)
class Number:
    """An integer from `low` to `high`; one outside is unknown."""

    low: int = 0
    high: int = 2**64 - 1

    def check(self, value: object, name: str) -> list[str]:
        if not is_integer(value) or not self.low <= value <= self.high:
            raise Unknown(f"{name} is no integer from {self.low} to {self.high}")
        return []


@dataclass(frozen=True)
class Listed:
    """A number out of a list; one that is not in it is unknown."""

    numbers: type[IntEnum]

    def check(self, value: object, name: str) -> list[str]:
        if not is_integer(value) or value not in list(self.numbers):
            raise Unknown(f"{name} is a number of a newer program")
        return []


@dataclass(frozen=True)
class Many:
    """An array of at most `most` items."""

    item: object
    most: int

    def check(self, value: object, name: str) -> list[str]:
        if not isinstance(value, list):
            raise Unknown(f"{name} is not an array")
        wrong = [f"{name} has more than {self.most}"] if len(value) > self.most else []
        for item in value:
            wrong += self.item.check(item, f"one of {name}")
        return wrong


@dataclass(frozen=True)
class Optional:
    """Absent is null, or left off at the end."""

    item: object

    def check(self, value: object, name: str) -> list[str]:
        return [] if value is None else self.item.check(value, name)


@dataclass(frozen=True)
class Fields:
    """A list of fields by position. What is behind those we know is passed over."""

    fields: tuple[tuple[str, object], ...]

    def check(self, value: object, name: str) -> list[str]:
        if not isinstance(value, list):
            raise Unknown(f"{name} is not a list of fields")
        wrong = []
        for index, (field, kind) in enumerate(self.fields):
            given = value[index] if index < len(value) else None
            wrong += kind.check(given, f"{name}.{field}")
        return wrong


def fields(**named: object) -> Fields:
    """A list of fields, in the order they are given."""
    return Fields(tuple(named.items()))


KEY, ID, EPOCH = Octets(32), Octets(16), Octets(8)
INT64 = Number(-(2**63), 2**63 - 1)
DEVICE = fields(device=KEY, exchange=KEY)
REQUEST = fields(device=DEVICE, inviter=KEY, attempt=Number(0, 2**32 - 1), proof=Octets(64))
PARENT = fields(epoch=EPOCH, key=Octets(80))
SHAPES: dict[Kind, Fields] = {
    Kind.FOUND: fields(successor=KEY),
    Kind.SPACE: fields(nonce=ID, kind=Listed(SpaceKind), season=Number(0, 65_535), offices=Many(ID, 16), epoch=Optional(KEY)),
    Kind.INVITE: fields(key=KEY, role=Listed(Role), office=Optional(ID), expires=INT64),
    Kind.JOIN: fields(request=REQUEST),
    Kind.ADD: fields(device=DEVICE, member=ID, role=Listed(Role), office=Optional(ID), invite=Optional(KEY)),
    Kind.ROTATE: fields(space=ID, epoch=KEY, parents=Many(PARENT, 16)),
    Kind.WRAP: fields(space=ID, epoch=EPOCH, device=KEY, key=Octets(80)),
}


@dataclass(frozen=True)
class Operation:
    """A known operation: its kind and its fields by name, nested lists of fields likewise."""

    kind: Kind
    fields: dict[str, object]

    def __getitem__(self, name: str) -> object:
        return self.fields[name]


def read(content: bytes) -> Operation:
    """The operation of a section of kind 1; raises `Unknown`, or a refusal.

    The item's form goes first, of whatever kind it is, then what this reader knows, then bounds.
    """
    item = read_form(content)
    if not isinstance(item, list) or len(item) != 2 or not is_integer(item[0]) or not isinstance(item[1], list):
        raise Unknown("not a kind and its fields")
    if item[0] not in list(Kind):
        raise Unknown(f"kind {item[0]}")
    kind = Kind(item[0])
    wrong = SHAPES[kind].check(item[1], kind.name.lower())
    operation = Operation(kind, named(SHAPES[kind], item[1]))
    wrong += wrong_together(operation)
    if wrong:
        raise Bound("; ".join(wrong))
    return operation


def read_form(content: bytes) -> object:
    """The item, if its form is that of §5."""
    try:
        return cbor.read_item(content)
    except Refusal as refusal:
        raise Bound(refusal.detail) from None


def wrong_together(operation: Operation) -> list[str]:
    """Bounds of §5 that hold between fields."""
    if operation.kind == Kind.SPACE:
        kind = SpaceKind(operation["kind"])
        wrong = ["kind 0 is refused"] if kind == SpaceKind.TERRITORY_ROLL else []
        if (operation["epoch"] is None) != kind.is_roll:
            wrong.append("an epoch is absent if and only if the kind is a roll")
        return wrong
    if operation.kind in (Kind.INVITE, Kind.ADD):
        if (operation["office"] is None) != Role(operation["role"]).of_squad:
            return ["an office is absent if and only if the role is a squad's"]
    return []


def named(shape: object, value: object) -> object:
    """A checked value with names for its positions."""
    if isinstance(shape, Optional):
        return None if value is None else named(shape.item, value)
    if isinstance(shape, Fields):
        return {
            name: named(kind, value[index] if index < len(value) else None)
            for index, (name, kind) in enumerate(shape.fields)
        }
    if isinstance(shape, Many):
        return [named(shape.item, item) for item in value]
    return value


def positional(value: object) -> object:
    """The names taken off again, absent fields at the end left off (§5)."""
    if isinstance(value, dict):
        out = [positional(item) for item in value.values()]
        while out and out[-1] is None:
            out.pop()
        return out
    return [positional(item) for item in value] if isinstance(value, list) else value


def item_of(operation: Operation) -> list:
    """The CBOR item that a writer writes of an operation."""
    return [int(operation.kind), positional(operation.fields)]
