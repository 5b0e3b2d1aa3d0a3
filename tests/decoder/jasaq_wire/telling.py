"""§14: marks, and what is told to the subdivision."""

from __future__ import annotations

from .places import HAPPENED, MOMENT, PLACE, ZONE
from .values import NAMED, Check, Shape, Together, Value, coded, is_code, is_id, is_label, is_note, is_words

TOLD: dict[str, Check] = {"told": MOMENT, "told_tz": ZONE}
SHAPES: dict[str, Shape] = {
    "mark": (
        {"what": is_code("what of mark")},
        {"until": MOMENT, "until_tz": ZONE, "cause": is_code("cause of mark"), "note": is_note, **HAPPENED},
    ),
    "observation": ({**coded("object"), "text": is_words}, {**PLACE, **HAPPENED}),
    "urgent_notice": ({"text": is_words}, {**coded("object"), **PLACE, "patrol": is_id, **TOLD, **HAPPENED}),
    "notice_told": ({**NAMED, **TOLD, **coded("channel")}, {"whom": is_label}),
    "notice_logged": ({**NAMED}, {**TOLD, **HAPPENED}),
    "notice_answered": ({**NAMED, **coded("reply")}, {"note": is_note}),
}


def mark(values: dict[str, Value]) -> tuple[dict[str, Check], str]:
    """A moment and its offset."""
    return {}, "until and until_tz: both or neither" if ("until" in values) != ("until_tz" in values) else ""


def urgent_notice(values: dict[str, Value]) -> tuple[dict[str, Check], str]:
    """A moment and its offset; how it was told is looked at only if it was."""
    if ("told" in values) != ("told_tz" in values):
        return {}, "told and told_tz: both or neither"
    if "told" not in values:
        return {}, ""
    return coded("channel"), "" if is_label(values.get("whom", "-")) else "whom is not as it must be"


def notice_logged(values: dict[str, Value]) -> tuple[dict[str, Check], str]:
    """A moment and its offset, and how it was told."""
    if ("told" in values) != ("told_tz" in values):
        return {}, "told and told_tz: both or neither"
    return (coded("channel"), "") if "told" in values else ({}, "")


TOGETHER: dict[str, Together] = {"mark": mark, "urgent_notice": urgent_notice, "notice_logged": notice_logged}
