"""§3, *content of a change*: the method, and one zstd frame (RFC 8878) with its bounds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import zstandard

from .dictionary import dictionary_1, dictionary_id
from .reader import Reader
from .refusal import Newer, Refusal

INFLATED_MAX = 32_768
WINDOW_MAX = 8 << 20
BLOCK_MAX = 128 << 10
DOCUMENT_LENGTH = 16
METHOD_STORED, METHOD_ZSTD, METHOD_DICTIONARY = 0, 1, 2
MAGIC = bytes.fromhex("28b52ffd")
PACKING, LENGTH = "packing", "length"
BLOCK_RLE, BLOCK_RESERVED = 1, 3


@dataclass(frozen=True)
class FrameHeader:
    """RFC 8878 §3.1.1.1: what a frame says of itself. `size` is none if it does not say it."""

    window: int
    dictionary: int
    size: int | None
    checksum: bool


def read_content(content: bytes) -> tuple[bytes, bytes]:
    """`method u8 ‖ body` to (document, change)."""
    if not content:
        raise Refusal(LENGTH, "no method")
    method, body = content[0], content[1:]
    if method in (METHOD_ZSTD, METHOD_DICTIONARY):
        body = inflate(body, method == METHOD_DICTIONARY)
    elif method != METHOD_STORED:
        raise Newer("newer", f"method {method}")
    if len(body) > INFLATED_MAX:
        raise Refusal(LENGTH, "more than 32,768 bytes")
    if len(body) < DOCUMENT_LENGTH:
        raise Refusal(LENGTH, "no document")
    return body[:DOCUMENT_LENGTH], body[DOCUMENT_LENGTH:]


def inflate(body: bytes, with_dictionary: bool) -> bytes:
    """One whole frame without its magic number, and nothing behind it, to at most 32,768 bytes."""
    reader = Reader(body, PACKING)
    header = read_header(reader)
    if header.dictionary and not (with_dictionary and header.dictionary == dictionary_id()):
        raise reader.refuse("another dictionary is named")
    if header.window > WINDOW_MAX:
        raise reader.refuse("a window of more than 8 MiB")
    if header.size is not None and header.size > INFLATED_MAX:
        raise Refusal(LENGTH, "more than 32,768 bytes")
    skip_blocks(reader, min(header.window, BLOCK_MAX))
    reader.take(4 if header.checksum else 0)
    reader.end()
    try:
        return decompressor(with_dictionary).decompress(MAGIC + body, max_output_size=INFLATED_MAX)
    except zstandard.ZstdError as error:
        raise reader.refuse(str(error)) from None


@lru_cache(maxsize=2)
def decompressor(with_dictionary: bool) -> zstandard.ZstdDecompressor:
    """zstd's own decoder."""
    if not with_dictionary:
        return zstandard.ZstdDecompressor()
    kind = zstandard.DICT_TYPE_FULLDICT
    return zstandard.ZstdDecompressor(dict_data=zstandard.ZstdCompressionDict(dictionary_1(), dict_type=kind))


def read_header(reader: Reader) -> FrameHeader:
    """Descriptor, window, dictionary's id and content size."""
    descriptor = reader.u8()
    if descriptor & 0x08:
        raise reader.refuse("a reserved bit of the frame")
    single = bool(descriptor & 0x20)
    window = 0 if single else window_of(reader.u8())
    dictionary = little(reader, (0, 1, 2, 4)[descriptor & 3])
    width = (1 if single else 0, 2, 4, 8)[descriptor >> 6]
    size = little(reader, width) + (256 if width == 2 else 0) if width else None
    return FrameHeader(size if single else window, dictionary, size, bool(descriptor & 0x04))


def window_of(descriptor: int) -> int:
    """RFC 8878 §3.1.1.1.2."""
    base = 1 << 10 + (descriptor >> 3)
    return base + (base >> 3) * (descriptor & 7)


def skip_blocks(reader: Reader, most: int) -> None:
    """RFC 8878 §3.1.1.2: over all blocks of a frame, by their headers; none gives a larger size than that."""
    last = False
    while not last:
        header = little(reader, 3)
        last, kind, length = bool(header & 1), header >> 1 & 3, header >> 3
        if kind == BLOCK_RESERVED:
            raise reader.refuse("a reserved block")
        if length > most:
            raise reader.refuse("a block of more than the window or 128 KiB")
        reader.take(1 if kind == BLOCK_RLE else length)


def little(reader: Reader, width: int) -> int:
    """A little-endian number, as zstd writes them."""
    return int.from_bytes(reader.take(width), "little")
