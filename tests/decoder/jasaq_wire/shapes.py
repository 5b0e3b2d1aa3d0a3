"""§5: the types of fields by position, and names for their positions. Unknown is found first, then bounds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from .refusal import Newer


class Unknown(Newer):
    """An operation of a newer program: carried, kept, not counted."""

    def __init__(self, detail: str) -> None:
        super().__init__("unknown", detail)


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
class UpTo:
    """An unsigned integer; one above `high` breaks a bound, and one above `known` is unknown."""

    high: int
    known: int

    def check(self, value: object, name: str) -> list[str]:
        Number(0, self.known).check(value, name)
        return [f"{name} is above {self.high}"] if value > self.high else []


@dataclass(frozen=True)
class Text:
    """A text; one without bytes, or of more than `most`, breaks a bound."""

    most: int

    def check(self, value: object, name: str) -> list[str]:
        if not isinstance(value, str):
            raise Unknown(f"{name} is no text")
        return [] if 1 <= len(value.encode()) <= self.most else [f"{name} is empty or longer than {self.most} bytes"]


@dataclass(frozen=True)
class Flag:
    """`true` or `false`."""

    def check(self, value: object, name: str) -> list[str]:
        if not isinstance(value, bool):
            raise Unknown(f"{name} is no boolean")
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
