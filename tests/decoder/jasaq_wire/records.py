"""§14: the records of the register."""

from __future__ import annotations

import re

from .values import (
    Check,
    Shape,
    Together,
    Value,
    coded,
    is_code,
    is_day,
    is_hash,
    is_id,
    is_integer,
    is_name,
    is_reference,
    is_true,
    is_words,
)

LINES_MAX, PRINT_MAX, SEEN_MAX, NUMBER_MAX = 2**32 - 1, 65_535, 64, 40
DOUBLES = dict(zip("АВЕІКМНОРСТҮХ", "ABEIKMHOPCTYX", strict=True))
CYRILLIC = {chr(code) for code in range(0x410, 0x430)} | set("ЁІҒҚҢҮҰҺӘӨ")
CYRILLIC_ALONE = CYRILLIC - set(DOUBLES)
DIGITS = set("0123456789")
NUMBER_LETTERS = DIGITS | set("ABCDEFGHIJKLMNOPQRSTUVWXYZ-/.") | CYRILLIC
IIN = re.compile("[0-9]{12}")


def is_iin(value: Value) -> bool:
    """Twelve digits, the last of which checks the others."""
    if not isinstance(value, str) or IIN.fullmatch(value) is None:
        return False
    *digits, last = (int(digit) for digit in value)
    for weights in ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)):
        rest = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        if rest < 10:
            return last == rest
    return False


def is_certificate_number(value: Value) -> bool:
    """In the one alphabet that is due, with a digit."""
    if not isinstance(value, str) or not 1 <= len(value.encode()) <= NUMBER_MAX:
        return False
    letters = set(value)
    foreign = set(DOUBLES.values()) if letters & CYRILLIC_ALONE else set(DOUBLES)
    return letters <= NUMBER_LETTERS and bool(letters & DIGITS) and not letters & foreign


def is_seen(value: Value) -> bool:
    """Keys of journals that rise, a blank between two of them."""
    if not isinstance(value, str):
        return False
    keys = value.split(" ") if value else []
    if len(keys) > SEEN_MAX or not all(is_reference(key) for key in keys):
        return False
    journals = [key.rpartition(".")[0] if "." in key else key for key in keys]
    return all(one < next_one for one, next_one in zip(journals, journals[1:]))


ABOUT: dict[str, Check] = {"person": is_id, "day": is_day}
SIGNER: dict[str, Check] = {"position": is_name, "rank": is_name, "signer": is_name}
PAPERS: Shape = (
    {"person": is_id, "name": is_name},
    {"iin": is_iin, "born": is_day, **coded("doc"), "doc_no": is_name, "home": is_words, "before": is_id},
)
LINE = is_integer(1, LINES_MAX)
NUMBER: dict[str, Check] = {"number": is_certificate_number}
CAUSE = is_code("cause of certificate_reprinted")
SHAPES: dict[str, Shape] = {
    "decision": ({"what": is_code("what of decision"), "number": is_name, "day": is_day}, {}),
    "head_ended": ({"squad": is_id, **ABOUT}, {}),
    "review": ({"seen": is_seen}, {}),
    "remark": ({"squad": is_id, "text": is_words}, {}),
    "list": ({"list": is_id, "squad": is_id, "day": is_day, "lines": is_integer(0, LINES_MAX)}, {"number": is_name}),
    "list_line": ({"list": is_id, "n": LINE, **PAPERS[0]}, PAPERS[1]),
    "list_received": ({"list": is_id, "day": is_day}, {}),
    "list_withdrawn": ({"list": is_id, "text": is_words}, {}),
    "exclusion_notice": ({"squad": is_id, **ABOUT}, {}),
    "application": ({**PAPERS[0], "day": is_day}, {**PAPERS[1], "insured": is_true}),
    "application_decided": ({**ABOUT, **coded("outcome")}, {}),
    "check": ({**ABOUT, "what": is_code("what of check"), **coded("finding")}, {}),
    "offence": (ABOUT, {}),
    "registration": ({**ABOUT, "name": is_name, **coded("form"), "section": is_name}, {}),
    "certificate": ({**ABOUT, **coded("form"), **NUMBER, "name": is_name, "ts": is_name, **SIGNER}, {}),
    "certificate_lost": ({**ABOUT, **NUMBER, "print": is_integer(1, PRINT_MAX)}, {}),
    "certificate_reprinted": (
        {**ABOUT, **NUMBER, "print": is_integer(2, PRINT_MAX), "cause": CAUSE, "name": is_name, **SIGNER},
        {},
    ),
    "number_given": (NUMBER, {}),
    "training": ({**ABOUT, "session": is_id, "unit": is_name, "text": is_words}, {}),
    "circumstance": (ABOUT, {**coded("ground"), "author": is_hash, "follows": is_reference}),
    "strike_off": ({**ABOUT, **coded("ground")}, {"death": is_true}),
    "notice": ({**ABOUT, **coded("about"), "way": is_name}, {}),
    "supervision": ({"squad": is_id, "roll": is_id}, {}),
    "member_is": ({"member": is_id, "person": is_id}, {}),
    "wish_to_leave": ({}, {}),
    "withdrawn": ({"author": is_hash, "ends": is_reference, "text": is_words}, {}),
    "read": ({"person": is_id, "text": is_words}, {}),
}


def decision(values: dict[str, Value]) -> tuple[dict[str, Check], str]:
    """The fields of what was decided."""
    if values["what"] == "create_squad":
        return {"squad": is_id, "name": is_name, "district": is_name}, ""
    return {"squad": is_id, "person": is_id}, ""


def papers(values: dict[str, Value]) -> tuple[dict[str, Check], str]:
    """A document and its number: both or neither; an engagement is not before itself."""
    if ("doc" in values) != ("doc_no" in values):
        return {}, "doc and doc_no: both or neither"
    return {}, "an engagement before itself" if values.get("before") == values["person"] else ""


def registration(values: dict[str, Value]) -> tuple[dict[str, Check], str]:
    """A squad's member has a squad, and nobody else."""
    if values["form"] == "squad_member":
        return {"squad": is_id}, ""
    return {}, "a squad of no squad's member" if "squad" in values else ""


def strike_off(values: dict[str, Value]) -> tuple[dict[str, Check], str]:
    """Death is on one ground alone."""
    is_wrong = "death" in values and values["ground"] != "health_or_death"
    return {}, "died on another ground" if is_wrong else ""


def circumstance(values: dict[str, Value]) -> tuple[dict[str, Check], str]:
    """A statement is named by its device and its key."""
    return {}, "author and follows: both or neither" if ("author" in values) != ("follows" in values) else ""


TOGETHER: dict[str, Together] = {
    "decision": decision,
    "list_line": papers,
    "application": papers,
    "registration": registration,
    "circumstance": circumstance,
    "strike_off": strike_off,
}
