"""Refusals that the golden vectors do not have: codes, sheets, what travels, changes, statements."""

from __future__ import annotations

import hashlib
import unittest

import zstandard

from jasaq_wire import changes, columns, compression, dictionary, ed25519, exchange, frames, frontier, ids, invite
from jasaq_wire import points, satchel, sheets, statements
from jasaq_wire.changes import MAKE_MAP, PUT, Change, JournalInDocument, Op
from jasaq_wire.columns import Scalar
from jasaq_wire.ids import Place
from jasaq_wire.operations import Role
from jasaq_wire.refusal import Newer, Refusal
from refuses import Refuses

SEED, SPACE = b"\x07" * 32, b"\x05" * 16
DEVICE = ed25519.public_of(SEED)
JOURNAL = ids.journal_id(DEVICE, b"\x09" * 8)


def scalar(value: object) -> Scalar:
    """The scalar of a value."""
    return Scalar.of(value)


class Codes(Refuses):
    def setUp(self) -> None:
        self.invite = invite.Invite(b"r" * 32, b"o" * 16, b"i" * 32, b"s" * 32, Role.VOL, b"y" * 32, "https://a.example")
        self.code = invite.write(self.invite)

    def test_readers_are_kind(self) -> None:
        loose = "jasaq:" + " ".join(self.code[6:]).upper().replace("0", "O").replace("1", "l-")
        self.assertEqual(invite.read(loose), self.invite)

    def code_of(self, body: bytes) -> str:
        return "jasaq:" + invite.letters_of(body + invite.checksum(body))

    def test_white_space_around(self) -> None:
        self.assertEqual(invite.read("\n " + self.code + " " * 600 + "\u3000"), self.invite)
        self.refused("not an invite", invite.read, "\x1c" + self.code)
        self.refused("not an invite", invite.read, "x" + self.code)

    def test_order_of_refusals(self) -> None:
        body = self.invite.body()
        self.refused("not an invite", invite.read, "JASAQ:" + self.code[6:])
        self.refused("not an invite", invite.read, self.code + "-" * 600)
        self.refused("a mistake", invite.read, self.code[:-1] + "\u212a")
        for mistake in (self.code + "u", self.code + "0", "jasaq:", "jasaq:00", self.code_of(b"")):
            self.refused("a mistake", invite.read, mistake)
        self.refused("newer", invite.read, self.code_of(b"\x02"))
        self.refused("a mistake", invite.read, self.code_of(body[:113]))
        unknown = body[:113] + b"\x08" + body[114:]
        self.refused("newer", invite.read, self.code_of(unknown + b"behind"))
        self.refused("a mistake", invite.read, self.code_of(unknown[:-1]))
        self.refused("a mistake", invite.read, self.code_of(body + b"\x00"))
        self.refused("a mistake", invite.read, self.code_of(body[:-1] + b"\xff"))
        long = invite.Invite(b"r" * 32, b"o" * 16, b"i" * 32, b"s" * 32, Role.VOL, b"y" * 32, "a" * 201)
        self.refused("a mistake", invite.read, invite.write(long))

    def test_sheets(self) -> None:
        head = sheets.Sheet(sheets.ROOT, 1, b"set", 20_000, b"root", b"", b"")
        made = sheets.split(SEED, b"\x01" * 32, head)
        other = sheets.split(SEED, b"\x03" * 32, sheets.Sheet(sheets.ROOT, 1, b"two", 20_000, b"root", b"", b""))
        self.assertEqual(sheets.join(made[0], sheets.read(made[2].to_words())), SEED)
        self.assertEqual(sheets.join(made[2], made[1]), SEED)
        self.assertEqual(sheets.read(f"<p>{made[1].to_code().upper()}</p>"), made[1])
        self.assertEqual(sheets.read("1. " + made[1].to_words().upper().replace(" ", " - ")), made[1])
        self.refused("the same sheet", sheets.join, made[0], made[0])
        self.refused("of different keys", sheets.join, made[1], other[0])
        code, words = made[0].to_code(), made[0].to_words()
        for wrong in ("", sheets.PREFIX, code[:-1], code + "00", words + " базук", words[:-1], words[1:]):
            self.refused("a mistake", sheets.read, wrong)

    def test_an_invite_in_words(self) -> None:
        terms = invite.Terms(b"r" * 32, b"o" * 16, b"i" * 32, Role.VOL)
        words = invite.Heard(b"s" * 10, b"").words(terms, b"y" * 32)
        heard = invite.hear(words.upper())
        self.assertTrue(heard.fits(terms, b"y" * 32))
        self.assertFalse(heard.fits(terms, b"z" * 32))
        self.refused("a mistake", invite.hear, words.split("\n")[0])
        self.refused("newer", invite.read_terms, b"\x02")
        self.refused("newer", invite.read_terms, b"\x01\x00\x01" + terms.body()[:-1] + b"\x08")
        self.refused("a mistake", invite.read_terms, b"\x01\x00\x09" + terms.body() * 9)
        self.refused("a mistake", invite.read_terms, b"\x01\x00\x00\x00")


