"""§14: what single fields hold."""

from __future__ import annotations

import datetime
import unicodedata
from typing import Callable

from .changes import STATEMENT_KEY
from .codes import CODE_LISTS
from .reader import WHITE_SPACE

NAME_MAX, NOTE_MAX, LABEL_MAX, WORDS_MAX = 200, 600, 80, 2_000
BEFORE_MAX, AUTHOR_BYTES = 8, 32
MEMBERS_MAX = 32
INVISIBLE = {0x61C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF}
LINES = {0x2028, 0x2029}

Value = str | int | bytes | bool
Check = Callable[[Value], bool]
Shape = tuple[dict[str, Check], dict[str, Check]]
# What holds between the fields of a kind: fields that it must have too, and what is wrong, if anything.
Together = Callable[[dict[str, Value]], tuple[dict[str, Check], str]]


def is_integer(low: int = -(2**63), high: int = 2**63 - 1) -> Check:
    """An int from `low` to `high`; a boolean is none."""
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def is_name(value: Value) -> bool:
    """*Name* of §14."""
    return is_line(value, NAME_MAX)


def is_note(value: Value) -> bool:
    """*Note* of §14."""
    return is_line(value, NOTE_MAX)


def is_label(value: Value) -> bool:
    """*Label* of §14."""
    return is_line(value, LABEL_MAX)


def is_line(value: Value, most: int) -> bool:
    """Text of one line."""
    return is_written(value, most, "") and not any(ord(c) in LINES for c in value)


def is_words(value: Value) -> bool:
    """*Words* of §14."""
    return is_written(value, WORDS_MAX, "\n")


def is_written(value: Value, most: int, controls: str) -> bool:
    """Text of at most so many bytes, not blank, without control characters but those, nothing invisible."""
    if not isinstance(value, str) or len(value.encode()) > most or not value.strip(WHITE_SPACE):
        return False
    return all(ord(c) not in INVISIBLE and (unicodedata.category(c) != "Cc" or c in controls) for c in value)


def is_id(value: Value) -> bool:
    """*Id*: sixteen bytes."""
    return isinstance(value, bytes) and len(value) == 16


def members_of(value: bytes) -> set[bytes]:
    """Sixteen bytes each; one named twice counts once."""
    return {value[i : i + 16] for i in range(0, len(value), 16)}


def is_members(value: Value) -> bool:
    """At most 32 different ones."""
    return isinstance(value, bytes) and not len(value) % 16 and len(members_of(value)) <= MEMBERS_MAX


def is_reference(value: Value) -> bool:
    """*Reference*: a statement's key, as text."""
    return isinstance(value, str) and STATEMENT_KEY.fullmatch(value.encode()) is not None


def causes_of(value: Value) -> list[tuple[bytes, bytes]]:
    """Authors and keys, rising strictly, at most eight; none if these bytes are none."""
    if not isinstance(value, bytes):
        return []
    named, rest = [], value
    while rest:
        author, rest = rest[:AUTHOR_BYTES], rest[AUTHOR_BYTES:]
        if len(author) < AUTHOR_BYTES or not rest:
            return []
        length, rest = rest[0], rest[1:]
        key, rest = rest[:length], rest[length:]
        if len(key) < length or STATEMENT_KEY.fullmatch(key) is None:
            return []
        named.append((author, key))
    rises = all(one < other for one, other in zip(named, named[1:]))
    return named if rises and len(named) <= BEFORE_MAX else []


def is_before(value: Value) -> bool:
    """What a statement replaces, or is about: one statement at least."""
    return bool(causes_of(value))


def is_event(value: Value) -> bool:
    """Two statements at least."""
    return len(causes_of(value)) > 1


def is_day(value: Value) -> bool:
    """`YYYY-MM-DD`."""
    try:
        return isinstance(value, str) and datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_code(name: str) -> Check:
    """A code of the list of that field."""
    return lambda value: isinstance(value, str) and value in CODE_LISTS[name]


def is_boolean(value: Value) -> bool:
    return isinstance(value, bool)


def coded(*names: str) -> dict[str, Check]:
    """Fields that hold a code of their list."""
    return {name: is_code(name) for name in names}


def is_hash(value: Value) -> bool:
    """Thirty-two bytes."""
    return isinstance(value, bytes) and len(value) == 32


def is_signature(value: Value) -> bool:
    """Sixty-four bytes."""
    return isinstance(value, bytes) and len(value) == 64


def is_true(value: Value) -> bool:
    """*True*: no is said by leaving the field out."""
    return value is True


# *Named*: a device's statement.
NAMED: dict[str, Check] = {"author": is_hash, "said": is_reference}
