"""§14: plans of a patrol, who goes, answers and days."""

from __future__ import annotations

from .places import MOMENT, ZONE
from .values import (
    Check,
    Shape,
    Together,
    Value,
    coded,
    is_before,
    is_day,
    is_hash,
    is_id,
    is_members,
    is_name,
    is_note,
    is_reference,
    members_of,
)

WINDOW_MAX = 14 * 24 * 3_600_000
WINDOW: dict[str, Check] = {"from": MOMENT, "from_tz": ZONE, "until": MOMENT, "until_tz": ZONE}
BEFORE: dict[str, Check] = {"before": is_before}
SHAPES: dict[str, Shape] = {
    "patrol_planned": (
        {**WINDOW, **coded("mode", "area"), "sector": is_name, "rep": is_name},
        {"route": is_note, "task": is_note, **coded("transport"), **BEFORE},
    ),
    "patrol_assigned": ({"members": is_members, "leader": is_id}, BEFORE),
    "plan_answered": ({"author": is_hash, "plan": is_reference, **coded("answer")}, {"note": is_note}),
    "patrol_cancelled": ({"reason": is_note}, BEFORE),
    "availability": ({"from": is_day, "until": is_day, **coded("can")}, {}),
}


def planned(values: dict[str, Value]) -> tuple[dict[str, Check], str]:
    """It is back after it went out, within two weeks."""
    is_right = 0 < values["until"] - values["from"] <= WINDOW_MAX
    return {}, "" if is_right else "not back after it went out, or too late"


def assigned(values: dict[str, Value]) -> tuple[dict[str, Check], str]:
    """Whoever leads goes along."""
    return {}, "" if values["leader"] in members_of(values["members"]) else "the leader is none of the members"


def available(values: dict[str, Value]) -> tuple[dict[str, Check], str]:
    """The last day is not before the first."""
    return {}, "until is before from" if values["until"] < values["from"] else ""


TOGETHER: dict[str, Together] = {"patrol_planned": planned, "patrol_assigned": assigned, "availability": available}