class Travel(Refuses):
    def test_frontier(self) -> None:
        line = frontier.Known(bytes(16), 0, bytes(8))
        self.refused("malformed", frontier.read_ack, frontier.Ack(bytes(16), bytes(16), (line,)).to_bytes())
        many = tuple(frontier.Known(n.to_bytes(16, "big"), 1, bytes(8)) for n in range(97))
        self.refused("malformed", frontier.read_ack, frontier.Ack(bytes(16), bytes(16), many).to_bytes())

    def test_frames(self) -> None:
        run = frames.write_frame(frames.RUN, Place(SPACE, JOURNAL, 2**63 - 1).to_bytes())
        one = frames.write_frame(frames.ENVELOPE, b"x")
        self.assertIsNotNone(frames.read_stream(one).broken)
        self.assertIsNone(frames.read_stream(run + one).broken)
        self.assertIsNotNone(frames.read_stream(run + one + one).broken)
        space = frames.write_frame(frames.SPACE, bytes(24))
        self.assertIsNotNone(frames.read_stream(run + space + one).broken)
        self.assertIsNone(frames.read_stream(frames.write_frame(200, b"anything") + run).broken)

    def test_satchels(self) -> None:
        start = satchel.TAG + b"\x01" + bytes(16)
        run = frames.write_frame(frames.RUN, Place(SPACE, JOURNAL, 1).to_bytes())
        one, end = frames.write_frame(frames.ENVELOPE, b"abc"), frames.write_frame(frames.END, bytes(1))
        for whole in (0, 1):
            cut = satchel.read_satchel(start + run + one * whole + one[:-1])
            self.assertEqual((cut.cut, cut.damage, len(cut.envelopes)), (True, None, whole))
        for wrong in (frames.write_frame(frames.SPACE, bytes(24)), end + end, end + b"x", one):
            damaged = satchel.read_satchel(start + wrong)
            self.assertEqual((damaged.cut, damaged.damage.name), (False, "damaged"))
        self.refused("not a satchel", satchel.read_satchel, b"JQE\x02" + bytes(16), bytes(16))
        self.refused("not a satchel", satchel.read_satchel, b"JQS\x02" + bytes(15), bytes(16))
        self.refused("newer", satchel.read_satchel, b"JQS\x02" + bytes(16), bytes(16))
        self.refused("foreign", satchel.read_satchel, start + end, b"f" * 16)

    def test_requests_and_answers(self) -> None:
        end, newer = frames.write_frame(frames.END, bytes(1)), frames.write_frame(200, b"")
        run = frames.write_frame(frames.RUN, Place(SPACE, JOURNAL, 1).to_bytes())
        head = frames.write_frame(frames.HEAD, exchange.RelayHead(DEVICE, 1, (), bytes(64)).signed() + bytes(64))
        receipt = frames.write_frame(frames.RECEIPT, exchange.RelayReceipt(DEVICE, 1, (), bytes(64)).signed() + bytes(64))
        for read, first, other in ((satchel.read_request, head, receipt), (satchel.read_answer, receipt, head)):
            self.assertIsNone(read(first + newer + run + end).broken)
            for rest in (first + end, other + end, end + newer):
                self.assertIsNotNone(read(first + rest).broken)
            for wrong in (run + first + end, other + first + end, end, end + first):
                self.refused("malformed", read, wrong)
            self.refused("newer", read, first[:6] + b"\x02" + first[7:])
        room = frames.write_frame(frames.ROOM, bytes(8))
        self.assertIsNone(satchel.read_request(head + room + run + room + end).broken)
        self.assertIsNotNone(satchel.read_answer(receipt + room + end).broken)
        self.assertIsNone(satchel.read_answer(newer + receipt + end).broken)
        self.refused("malformed", satchel.read_request, newer + head + end)
        self.refused("cut", satchel.read_answer, newer)


