"""Mutated vectors: whatever the bytes, a reader takes them or refuses them, and nothing else ever happens."""

from __future__ import annotations

import random
import unittest
from typing import Callable

import zstandard

from jasaq_wire import changes, compression, dictionary, envelope, exchange, frontier, invite, operations, points
from jasaq_wire import satchel, sheets, statements
from jasaq_wire.leb128 import write_unsigned
from jasaq_wire.refusal import Refusal
from vector_checks import load
from vector_checks.statements import journal_in

VECTORS = dictionary.ROOT / "tests" / "vectors"
ROUNDS = 400
TELLING = (0x00, 0x01, 0x7F, 0x80, 0x82, 0x9F, 0xF6, 0xFF)


def mutate(chance: random.Random, data: bytes) -> bytes:
    """One to three bits turned, bytes set, taken out or put in."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 3)):
        at, how = chance.randrange(len(out) + 1), chance.randrange(4)
        if how == 0 and at < len(out):
            out[at] ^= 1 << chance.randrange(8)
        elif how == 1 and at < len(out):
            out[at] = chance.choice(TELLING)
        elif how == 2:
            del out[at : at + chance.choice((1, 2, 8))]
        else:
            out[at:at] = chance.randbytes(chance.choice((1, 2, 8)))
    return bytes(out)


def frame_again(change: bytes) -> bytes:
    """The change with a checksum and a length that fit, so that its inside is read (§12)."""
    framed = b"\x01" + write_unsigned(len(change) - 11) + change[11:]
    return changes.MAGIC + changes.hashlib.sha256(framed).digest()[:4] + framed


def read_change(data: bytes) -> None:
    """A change and its statements, in whatever journal it names."""
    data = frame_again(data)
    for scalars in changes.read(data, journal_in(data)).statements().values():
        statements.read(scalars)


def as_text(read: Callable[[str], object]) -> Callable[[bytes], object]:
    """A reader of texts, given any bytes."""
    return lambda data: read(data.decode("latin1"))


def packed(method: int) -> bytes:
    """The content of a change (§3) by zstd's own packer."""
    with_dictionary = {"dict_data": zstandard.ZstdCompressionDict(dictionary.dictionary_1())} if method == 2 else {}
    return bytes([method]) + zstandard.ZstdCompressor(**with_dictionary).compress(bytes(16) + b"said once, " * 9)[4:]


class Hostile(unittest.TestCase):
    def seeds(self) -> list[tuple[Callable[[bytes], object], list[bytes]]]:
        """Every reader, and vectors that it takes."""
        vectors = load.load(VECTORS)
        told, travels, codes = vectors["changes.txt"], vectors["exchange.txt"], vectors["invites.txt"]
        wires = [v for n, v in vectors["envelopes.txt"].values.items() if ".wire" in n or ".erased" in n]
        return [
            (read_change, [v for n, v in told.values.items() if n.endswith(".change") or n.startswith("kind.")]),
            (operations.read, list(vectors["operations.txt"].values.values())),
            (envelope.parse, wires),
            (points.unpack, [told["track.points"]]),
            (frontier.read_ack, [travels["ack"]]),
            (exchange.RelayHead.read, [travels["head"]]),
            (exchange.RelayReceipt.read, [travels["receipt"]]),
            (satchel.read_request, [travels["request"]]),
            (satchel.read_answer, [travels["answer"]]),
            (satchel.read_satchel, [travels["satchel"]]),
            (as_text(invite.read), [codes["code"], codes["code_with_relay"]]),
            (as_text(sheets.read), [codes["sheet.1"]]),
            (compression.read_content, [packed(method) for method in (1, 2)]),
        ]

    def test_nothing_but_refusals(self) -> None:
        chance = random.Random(1)
        for read, data in self.seeds():
            for _ in range(ROUNDS):
                hostile = mutate(chance, chance.choice(data))
                try:
                    read(hostile)
                except Refusal:
                    continue


if __name__ == "__main__":
    unittest.main()
