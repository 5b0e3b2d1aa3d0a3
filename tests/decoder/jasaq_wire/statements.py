"""§14: the shape of statements. What does not have it is set aside: kept, told, not shown."""

from __future__ import annotations

from . import cases, decisions, pages, planning, records, telling
from .codes import SUBS
from .columns import Scalar
from .places import FIXED, HAPPENED, MARKS, MEASURED, MOMENT, PAIR, POSITION, ZONE
from .points import CHUNK_MAX, unpack
from .refusal import Refusal
from .values import (
    NAMED,
    Check,
    Shape,
    Value,
    coded,
    is_boolean,
    is_code,
    is_day,
    is_hash,
    is_id,
    is_integer,
    is_members,
    is_name,
    is_note,
    is_reference,
    is_words,
)

STATEMENT_MAX, LONG_MAX = 2_600, 3_200
LONG = frozenset(
    "entry_amended observation urgent_notice detained handed_over force_used resolution".split()
)
PLACED = frozenset("entry entry_amended observation urgent_notice detained".split())
COUNTED_MAX = 100_000
TRACK_CHUNKS_MAX = 10_240
TURN_MAX = 2**32 - 1


class SetAside(Refusal):
    """A statement that is kept and carried, and not shown."""

    def __init__(self, detail: str) -> None:
        super().__init__("set aside", detail)


def is_points(value: Value) -> bool:
    """A packed chunk."""
    try:
        return isinstance(value, bytes) and len(value) <= CHUNK_MAX and unpack(value) is not None
    except Refusal:
        return False


EVERY: Shape = (
    {"at": MOMENT, "tz": ZONE},
    {"v": is_integer(0), "gps": is_integer(), "boot": is_integer()},
)
CHUNK = {"n": is_integer(0, TRACK_CHUNKS_MAX - 1), "of": is_integer(1, TRACK_CHUNKS_MAX), "points": is_points}
SEALED: dict[str, Check] = {"root": is_hash, "size": is_integer(0), "key": is_hash}
THUMBNAIL: dict[str, Check] = {"size1": is_integer(0), "key1": is_hash}
ENTRY: Shape = (
    {**coded("act"), "text": is_words},
    {
        **coded("source"),
        **PAIR,
        **MARKS,
        **HAPPENED,
        "count": is_integer(0, COUNTED_MAX),
        "by": is_id,
        "case": is_id,
    },
)
SHAPES: dict[str, Shape] = {
    "patrol_started": (
        coded("mode"),
        {**coded("area"), "rep": is_name, "leader": is_id, "task": is_words, "plan": is_reference, **HAPPENED},
    ),
    "leg_started": ({"leg": is_id, **coded("transport"), "members": is_members}, HAPPENED),
    "leg_ended": ({"leg": is_id}, HAPPENED),
    "patrol_ended": ({}, HAPPENED),
    "entry": ENTRY,
    "entry_amended": (
        {**ENTRY[0], **NAMED, "why": is_code("why of entry_amended")},
        {**ENTRY[1], "note": is_note},
    ),
    "track": ({"rec": is_id, **CHUNK}, {"leg": is_id, "name": is_name, **coded("source")}),
    "waypoint": ({"rec": is_id}, {"name": is_name, "text": is_words, **POSITION, "time": MOMENT, **coded("source")}),
    "squad_card": (
        {"member": is_id, "name": is_name, "eligible": is_boolean, "day": is_day},
        {"cert": is_name, "ended": is_day, **coded("former"), "turn": is_integer(1, TURN_MAX)},
    ),
    "squad": ({"squad": is_id, "name": is_name, "district": is_name}, {}),
    "name_on": ({"squad": is_id, "person": is_id, "name": is_name}, {}),
    "name_off": ({"squad": is_id, "person": is_id, "ends": is_reference}, {}),
    "attachment": (
        {**coded("type"), **SEALED},
        {"entry": is_reference, "root1": is_hash, "text": is_words, "meta": is_boolean},
    ),
    "attachment_held": ({"root": is_hash}, {}),
    **planning.SHAPES,
    **telling.SHAPES,
    **cases.SHAPES,
    **decisions.SHAPES,
    **pages.SHAPES,
    **records.SHAPES,
}
TOGETHER = {
    **planning.TOGETHER,
    **telling.TOGETHER,
    **cases.TOGETHER,
    **decisions.TOGETHER,
    **pages.TOGETHER,
    **records.TOGETHER,
}