def change_of(*ops: Op, **fields: object) -> Change:
    """A change with these operations."""
    given = {"dependencies": (), "actor": JOURNAL + b"\x01" * 4, "seq": 1, "start_op": 1, **fields}
    return Change(b"", operations=ops, **given)


class Changes(Refuses):
    MADE = Op(None, "a.1", MAKE_MAP, Scalar(columns.NULL, b""))

    def read(self, change: Change) -> Change:
        return changes.read(change.to_bytes(), JOURNAL)

    def test_good(self) -> None:
        read = self.read(change_of(self.MADE, Op(1, "kind", PUT, scalar("x"))))
        self.assertEqual(read.statements()["a.1"]["kind"].value(), "x")

    def test_operations(self) -> None:
        for wrong in (
            (Op(None, "a", PUT, scalar(1)),),
            (Op(1, "a", PUT, scalar(1)), self.MADE),
            (self.MADE, self.MADE),
            (self.MADE, Op(2, "a", PUT, scalar(1))),
            (self.MADE, Op(1, "a", MAKE_MAP, Scalar(0, b""))),
            (self.MADE, Op(1, "a", 3, scalar(1))),
        ):
            self.refused("operations", self.read, change_of(*wrong))
        self.refused("operations", self.read, change_of(self.MADE, start_op=2**31))
        many = tuple(Op(None, f"k{n}", MAKE_MAP, Scalar(0, b"")) for n in range(1_001))
        self.refused("operations", self.read, change_of(*many))
        self.refused("field's key", self.read, change_of(self.MADE, Op(1, "", PUT, scalar(1))))
        self.refused("key", self.read, change_of(Op(None, "x" * 33, MAKE_MAP, Scalar(0, b""))))

    def test_one_encoding(self) -> None:
        data = change_of(self.MADE, Op(1, "kind", PUT, scalar("x"))).to_bytes()
        body = bytearray(data[10:])
        self.assertEqual(body[-2:], b"\x02\x00")
        other = bytes(body[:-2]) + b"\x7e\x00\x00"
        at = other.index(b"\x70\x02")
        other = other[: at + 1] + b"\x03" + other[at + 2 :]
        framed = b"\x01" + bytes([len(other)]) + other
        digest = changes.hashlib.sha256(framed).digest()[:4]
        self.refused("encode again", changes.read, changes.MAGIC + digest + framed, JOURNAL)

    def test_follows(self) -> None:
        first, document = self.read(change_of(self.MADE)), JournalInDocument()
        document.take(first)
        for wrong in ({"start_op": 2, "seq": 2}, {"dependencies": (first.hash,), "seq": 2, "start_op": 3}):
            self.refused("follows", document.take, self.read(change_of(self.MADE, **wrong)))
        another = {"actor": JOURNAL + b"\x02" * 4, "dependencies": (first.hash,), "start_op": 2}
        document.take(self.read(change_of(self.MADE, **another)))

    def test_scalars(self) -> None:
        self.assertIsNone(Scalar(columns.UINT, b"\xff" * 9 + b"\x01").value())
        self.assertIsNone(Scalar.of(1.5).value())
        self.refused("columns", Scalar(columns.INT, b"\x80\x00").check)
        self.refused("columns", Scalar(columns.TEXT, b"\xff").check)


