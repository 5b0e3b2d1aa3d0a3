"""§14: pieces of pages, their seals, and what a head reports."""

from __future__ import annotations

from .values import (
    Check,
    Shape,
    Together,
    Value,
    is_day,
    is_hash,
    is_integer,
    is_name,
    is_note,
    is_signature,
    is_words,
)

PARTS_MAX, PART_MAX = 4_096, 2_048


def is_piece(value: Value) -> bool:
    """Some bytes, and not too many."""
    return isinstance(value, bytes) and 1 <= len(value) <= PART_MAX


PAGE: dict[str, Check] = {"page": is_hash}
PART: Shape = (
    {**PAGE, "n": is_integer(0, PARTS_MAX - 1), "of": is_integer(1, PARTS_MAX), "bytes": is_piece},
    {},
)
NUMBER: dict[str, Check] = {"year": is_integer(2_013, 9_999), "number": is_integer(1, 2**32 - 1)}
TURN: dict[str, Check] = {"turn": is_integer(1, 65_535)}
SHAPES: dict[str, Shape] = {
    "page_part": PART,
    "page_openings": PART,
    "page_sealed": ({**PAGE, "sig": is_signature}, {"prev": is_hash}),
    "page_countersigned": ({**PAGE, **NUMBER, "sig": is_signature}, {"amend": is_integer(1, 65_535), **TURN, "anyway": is_note}),
    "page_entered": ({**PAGE, "section": is_name, "day": is_day}, dict(TURN)),
    "page_reopened": ({**PAGE, "reason": is_note}, {}),
    "head_report": ({"from": is_day, "until": is_day, "text": is_words}, {}),
}


def part(values: dict[str, Value]) -> tuple[dict[str, Check], str]:
    """Pieces count from 0."""
    return {}, "" if values["n"] < values["of"] else "n is not below of"


def head_report(values: dict[str, Value]) -> tuple[dict[str, Check], str]:
    """The last day is not before the first."""
    return {}, "until is before from" if values["until"] < values["from"] else ""


TOGETHER: dict[str, Together] = {"page_part": part, "page_openings": part, "head_report": head_report}
