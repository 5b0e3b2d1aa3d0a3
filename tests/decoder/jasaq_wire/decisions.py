"""§14: what a head decides."""

from __future__ import annotations

from .values import (
    NAMED,
    Check,
    Shape,
    Together,
    Value,
    coded,
    is_before,
    is_code,
    is_event,
    is_hash,
    is_id,
    is_note,
)

BEFORE: dict[str, Check] = {"before": is_before}
SHAPES: dict[str, Shape] = {
    "same_event": ({"entries": is_event, **coded("is")}, {"reason": is_note, **BEFORE}),
    "resolution": (coded("field", "choice"), {"entries": is_before, "reason": is_note, **BEFORE}),
    "phone_excused": ({"device": is_hash, "why": is_code("why of phone_excused")}, {"note": is_note}),
    "attendance": ({"member": is_id, **coded("was")}, {"note": is_note, **BEFORE}),
    "patrol_attached": ({"to": is_id}, {}),
}


def resolution(values: dict[str, Value]) -> tuple[dict[str, Check], str]:
    """The fields of a choice."""
    further: dict[str, dict[str, Check]] = {
        "said": NAMED,
        "another": {"value": is_note, "reason": is_note},
        "undecided": {"reason": is_note},
        "left_out": {},
    }
    return further[values["choice"]], ""


TOGETHER: dict[str, Together] = {"resolution": resolution}