class Statements(Refuses):
    ENTRY = {"kind": "entry", "at": 5, "tz": 300, "act": "force", "text": "x"}

    def read(self, **more: object) -> dict:
        values = {name: value for name, value in {**self.ENTRY, **more}.items() if value is not None}
        return statements.read({name: scalar(value) for name, value in values.items()})

    def test_shapes(self) -> None:
        self.assertEqual(self.read(unheard_of=1, v=999)["v"], 999)
        self.read(boot=-(2**63), fix="guessed", acc=-1, lat0=5, sub="nothing", lat=None)
        self.read(lat=1, lon=1, lat0=1, lon0=1, fix="by_hand")
        self.read(lat=1, lon=1, lat0=1, lon0=1)
        self.read(kind="leg_started", leg=bytes(16), transport="ski", members=bytes(16) * 33)
        for wrong in (
            {"v": 1_000},
            {"kind": "poem"},
            {"text": None},
            {"text": " "},
            {"text": "a\u200bb"},
            {"text": "x" * 2_001},
            {"at": 253_402_207_200_000},
            {"tz": 1_081},
            {"boot": 6},
            {"gps": 253_402_207_200_000},
            {"lat": 1},
            {"lat": 1, "lon": 1, "fix": "guessed"},
            {"lat": 0, "lon": 0},
            {"act": "inspection"},
            {"act": "inspection", "sub": "round", "mode": "joint"},
            {"gps": 1.5},
            {"acc": 2**32, "lat": 1, "lon": 1},
            {"eligible": True, "tz": True},
            {"z" * 64: "y" * 2_600},
        ):
            self.refused("set aside", self.read, **wrong)

    def test_plans(self) -> None:
        one, other = bytes(32) + b"\x03k.1", b"\x01" * 32 + b"\x03k.1"
        crew = {"kind": "patrol_assigned", "members": bytes(16) * 33, "leader": bytes(16)}
        self.assertEqual(self.read(**crew, before=one + other)["before"], one + other)
        for wrong in (b"", one[:32], one[:-1], one + b"\x00", other + one, one + one, bytes(32) + b"\x00", "k.1"):
            self.refused("set aside", self.read, **crew, before=wrong)
        eight = b"".join(bytes([number]) * 32 + b"\x01k" for number in range(8))
        self.read(**crew, before=eight)
        self.refused("set aside", self.read, **crew, before=eight + b"\x08" * 32 + b"\x01k")
        self.refused("set aside", self.read, **{**crew, "leader": b"\x01" * 16})
        days = {"kind": "availability", "from": "2026-05-02", "until": "2026-05-02", "can": "yes"}
        self.read(**days)
        self.refused("set aside", self.read, **{**days, "from": "2026-05-03"})

    def test_named_statements(self) -> None:
        one, other = bytes(32) + b"\x03k.1", b"\x01" * 32 + b"\x03k.1"
        event = {"kind": "same_event", "is": "one"}
        self.assertEqual(self.read(**event, entries=one + other)["entries"], one + other)
        for wrong in (one, b"", other + one, one + other[:-1]):
            self.refused("set aside", self.read, **event, entries=wrong)
        said = {"kind": "resolution", "field": "place", "choice": "said"}
        self.read(**said, author=bytes(32), said="k.1", entries=one)
        self.refused("set aside", self.read, **said, author=bytes(32), entries=one)
        undecided = {"kind": "resolution", "field": "place", "choice": "undecided", "author": b"", "value": 1}
        self.read(**undecided, reason="апта")
        self.refused("set aside", self.read, **undecided)

    def test_what_is_passed_over_where_nothing_needs_it(self) -> None:
        notice = {"kind": "urgent_notice", "text": "із"}
        self.read(**notice, channel="smoke", whom=" ")
        for wrong in ({"channel": "smoke"}, {"channel": "radio", "whom": " "}, {}):
            self.refused("set aside", self.read, **notice, told=1, told_tz=300, **wrong)
        handed = {"kind": "handed_over", "receiver": "border_unit", "body": "a", "officer": "b"}
        self.read(**handed, citizenship=" ", company="crowd")
        self.refused("set aside", self.read, **handed, trigger="detention")
        self.refused("set aside", self.read, **handed, trigger="detention", citizenship="a", company="crowd")
        ended = {"kind": "patrol_ended", "when_tz": 1_081}
        self.read(**ended)
        self.refused("set aside", self.read, **ended, when=5)

    def test_the_longest_of_each_kind(self) -> None:
        long = {"text": "t" * 2_000, "зат": "n" * 1_100}
        self.read(kind="urgent_notice", **long)
        self.refused("set aside", self.read, kind="urgent_notice", **long | {"зат": "n" * 1_180})
        self.refused("set aside", self.read, kind="waypoint", rec=bytes(16), **long)

    def test_points(self) -> None:
        good = points.pack([points.Point(True, 10, 20, 1000), points.Point(False), points.Point(False, 11, 20, 2000)], 0)
        self.assertEqual(len(points.unpack(good)), 3)
        endless = b"\x01\x00" + b"\x80" * 9 + b"\x00"
        for wrong in (b"", b"\x01\x00", b"\x02\x00\x00", b"\x01\x00\x01\x10", b"\x01\x00\x02", endless):
            self.refused("points", points.unpack, wrong)
        self.refused("points", points.unpack, points.pack([points.Point(True, 900_000_001, 0)], 0))


