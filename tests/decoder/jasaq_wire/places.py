"""§14: moments, positions and places, as several kinds have them."""

from __future__ import annotations

from .points import INT32_MAX, INT32_MIN, LATITUDE_MAX, LONGITUDE_MAX, TIME_MAX, TIME_MIN
from .values import Check, coded, is_integer, is_label

MOMENT = is_integer(TIME_MIN, TIME_MAX)
ZONE = is_integer(-1_080, 1_080)
POSITION: dict[str, Check] = {
    "lat": is_integer(-LATITUDE_MAX, LATITUDE_MAX),
    "lon": is_integer(-LONGITUDE_MAX, LONGITUDE_MAX),
    "alt": is_integer(INT32_MIN, INT32_MAX),
}
PAIR = {name: POSITION[name] for name in ("lat", "lon")}
FIXED = {"acc": is_integer(0, 2**32 - 1), "alt": POSITION["alt"], **coded("fix")}
MEASURED = {"lat0": POSITION["lat"], "lon0": POSITION["lon"]}
MARKS: dict[str, Check] = {"marker": is_label, "landmark": is_label}
# What stands beside coordinates is looked at only where they are.
PLACE = {**PAIR, **MARKS}
# Its offset is looked at only beside it.
HAPPENED = {"when": MOMENT}