def read(scalars: dict[str, Scalar]) -> dict[str, Value]:
    """The values of a statement that has a shape known here; otherwise it is set aside."""
    values = {key: scalar.value() for key, scalar in scalars.items()}
    unreadable = [key for key, value in values.items() if value is None]
    if unreadable:
        raise SetAside(f"{unreadable[0]} is another scalar")
    kind = values.get("kind")
    if is_integer(1_000)(values.get("v", 0)):
        raise SetAside("a higher major shape")
    if not isinstance(kind, str) or kind not in SHAPES:
        raise SetAside("a kind that is not known")
    if size(values) > (most := LONG_MAX if kind in LONG else STATEMENT_MAX):
        raise SetAside(f"more than {most:,} bytes")
    check_fields(values, {**EVERY[0], **SHAPES[kind][0]}, {**EVERY[1], **SHAPES[kind][1]})
    check_together(values)
    return values


def size(values: dict[str, Value]) -> int:
    """Keys and values together; an int counts 8, a boolean 1."""
    total = sum(len(key.encode()) for key in values)
    for value in values.values():
        if isinstance(value, (str, bytes)):
            total += len(value.encode() if isinstance(value, str) else value)
        else:
            total += 1 if isinstance(value, bool) else 8
    return total


def check_fields(values: dict[str, Value], needed: dict[str, Check], optional: dict[str, Check]) -> None:
    """Every field that is needed is there, and every one known here is right. Others are passed over."""
    missing = [name for name in needed if name not in values]
    if missing:
        raise SetAside(f"{missing[0]} is missing")
    for name, check in {**needed, **optional}.items():
        if name in values and not check(values[name]):
            raise SetAside(f"{name} is not as it must be")


def check_together(values: dict[str, Value]) -> None:
    """What holds between fields."""
    kind, at = values["kind"], values["at"]
    if values.get("boot", at) > at:
        raise SetAside("boot is above at")
    if not MOMENT(at + values.get("gps", 0)):
        raise SetAside("at and gps together are outside the years")
    if kind == "track" and not values["n"] < values["of"]:
        raise SetAside("n is not below of")
    if kind in PLACED or kind == "waypoint":
        check_pair(values, "lat", "lon")
    if kind == "squad_card" and values["eligible"] and values.get("ended", "~") <= values["day"]:
        raise SetAside("eligible, though his part has ended")
    if kind == "squad_card" and "former" in values and (values["eligible"] or "cert" in values):
        raise SetAside("former, and eligible or with a certificate")
    if kind in TOGETHER:
        further, wrong = TOGETHER[kind](values)
        check_fields(values, further, {})
        if wrong:
            raise SetAside(wrong)
    if kind == "attachment" and "root1" in values:
        check_fields(values, THUMBNAIL, {})
    if kind in ("entry", "entry_amended"):
        check_activity(values)
    if kind in PLACED:
        check_position(values)
    if "when" in values and "when" in SHAPES[kind][1]:
        check_fields(values, {}, {"when_tz": ZONE})


def check_pair(values: dict[str, Value], one: str, other: str) -> None:
    """Both or neither; never exactly 0, 0."""
    if (one in values) != (other in values):
        raise SetAside(f"{one} and {other}: both or neither")
    if one in values and values[one] == values[other] == 0:
        raise SetAside("exactly 0, 0")


def check_position(values: dict[str, Value]) -> None:
    """The fields beside coordinates; without these they are passed over."""
    if "lat" not in values:
        return
    check_fields(values, {}, {**FIXED, **MEASURED})
    check_pair(values, *MEASURED)


def check_activity(values: dict[str, Value]) -> None:
    """An entry's fields by its activity."""
    act = values["act"]
    if act in SUBS:
        if values.get("sub") not in SUBS[act] or not is_code("mode")(values.get("mode", b"")):
            raise SetAside("sub or mode is missing or not known")
    for name, of in (("object", "prevention"), ("receiver", "detain_deliver")):
        if act == of and name in values and not is_code(name)(values[name]):
            raise SetAside(f"{name} is not known")
