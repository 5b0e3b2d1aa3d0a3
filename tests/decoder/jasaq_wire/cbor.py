"""§5: one CBOR item (RFC 8949) in the one form that the page allows."""

from __future__ import annotations

from dataclasses import dataclass, field

from .reader import Reader

MALFORMED = "not in the form of an operation"
DEPTH_MAX = 8
UINT, NEGATIVE, BYTES, TEXT, ARRAY, MAP, TAG, SIMPLE = range(8)
FALSE, TRUE, NULL = 20, 21, 22
WIDTHS = {24: 1, 25: 2, 26: 4, 27: 8}


@dataclass
class _Open:
    """An array that is being read: `left` items are missing."""

    left: int
    items: list = field(default_factory=list)


def read_item(data: bytes) -> object:
    """The item that `data` is, and nothing behind it.

    Integers come as `int`, byte strings as `bytes`, texts as `str`, arrays as `list`, null as `None`.
    """
    reader, stack = Reader(data, MALFORMED), []
    while True:
        if len(stack) == DEPTH_MAX:
            raise reader.refuse("more than 8 items one within another")
        value = _read_head(reader)
        if isinstance(value, _Open) and value.left:
            stack.append(value)
            continue
        value = [] if isinstance(value, _Open) else value
        while stack:
            array = stack[-1]
            array.items.append(value)
            array.left -= 1
            if array.left:
                break
            value = _close(reader, stack.pop())
        else:
            reader.end()
            return value


def _close(reader: Reader, array: _Open) -> list:
    """An array that is complete; absent items at its end are left off."""
    if array.items[-1] is None:
        raise reader.refuse("an array whose last item is null")
    return array.items


def _read_head(reader: Reader) -> object:
    """One head with its argument, and the bytes of a string; an array comes open."""
    first = reader.u8()
    major, argument = first >> 5, first & 31
    if major in (MAP, TAG):
        raise reader.refuse("a map or a tag")
    if major == SIMPLE:
        return _simple(reader, argument)
    if argument >= 24:
        argument = _long_argument(reader, argument)
    if major == UINT:
        return argument
    if major == NEGATIVE:
        return -1 - argument
    if major == ARRAY:
        return _Open(argument)
    content = reader.take(argument)
    return content if major == BYTES else _text(reader, content)


def _long_argument(reader: Reader, code: int) -> int:
    """An argument of 1, 2, 4 or 8 bytes that would not fit into fewer."""
    if code not in WIDTHS:
        raise reader.refuse("a reserved head, or an indefinite length")
    width = WIDTHS[code]
    argument = reader.number(width)
    if argument < (24 if width == 1 else 1 << 4 * width):
        raise reader.refuse("an integer or a length that is not in the shortest form")
    return argument


def _text(reader: Reader, content: bytes) -> str:
    """A text of UTF-8."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise reader.refuse("a text that is not UTF-8") from None


def _simple(reader: Reader, number: int) -> bool | None:
    """`false`, `true` and `null`; no other simple value, no floating number, no break."""
    if number not in (FALSE, TRUE, NULL):
        raise reader.refuse("a simple value or a floating number")
    return None if number == NULL else number == TRUE


def write_item(value: object) -> bytes:
    """The one form of an item."""
    if value is None or isinstance(value, bool):
        return bytes([SIMPLE << 5 | (NULL if value is None else TRUE if value else FALSE)])
    if isinstance(value, int):
        return _write_head(UINT, value) if value >= 0 else _write_head(NEGATIVE, -1 - value)
    if isinstance(value, bytes):
        return _write_head(BYTES, len(value)) + value
    if isinstance(value, str):
        return _write_head(TEXT, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return _write_head(ARRAY, len(value)) + b"".join(write_item(item) for item in value)
    raise TypeError("no operation holds this")


def _write_head(major: int, argument: int) -> bytes:
    """A head with the shortest argument."""
    if argument < 24:
        return bytes([major << 5 | argument])
    for code, width in WIDTHS.items():
        if argument < 1 << 8 * width:
            return bytes([major << 5 | code]) + argument.to_bytes(width, "big")
    raise OverflowError("CBOR integers have 64 bits")
