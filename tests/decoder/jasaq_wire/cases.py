"""§14: persons detained and force used."""

from __future__ import annotations

from .places import HAPPENED, PLACE
from .values import (
    Check,
    Shape,
    Together,
    Value,
    coded,
    is_before,
    is_code,
    is_day,
    is_id,
    is_label,
    is_name,
    is_note,
    is_true,
)

SAID_AGAIN: dict[str, Check] = {**HAPPENED, "before": is_before, "because": is_name}
SHAPES: dict[str, Shape] = {
    "detained": (
        {"offence": is_note},
        {
            "patrol": is_id,
            "name": is_name,
            "born": is_day,
            "paper": is_label,
            **coded("object"),
            **PLACE,
            **SAID_AGAIN,
        },
    ),
    "detention_step": (
        coded("step"),
        {"by": is_id, "lang": is_label, **coded("channel"), "whom": is_label, "note": is_note, **SAID_AGAIN},
    ),
    "handed_over": (
        {**coded("receiver"), "body": is_name, "officer": is_name},
        {"site": is_name, "items": is_note, **coded("trigger"), **SAID_AGAIN},
    ),
    "released": ({"ordered": is_name, "reason": is_note}, SAID_AGAIN),
    "force_used": (
        {"means": is_name, "aim": is_name, "necessity": is_note},
        {"patrol": is_id, "by": is_id, "injuries": is_note, "witnesses": is_name, **SAID_AGAIN},
    ),
    "case_held": ({"case": is_id, "held": is_before}, {"over": is_true}),
}


def handed_over(values: dict[str, Value]) -> tuple[dict[str, Check], str]:
    """What a duty section asks is looked at only where it is told why."""
    if "trigger" not in values:
        return {}, ""
    wrong = "company" in values and not is_code("company")(values["company"])
    return {"citizenship": is_label}, "company is not as it must be" if wrong else ""


TOGETHER: dict[str, Together] = {"handed_over": handed_over}
