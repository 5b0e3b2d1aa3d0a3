"""§5: operations. A table of fields by position, and a reader of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from . import cbor
from .ids import is_journal_of
from .reader import SEQUENCE_MAX
from .refusal import Refusal
from .shapes import Flag, Listed, Many, Number, Octets, Optional, Text, Unknown, UpTo, fields, is_integer, named, positional


class Kind(IntEnum):
    """Kinds of operations."""

    FOUND, SPACE, INVITE, JOIN, ADD, ROTATE, WRAP, ROLE, REMOVE, ADMIT, ERASE, CLOSE, HEADS, LACK, ERASED = range(15)


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


class Bound(Refusal):
    """A form that is not that of §5, or a bound of it that does not hold."""

    def __init__(self, detail: str) -> None:
        super().__init__("refused", detail)


KEY, ID, EPOCH = Octets(32), Octets(16), Octets(8)
INT64 = Number(-(2**63), 2**63 - 1)
DEVICE = fields(device=KEY, exchange=KEY)
REQUEST = fields(device=DEVICE, inviter=KEY, attempt=Number(0, 2**32 - 1), proof=Octets(64))
PARENT = fields(epoch=EPOCH, key=Octets(80))
SEQUENCE, HASH = Number(1, SEQUENCE_MAX), Octets(32)
PLACE = fields(space=ID, journal=ID, sequence=SEQUENCE, hash=HASH)
HEADS = Many(fields(journal=ID, sequence=SEQUENCE, hash=HASH), 40)
CUT = fields(heads=HEADS, parts=Many(ID, 32))
REPLACES = Many(ID, 32)
SECTION = fields(journal=ID, sequence=SEQUENCE, hash=HASH, index=UpTo(15, 255))
SHAPES = {
    Kind.FOUND: fields(successor=DEVICE, recovery=KEY),
    Kind.SPACE: fields(nonce=ID, kind=Listed(SpaceKind), season=Number(0, 65_535), offices=Many(ID, 16), epoch=Optional(KEY)),
    Kind.INVITE: fields(key=KEY, role=Listed(Role), office=Optional(ID), expires=INT64),
    Kind.JOIN: fields(request=REQUEST),
    Kind.ADD: fields(
        device=DEVICE, nonce=ID, role=Listed(Role), office=Optional(ID), invite=Optional(KEY), head=Optional(ID)
    ),
    Kind.ROTATE: fields(space=ID, epoch=KEY, parents=Many(PARENT, 16)),
    Kind.WRAP: fields(space=ID, epoch=EPOCH, device=KEY, key=Octets(80)),
    Kind.ROLE: fields(device=KEY, role=Listed(Role), cut=CUT, replaces=REPLACES),
    Kind.REMOVE: fields(device=KEY, cut=CUT, replaces=REPLACES),
    Kind.ADMIT: fields(device=KEY, place=PLACE, keys=Many(Text(32), 32), counts=Flag(), replaces=REPLACES),
    Kind.ERASE: fields(space=ID, document=Optional(ID), sections=Many(SECTION, 38), attachments=Many(KEY, 38)),
    Kind.CLOSE: fields(space=ID),
    Kind.HEADS: fields(device=KEY, heads=HEADS),
    Kind.LACK: fields(space=ID, epoch=EPOCH, operations=Many(ID, 32)),
    Kind.ERASED: fields(operations=Many(ID, 32)),
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
    if operation.kind == Kind.ADD and operation["head"] is not None and not Role(operation["role"]).of_squad:
        return ["a head brings nobody who is none of a squad"]
    if operation.kind == Kind.ROLE and not Role(operation["role"]).of_squad:
        return ["the role is none of a squad"]
    if operation.kind == Kind.ERASE and operation["document"] is None and operation["sections"]:
        return ["sections where the document is absent"]
    if operation.kind == Kind.ERASED and not operation["operations"]:
        return ["no operation"]
    if operation.kind in (Kind.ADMIT, Kind.HEADS):
        listed = [operation["place"]] if operation.kind == Kind.ADMIT else operation["heads"]
        if not all(is_journal_of(head["journal"], operation["device"]) for head in listed):
            return ["a journal that is not the device's"]
    return []


def item_of(operation: Operation) -> list:
    """The CBOR item that a writer writes of an operation."""
    return [int(operation.kind), positional(operation.fields)]
