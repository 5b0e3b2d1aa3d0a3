"""What stands at each key of a page (page-format.md §3, *Kinds*); keys that are not known are passed over."""

from __future__ import annotations

import re
from typing import Callable

HEX = re.compile("[0-9a-f]*")
Kind = Callable[[object], bool]


def is_hex(value: object, digits: int) -> bool:
    """§1: lower-case digits, as many as there have to be."""
    return isinstance(value, str) and len(value) == digits and HEX.fullmatch(value) is not None


def text(value: object) -> bool:
    return isinstance(value, str)


def boolean(value: object) -> bool:
    return isinstance(value, bool)


def number(value: object) -> bool:
    return isinstance(value, int) and not boolean(value) and 0 <= value < 2**32


def signed(value: object) -> bool:
    """Within the bounds of §2, which the writing keeps."""
    return isinstance(value, int) and not boolean(value)


def commitment(value: object) -> bool:
    """§4."""
    return isinstance(value, dict) and value.keys() == {"commitment"} and is_hex(value["commitment"], 64)


def digits(count: int) -> Kind:
    """So many digits in hexadecimal."""
    return lambda value: is_hex(value, count)


def maybe(kind: Kind) -> Kind:
    """It, or null; what may be null may be missing."""
    return lambda value: value is None or kind(value)


def list_of(kind: Kind) -> Kind:
    """A list, also one of nothing."""
    return lambda value: isinstance(value, list) and all(map(kind, value))


def row(*kinds: Kind) -> Kind:
    """A list of just these."""
    return lambda value: (
        isinstance(value, list) and len(value) == len(kinds) and all(k(one) for k, one in zip(kinds, value))
    )


def object_of(names: str = "", **kinds: Kind) -> Kind:
    """`names` are texts, with `?` behind the name or null."""
    for name in names.split():
        kinds[name.rstrip("?")] = maybe(text) if name.endswith("?") else text
    return lambda value: isinstance(value, dict) and all(kind(value.get(name)) for name, kind in kinds.items())


PAIR = row(text, text)
DECIDED = object_of("choice by", reason=maybe(commitment))
OTHER = object_of("value", by=list_of(PAIR))
FIELD = object_of("field class value?", said=number, of=number, decided=maybe(DECIDED), others=list_of(OTHER))
PLAN = object_of("from until sector area mode route? task?")
MEMBER = object_of(
    "member attended card_of?",
    name=maybe(commitment),
    certificate=maybe(commitment),
    eligible=maybe(boolean),
    minutes=maybe(number),
)
PHONE = object_of("device member?", statements=number, missing=number, excused=maybe(text), note=maybe(commitment))
LEG = object_of("leg transport? from? until?", members=list_of(text), late=boolean)
TRACK = object_of("recording device from? until?", points=number, metres=number, missing=number, late=boolean)
AMENDMENT = object_of("at why", note=maybe(commitment), by=PAIR)
EARLIER = object_of("at", by=PAIR, said=list_of(PAIR), amended=list_of(AMENDMENT))
WITHDRAWAL = object_of("at", reason=commitment, by=PAIR)
WITHDRAWN = object_of(
    "what at why?",
    note=maybe(commitment),
    by=PAIR,
    said=list_of(PAIR),
    late=boolean,
    withdrawal=maybe(WITHDRAWAL),
)
EVENT = object_of(
    "at evidence case?",
    number=number,
    amended=number,
    late=boolean,
    fields=list_of(FIELD),
    earlier=list_of(EARLIER),
    told_by=list_of(PAIR),
    sources=list_of(row(text, text, text)),
    positions=list_of(row(text, text, text, text)),
    tellers=list_of(row(text, text, text)),
)
MARK = object_of("what at until? cause?", note=maybe(commitment), by=PAIR, late=boolean)
NOTICE = object_of("learned told? answered?", by=PAIR, confirmed=boolean, minutes=maybe(signed))
CASE = object_of(
    "case stage receiver?", gaps=list_of(text), steps=list_of(PAIR), fields=list_of(row(text, commitment))
)
SAID = object_of("device", keys=list_of(text))
is_page = object_of(
    "sealed_at sealed_by_member",
    reason=maybe(commitment),
    territory=digits(64),
    squad=digits(32),
    patrol=digits(32),
    sealed_by=digits(64),
    before=maybe(digits(64)),
    parts=list_of(text),
    plan=maybe(PLAN),
    header=list_of(FIELD),
    members=list_of(MEMBER),
    phones=list_of(PHONE),
    legs=list_of(LEG),
    tracks=list_of(TRACK),
    events=list_of(EVENT),
    withdrawn=list_of(WITHDRAWN),
    marks=list_of(MARK),
    notices=list_of(NOTICE),
    cases=list_of(CASE),
    flags=list_of(PAIR),
    statements=list_of(SAID),
)
"""Whether an object has what §3 says."""