class Compression(Refuses):
    SAID = b"d" * 16 + b"some change " * 20

    def pack(self, data: bytes, named: bool = True, method: int = 2, **given: object) -> bytes:
        """A content of this method by another packer."""
        kind = zstandard.DICT_TYPE_FULLDICT
        with_dictionary = zstandard.ZstdCompressionDict(dictionary.dictionary_1(), dict_type=kind)
        parameters = zstandard.ZstdCompressionParameters.from_level(3, write_dict_id=named, **given)
        chosen = {"dict_data": with_dictionary} if method == 2 else {}
        packed = zstandard.ZstdCompressor(compression_params=parameters, **chosen).compress(data)
        return bytes([method]) + packed[4:]

    def test_methods(self) -> None:
        for method in (1, 2):
            for given in ({"write_checksum": True}, {"write_content_size": False}, {"named": False}):
                content = self.pack(self.SAID, method=method, **given)
                self.assertEqual(b"".join(compression.read_content(content)), self.SAID)
            self.assertEqual(len(compression.read_content(self.pack(bytes(32_768), method=method))[1]), 32_752)
            self.refused("length", compression.read_content, self.pack(bytes(32_769), method=method))
            self.refused("length", compression.read_content, self.pack(bytes(15), method=method))

    def test_one_whole_frame(self) -> None:
        good, skippable = self.pack(self.SAID), bytes.fromhex("502a4d1800000000")
        frame = compression.MAGIC + good[1:]
        for wrong in (good + frame, good + skippable, good + b"\x00", good[:-1], b"\x02" + frame, b"\x02"):
            self.refused("packing", compression.read_content, wrong)
        self.refused("packing", compression.read_content, b"\x02" + skippable[4:] + frame)
        checked = self.pack(self.SAID, write_checksum=True)
        self.refused("packing", compression.read_content, checked[:-1] + bytes([checked[-1] ^ 1]))

    def test_dictionaries(self) -> None:
        good = self.pack(self.SAID)
        at = good.index(dictionary.dictionary_1()[4:8])
        self.refused("packing", compression.read_content, b"\x01" + good[1:])
        self.refused("packing", compression.read_content, good[:at] + b"\x00" + good[at + 1 :])
        self.assertEqual(hashlib.sha256(dictionary.dictionary_1()).hexdigest(), dictionary.SHA_256)

    def test_windows(self) -> None:
        raw = (len(self.SAID) << 3 | 1).to_bytes(3, "little") + self.SAID
        for window, good in ((0x68, True), (0x69, False), (0xFF, False)):
            content = bytes([1, 0, window]) + raw
            if good:
                self.assertEqual(b"".join(compression.read_content(content)), self.SAID)
            else:
                self.refused("packing", compression.read_content, content)

    def test_newer_is_a_refusal(self) -> None:
        self.assertTrue(issubclass(Newer, Refusal))


if __name__ == "__main__":
    unittest.main()
