"""§14: the codes of a statement's fields, and who may state what where."""

from __future__ import annotations

from .operations import Role, SpaceKind

CODES = {
    "mode": "independent joint both",
    "area": "state_border border_zone internal_waters territorial_waters crossing_point other_crossing_place "
    "fishing_zone continental_shelf airspace",
    "transport": "on_foot horse vehicle boat ski other",
    "act": "border_service inspection prevention force detain_deliver",
    "object": "state_border state_border_regime crossing_point_regime border_regime waters_regime "
    "fishing_zone_regime continental_shelf_regime",
    "receiver": "border_unit law_enforcement_body other_authorised_body",
    "source": "paper radio file",
    "fix": "mock by_hand",
    "type": "image/jpeg image/png image/webp image/heic video/mp4 audio/mp4 audio/ogg application/pdf "
    "application/octet-stream",
}
CODE_LISTS: dict[str, frozenset[str]] = {name: frozenset(codes.split()) for name, codes in CODES.items()}
SUBS: dict[str, frozenset[str]] = {
    "border_service": frozenset("cover_crossing_place service round search tracking detention".split()),
    "inspection": frozenset("route hiding_place vehicle place talk_with_residents document_check".split()),
}

PATROL_KINDS = ("patrol_started", "leg_started", "leg_ended", "patrol_ended", "entry", "track", "waypoint")
ATTACHED_KINDS = ("attachment", "attachment_held")
MAKERS: dict[str, tuple[SpaceKind, frozenset[Role]]] = {
    **{kind: (SpaceKind.PATROLS, frozenset({Role.VOL, Role.NSE, Role.HEAD, Role.SS})) for kind in PATROL_KINDS + ATTACHED_KINDS},
    "squad_card": (SpaceKind.PATROLS, frozenset({Role.SS})),
    "squad": (SpaceKind.COUNCIL, frozenset({Role.CC})),
    "name_on": (SpaceKind.COUNCIL, frozenset({Role.LEB})),
    "name_off": (SpaceKind.COUNCIL, frozenset({Role.LEB})),
}


def may_make(kind: str, role: Role, space: SpaceKind) -> bool:
    """§14: whether a role may make a kind in a space that it may write."""
    where, who = MAKERS[kind]
    return where == space and role in who
