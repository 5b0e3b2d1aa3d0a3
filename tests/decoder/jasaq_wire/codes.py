"""§14: the codes of a statement's fields, and who may state what where."""

from __future__ import annotations

from .operations import Role, SpaceKind

CODES = {
    "mode": "independent joint both",
    "area": "state_border border_zone internal_waters territorial_waters crossing_point other_crossing_place "
    "fishing_zone continental_shelf airspace",
    "transport": "on_foot horse vehicle boat ski other",
    "answer": "comes does_not_come",
    "can": "yes no",
    "why of entry_amended": "slip left_out known_better other",
    "what of mark": "joined certificate_shown pause track_gap",
    "cause of mark": "app_closed no_fix battery switched_off other",
    "channel": "radio telephone in_person program",
    "reply": "received confirms_voice not_heard",
    "step": "grounds_explained unit_told in_delivery measures_told",
    "trigger": "offence_by_foreigner offence_against_foreigner circumstance without_papers detention sudden_death",
    "company": "alone group",
    "is": "one separate",
    "field": "activity time place marker landmark count text start end mode representative area leader task",
    "choice": "said another undecided left_out",
    "why of phone_excused": "lost broken left_earlier other",
    "was": "attended absent",
    "act": "border_service inspection prevention force detain_deliver",
    "object": "state_border state_border_regime crossing_point_regime border_regime waters_regime "
    "fishing_zone_regime continental_shelf_regime",
    "receiver": "border_unit law_enforcement_body other_authorised_body",
    "source": "paper radio file",
    "fix": "mock by_hand",
    "what of decision": "create_squad appoint_head",
    "what of check": "criminal_record narcological_register psychoneurological_register",
    "finding": "nothing circumstance",
    "outcome": "approved refused",
    "form": "non_staff_employee squad_member",
    "cause of certificate_reprinted": "lost damaged changed",
    "former": "handed_on in_error",
    "ground": "criminal_liability repeat_admin_offences moved_out health_or_death own_wish",
    "about": "registration refusal strike_off",
    "doc": "identity_card passport",
    "type": "image/jpeg image/png image/webp image/heic video/mp4 audio/mp4 audio/ogg application/pdf "
    "application/octet-stream",
}
CODE_LISTS: dict[str, frozenset[str]] = {name: frozenset(codes.split()) for name, codes in CODES.items()}
SUBS: dict[str, frozenset[str]] = {
    "border_service": frozenset("cover_crossing_place service round search tracking detention".split()),
    "inspection": frozenset("route hiding_place vehicle place talk_with_residents document_check".split()),
}

SQUADS = (Role.HEAD, Role.VOL, Role.NSE)
# Each row of the table: where, what, by whom.
MAKERS: tuple[tuple[SpaceKind, str, tuple[Role, ...]], ...] = (
    (
        SpaceKind.PATROLS,
        "patrol_started leg_started leg_ended patrol_ended entry track waypoint attachment attachment_held",
        (*SQUADS, Role.SS),
    ),
    (SpaceKind.PATROLS, "patrol_planned patrol_cancelled case_held", (Role.HEAD, Role.SS)),
    (SpaceKind.PATROLS, "patrol_assigned", (Role.HEAD,)),
    (SpaceKind.PATROLS, "plan_answered availability", SQUADS),
    (SpaceKind.PATROLS, "entry_amended mark withdrawn", (*SQUADS, Role.SS)),
    (
        SpaceKind.PATROLS,
        "same_event resolution phone_excused attendance patrol_attached page_part page_sealed head_report",
        (Role.HEAD,),
    ),
    (SpaceKind.PATROLS, "page_countersigned page_entered page_reopened notice_answered", (Role.SS,)),
    (SpaceKind.PATROLS, "notice_logged", SQUADS),
    (SpaceKind.PATROLS, "squad_card", (Role.SS,)),
    (SpaceKind.COUNCIL, "squad decision review remark", (Role.CC,)),
    (SpaceKind.COUNCIL, "name_on name_off", (Role.LEB,)),
    (SpaceKind.COUNCIL, "head_ended supervision", (Role.SS,)),
    (SpaceKind.COUNCIL, "withdrawn", (Role.CC, Role.LEB, Role.SS)),
    (SpaceKind.SUBMISSION, "list list_line list_withdrawn attachment", (Role.LEB,)),
    (SpaceKind.SUBMISSION, "list_received exclusion_notice", (Role.TS,)),
    (SpaceKind.SUBMISSION, "attachment_held withdrawn", (Role.LEB, Role.TS)),
    (
        SpaceKind.REGISTER,
        "application application_decided check offence circumstance notice attachment attachment_held number_given read"
        " withdrawn",
        (Role.TS,),
    ),
    (SpaceKind.SUBDIVISION, "registration certificate certificate_lost certificate_reprinted", (Role.TS,)),
    (SpaceKind.SUBDIVISION, "strike_off member_is", (Role.SS,)),
    (SpaceKind.SUBDIVISION, "training circumstance notice read withdrawn", (Role.SS, Role.TS)),
    (SpaceKind.PROTECTED, "detained detention_step handed_over released force_used", (*SQUADS, Role.SS)),
    (SpaceKind.PROTECTED, "page_openings", (Role.HEAD,)),
    (SpaceKind.TO_SUBDIVISION, "observation urgent_notice notice_told", SQUADS),
    (SpaceKind.TO_SUBDIVISION, "wish_to_leave withdrawn", SQUADS),
)


def makers(kind: str) -> list[list[int]]:
    """§14: where a kind may be made, and by whom there: pairs of numbers, rising."""
    return sorted([int(space), int(role)] for space, kinds, roles in MAKERS if kind in kinds.split() for role in roles)
