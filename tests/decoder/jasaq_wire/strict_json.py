"""JSON as pages and books want it (page-format.md §2, §6): of one meaning; and the one way to write a page."""

from __future__ import annotations

import json
import math
from typing import Callable

from .refusal import Refusal

DEPTH_MAX = 127
WHOLE_MAX = 2**53
OTHER_NUMBER = object()
"""Stands for a number that is not whole or too large: nothing here wants one, and nobody computes with it."""
ESCAPED = {ord(sign): short for sign, short in zip('"\\\b\t\n\f\r', ('\\"', "\\\\", "\\b", "\\t", "\\n", "\\f", "\\r"))}
ESCAPED = {code: f"\\u{code:04x}" for code in range(0x20)} | ESCAPED


def other(digits: str) -> object:
    """A number that nobody computes with; one that a double does not hold has no meaning everywhere."""
    if math.isinf(float(digits)):
        raise ValueError("a number that is too large")
    return OTHER_NUMBER


def whole(digits: str) -> object:
    """A whole number in the bounds of §2, without computing a long one."""
    if len(digits) <= 17 and abs(value := int(digits)) <= WHOLE_MAX:
        return value
    return other(digits)


def object_of(pairs: list[tuple[str, object]]) -> dict:
    """An object; a key that stands there twice has two meanings."""
    out = dict(pairs)
    if len(out) != len(pairs):
        raise ValueError("a key stands there twice")
    return out


def no_constant(name: str) -> object:
    """Python reads NaN and its like; JSON does not."""
    raise ValueError(f"{name} is not JSON")


DECODER = json.JSONDecoder(
    object_pairs_hook=object_of,
    parse_constant=no_constant,
    parse_float=other,
    parse_int=whole,
)


def check_inside(value: object) -> None:
    """No lone surrogate in a text, and nothing deeper than is read."""
    here, depth = [value], 0
    while here:
        below: list = []
        for one in here:
            if isinstance(one, str):
                one.encode()
            elif isinstance(one, dict):
                below += (*one, *one.values(), None)
            elif isinstance(one, list):
                below += (*one, None)
        here, depth = below, depth + 1
        if depth > DEPTH_MAX + 1:
            raise ValueError("too deep")


def read(text: str) -> object:
    """The one value of a text; refused if it is no JSON, or has several meanings."""
    try:
        value = DECODER.decode(text)
        check_inside(value)
    except (ValueError, RecursionError) as error:
        raise Refusal("not JSON", str(error)) from None
    return value


def write(value: object, may_be_negative: Callable[[tuple], bool], path: tuple = ()) -> str:
    """RFC 8785, as far as §2 uses it; refused if it goes further."""
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return '"' + value.translate(ESCAPED) + '"'
    if isinstance(value, int):
        if value < 0 and not may_be_negative(path):
            raise Refusal("not a page", "a negative number")
        return str(value)
    if isinstance(value, list):
        return "[" + ",".join(write(one, may_be_negative, (*path, at)) for at, one in enumerate(value)) + "]"
    if isinstance(value, dict):
        if not all(map(str.isascii, value)):
            raise Refusal("not a page", "a key that is not ASCII")
        keys = sorted(value)
        ones = (write(value[key], may_be_negative, (*path, key)) for key in keys)
        return "{" + ",".join(f"{write(key, may_be_negative)}:{one}" for key, one in zip(keys, ones)) + "}"
    raise Refusal("not a page", "a number that is not whole, or too large")
