"""Refusals that the golden vectors do not have: signatures, envelopes, sealing, operations, membership."""

from __future__ import annotations

import unittest
from dataclasses import replace

from jasaq_wire import cbor, ed25519, envelope, hpke, ids, joins, keys, membership, operations, sealing
from jasaq_wire.access import may_read, may_write
from jasaq_wire.envelope import Held, Section, Wire, verify
from jasaq_wire.history import Links
from jasaq_wire.ids import Place
from jasaq_wire.operations import Kind, Operation, Role, SpaceKind
from jasaq_wire.territory import Entry, Space
from refuses import Refuses

SEED, SPACE = b"\x07" * 32, b"\x05" * 16
DEVICE = ed25519.public_of(SEED)
JOURNAL = ids.journal_id(DEVICE, b"\x09" * 8)
NEUTRAL = (1).to_bytes(32, "little")


def make(place: Place, link: bytes, sections: list[Section], seed: bytes = SEED, **sealed: bytes) -> tuple[Wire, bytes]:
    """A signed envelope with its link, and its hash."""
    unsigned = Wire(bytes(64), link, sealed.get("epoch"), sealed.get("encapsulation"), tuple(sections))
    header = envelope.signed_header(place, link, unsigned)
    wire = Wire(ed25519.sign(seed, header), link, unsigned.epoch, unsigned.encapsulation, unsigned.sections)
    return wire, ids.envelope_hash(header)


class Signatures(unittest.TestCase):
    def test_strict(self) -> None:
        good = ed25519.sign(SEED, b"m")
        self.assertTrue(ed25519.verify_strict(DEVICE, b"m", good))
        over = (int.from_bytes(good[32:], "little") + ed25519.ORDER).to_bytes(32, "little")
        self.assertFalse(ed25519.verify_strict(DEVICE, b"m", good[:32] + over))

    def test_small_order(self) -> None:
        self.assertFalse(ed25519.verify_strict(NEUTRAL, b"m", NEUTRAL + bytes(32)))
        self.assertEqual(len(ed25519.small_order_heights()), 5)
        for height in ed25519.small_order_heights():
            point = ed25519.decode_point(height.to_bytes(32, "little"))
            self.assertTrue(ed25519.is_small_order(point))

    def test_points_are_written_in_one_way(self) -> None:
        self.assertFalse(ed25519.is_strict_point((ed25519.FIELD + 3).to_bytes(32, "little")))
        self.assertIsNone(ed25519.decode_point((ed25519.FIELD + 3).to_bytes(32, "little")))


class Envelopes(Refuses):
    def setUp(self) -> None:
        self.first = Place(SPACE, JOURNAL, 1)
        self.wire, self.hash = make(self.first, DEVICE, [Section(0x10, b"x")])

    def test_order_of_checks(self) -> None:
        second = self.first.next()
        wire, _ = make(second, self.hash, [Section(0x10, b"y")])
        data = wire.to_bytes()
        self.assertEqual(verify(second, data, Held()).name, "waits for the first")
        self.assertEqual(verify(second, data, Held(DEVICE)).name, "waits for the one before")
        self.assertEqual(verify(second, data, Held(DEVICE, self.hash)).name, "continues")
        self.assertEqual(verify(second, data, Held(DEVICE, bytes(32))).name, "fork")
        self.assertEqual(verify(second, data, Held(DEVICE, self.hash, bytes(32))).name, "fork")
        other = ed25519.public_of(b"\x08" * 32)
        self.assertEqual(verify(second, data, Held(other, self.hash)).name, "another device's journal")

    def test_link_may_be_left_out(self) -> None:
        second = self.first.next()
        wire, made = make(second, self.hash, [Section(0x10, b"y")])
        short = Wire(wire.signature, None, None, None, wire.sections).to_bytes()
        self.assertEqual(verify(second, short, Held(DEVICE, self.hash)).hash, made)
        self.assertEqual(verify(second, short, Held(DEVICE, bytes(32))).name, "bad signature")

    def test_known_and_moved(self) -> None:
        data = self.wire.to_bytes()
        self.assertEqual(verify(self.first, data, Held(DEVICE, None, self.hash)).name, "known")
        moved = Place(bytes(16), JOURNAL, 1)
        self.assertEqual(verify(moved, data, Held()).name, "bad signature")

    def test_sealed_flag_needs_a_sealed_section(self) -> None:
        wire, _ = make(self.first, DEVICE, [Section(0x10, b"x")], epoch=bytes(8), encapsulation=bytes(32))
        self.refused("not an envelope", envelope.parse, wire.to_bytes())
        wire, _ = make(self.first, DEVICE, [Section(0x81, b"x")])
        self.refused("not an envelope", envelope.parse, wire.to_bytes())


    def test_version_goes_first(self) -> None:
        data = self.wire.to_bytes()
        for newer in (b"\x00", b"\xff", b"\x2c" + data[1:], b"\x20" + bytes(4_641)):
            self.assertEqual(verify(self.first, newer, Held()).name, "of a newer version")
        for nothing in (b"", b"\x16" + data[1:], b"\x1a" + data[1:], b"\x20" + bytes(4_642)):
            self.assertEqual(verify(self.first, nothing, Held()).name, "not an envelope")

    def test_room_for_the_link(self) -> None:
        def wire(length: int, link: bytes | None) -> bytes:
            empty = Wire(bytes(64), link, None, None, (Section(0x10, b""),))
            content = bytes(length - len(empty.to_bytes()))
            return Wire(bytes(64), link, None, None, (Section(0x10, content),)).to_bytes()

        for length, link in ((4_064, None), (4_096, DEVICE)):
            self.assertEqual(envelope.parse(wire(length, link)).to_bytes(), wire(length, link))
            self.refused("not an envelope", envelope.parse, wire(length + 1, link))

    def test_erased_in_any_order(self) -> None:
        sections = [Section(0x10, b"read"), Section(0x81, b""), Section(0x90, b"z" * 20)]
        whole, made = make(self.first, DEVICE, sections, epoch=bytes(8), encapsulation=bytes(32))
        both = whole.erase({1, 2}, 1)
        self.assertEqual(both, whole.erase({2}, 1).erase({0, 1, 15}, 1))
        self.assertEqual(whole.erase({0, 3}, 1), whole)
        self.assertEqual(envelope.parse(both.to_bytes()), both)
        self.assertEqual(verify(self.first, both.to_bytes(), Held()).hash, made)
        self.assertEqual(envelope.running_digest(both.to_bytes()), envelope.running_digest(whole.to_bytes()))
        readable = (Section(0x10, sections[0].left), *both.sections[1:])
        self.refused("not an envelope", envelope.parse, replace(both, sections=readable).to_bytes())

    def test_the_longest_erased(self) -> None:
        fields = Wire(bytes(64), DEVICE, bytes(8), bytes(32), (Section(0x90, b""),) * 15 + (Section(0x10, b""),))
        content = bytes(4_096 - len(fields.to_bytes()))
        whole = replace(fields, sections=fields.sections[:15] + (Section(0x10, content),))
        erased = whole.erase(set(range(15)), 1).to_bytes()
        self.assertEqual((len(whole.to_bytes()), len(erased)), (4_096, 4_610))
        self.assertEqual(envelope.parse(erased).to_bytes(), erased)


class Sealing(Refuses):
    def setUp(self) -> None:
        self.secret = b"\x33" * 32
        self.public = hpke.public_of(self.secret)
        self.place = Place(SPACE, JOURNAL, 1)

    def sealed(self, *contents: bytes, kind: int = 0x81) -> Wire:
        """An envelope that seals these contents."""
        epoch = ids.epoch_id(self.public)
        info = sealing.section_info(self.place, epoch)
        encapsulation, context = hpke.setup_sender(b"\x44" * 32, self.public, info)
        made = [
            Section(kind, sealing.seal(context, sealing.section_label(info, kind, i), c)) for i, c in enumerate(contents)
        ]
        return make(self.place, DEVICE, made, epoch=epoch, encapsulation=encapsulation)[0]

    def open(self, *contents: bytes, kind: int = 0x81) -> list:
        return sealing.open_envelope(self.place, self.sealed(*contents, kind=kind), self.secret)

    def test_methods(self) -> None:
        self.assertEqual(self.open(bytes(1) + b"d" * 16 + b"c")[0].change, b"c")
        self.assertEqual(self.open(b"anything", kind=0x90), [])
        self.refused("newer", self.open, b"\x63rest")
        self.refused("newer", self.open, b"\x63rest", b"\x00short")
        self.refused("length", self.open, b"", b"\x63rest")
        self.refused("length", self.open, b"\x00short", b"\x63rest")

    def test_keys(self) -> None:
        wire = self.sealed(bytes(18))
        self.refused("another key", sealing.open_envelope, self.place, wire, b"\x34" * 32)
        self.refused("ciphertext", sealing.open_envelope, self.place.next(), wire, self.secret)
        for public in (bytes(32), NEUTRAL):
            self.refused("encapsulation", hpke.agree, self.secret, public)

    def test_sealed_key_of_another_epoch(self) -> None:
        epoch = ids.epoch_id(hpke.public_of(b"\x35" * 32))
        good = sealing.seal_key(SPACE, epoch, self.public, b"\x35" * 32, b"\x44" * 32)
        self.assertEqual(sealing.open_key(SPACE, epoch, self.secret, good), b"\x35" * 32)
        wrong = sealing.seal_key(SPACE, epoch, self.public, b"\x36" * 32, b"\x44" * 32)
        self.refused("sealed key", sealing.open_key, SPACE, epoch, self.secret, wrong)


class Operations(Refuses):
    def read(self, item: object, tail: bytes = b"") -> Operation:
        return operations.read(cbor.write_item(item) + tail)

    def test_form_then_unknown_then_bounds(self) -> None:
        good = [1, [bytes(16), 2, 7, [], bytes(32)]]
        self.assertEqual(self.read(good).kind, Kind.SPACE)
        self.refused("unknown", self.read, [1, [bytes(16), 2, 65_536, [], bytes(32)]])
        self.refused("unknown", self.read, [1, [bytes(16), 2, 65_536, []]])
        self.refused("unknown", self.read, [1, [bytes(16), 2, 7, [bytes(15)] * 17, bytes(32)]])
        self.refused("unknown", self.read, [*good, 0])
        self.refused("unknown", self.read, [1, [bytes(16), 9, 65_536, [], bytes(32)]])
        self.refused("unknown", self.read, [1, [bytes(16), True, 7, [], bytes(32)]])
        self.refused("refused", self.read, [1, [bytes(16), 0, 7, [], None]])
        self.refused("refused", self.read, [1, [bytes(16), 1, 7, [], bytes(32)]])
        self.refused("refused", self.read, [1, [bytes(16), 2, 7, []]])
        self.refused("refused", self.read, [1, [bytes(16), 2, 7, [bytes(16)] * 17, bytes(32)]])
        self.refused("refused", self.read, good, b"\x00")
        self.refused("refused", self.read, [99, []], b"\x00")
        self.refused("unknown", self.read, [99, []])
        self.refused("unknown", self.read, 5)
        self.refused("refused", operations.read, b"")

    def test_fields_beyond_are_passed_over(self) -> None:
        read = self.read([11, [bytes(16), 5, [b"x", "text", False]]])
        self.assertEqual(operations.item_of(read), [11, [bytes(16)]])
        self.refused("refused", self.read, [11, [bytes(16), None]])

    def test_erase_without_a_document(self) -> None:
        section = [bytes(16), 1, bytes(32), 0]
        alone = [10, [bytes(16), None, [], [bytes(32)]]]
        self.assertEqual(operations.item_of(self.read(alone)), alone)
        self.refused("refused", self.read, [10, [bytes(16), None, [section], []]])
        self.refused("unknown", self.read, [10, [bytes(16), None, [[*section[:3], 256]], []]])
        self.refused("unknown", self.read, [10, [bytes(16)]])

    def test_cbor(self) -> None:
        for good in ("83f63903e743010203", "80", "1818", "3818", "190100", "1a00010000", "1b0000000100000000", "62d0b0"):
            self.assertEqual(cbor.write_item(cbor.read_item(bytes.fromhex(good))).hex(), good)
        long = ("1817", "3817", "1900ff", "1a0000ffff", "1b00000000ffffffff", "580100", "980100")
        loose = ("5f4100ff", "7f6100ff", "9f00ff", "bf00ff", "1f", "ff", "1c", "9bffffffffffffffff", "9f")
        others = ("a0", "c000", "f7", "f0", "f820", "f90000", "fa00000000", "fb0000000000000000", "61ff", "82", "8200f6")
        for wrong in (*long, *loose, *others, "0000", ""):
            self.refused(cbor.MALFORMED, cbor.read_item, bytes.fromhex(wrong))

    def test_depth(self) -> None:
        for deep in (b"\x81" * 7 + b"\x80", b"\x81" * 7 + b"\x00"):
            cbor.read_item(deep)
            self.refused(cbor.MALFORMED, cbor.read_item, b"\x81" + deep)
        self.refused(cbor.MALFORMED, cbor.read_item, b"\x81" * 4000)


class Membership(unittest.TestCase):
    ROOT_SEED, TS_SEED, SS_SEED, INVITE_SEED = (bytes([n]) * 32 for n in (1, 2, 3, 4))

    def setUp(self) -> None:
        self.root, self.ts, self.ss, self.key = map(
            ed25519.public_of, (self.ROOT_SEED, self.TS_SEED, self.SS_SEED, self.INVITE_SEED)
        )
        self.roll = ids.territory_space(self.root)
        self.number = 0

    def entry(self, signer: bytes, kind: Kind, **fields: object) -> Entry:
        self.number += 1
        place = Place(self.roll, bytes(16), self.number)
        return Entry(self.number.to_bytes(16, "big"), place, self.number.to_bytes(32, "big"), signer, Operation(kind, fields))

    def join(self, inviter: bytes, attempt: int = 0) -> Entry:
        request = {"device": {"device": self.ss, "exchange": bytes(32)}, "inviter": inviter, "attempt": attempt}
        request["proof"] = ed25519.sign(self.SS_SEED, joins.proof_message(self.key, request))
        return self.entry(self.key, Kind.JOIN, request=request)

    def add(self, signer: bytes, device: bytes, role: Role, key: bytes | None) -> Entry:
        named = {"device": device, "exchange": bytes(32)}
        office = None if role.of_squad else b"o" * 16
        return self.entry(signer, Kind.ADD, device=named, nonce=device[:16], role=role, office=office, invite=key, head=None)

    def invite(self, signer: bytes) -> Entry:
        return self.entry(signer, Kind.INVITE, key=self.key, role=Role.SS, office=b"o" * 16, expires=0)

    def test_a_device_comes_in(self) -> None:
        entries = [
            self.add(self.ts, self.ss, Role.SS, self.key),
            self.join(self.ts),
            self.invite(self.ts),
            self.add(self.root, self.ts, Role.TS, None),
        ]
        state = membership.count(self.root, entries, Links())
        self.assertEqual(set(state.devices), {self.ts, self.ss})
        self.assertEqual(set(state.outcome.values()), {membership.TAKEN})

    def test_waiting_and_not_counted(self) -> None:
        stranger = self.invite(b"s" * 32)
        early = self.add(self.ts, self.ss, Role.SS, self.key)
        by_root = self.invite(self.root)
        state = membership.count(self.root, [stranger, early, by_root, self.add(self.root, self.ts, Role.TS, None)], Links())
        self.assertEqual(state.outcome[stranger.id], membership.WAITS)
        self.assertEqual(state.outcome[early.id], membership.WAITS)
        self.assertEqual(state.outcome[by_root.id], membership.NOT)

    def test_an_invite_is_used_once(self) -> None:
        base = [self.add(self.root, self.ts, Role.TS, None), self.invite(self.ts), self.join(self.ts)]
        twice = [self.add(self.ts, self.ss, Role.SS, self.key) for _ in range(2)]
        state = membership.count(self.root, base + twice, Links())
        self.assertEqual([state.outcome[e.id] for e in twice], [membership.TAKEN, membership.NOT])

    def test_newest_epoch(self) -> None:
        def newest(**epochs: set) -> str:
            state = membership.count(self.root, [], Links())
            state.spaces[self.roll] = Space(SpaceKind.PATROLS, self.roll, (), epochs)
            return keys.newest_epoch(state.spaces[self.roll], set(epochs))

        self.assertEqual(newest(a=set(), b={"a"}, c={"a", "b"}), "c")
        self.assertEqual(newest(a=set(), b={"a"}, c={"unknown"}), "b")
        self.assertEqual(newest(a=set(), b={"a"}, c={"a"}), "c")
        self.assertEqual(newest(a={"b"}, b={"a"}), "b")

    def test_typed_words(self) -> None:
        words = joins.four_words(self.key, self.ts, bytes(32))
        self.assertTrue(joins.same_words(" " + words.upper().replace("-", " "), words))
        self.assertFalse(joins.same_words(words[:-1], words))

    def test_access(self) -> None:
        self.assertTrue(may_write(Role.VOL, SpaceKind.PROTECTED))
        self.assertFalse(may_read(Role.VOL, SpaceKind.PROTECTED))
        self.assertFalse(may_read(Role.TS, SpaceKind.PATROLS))


if __name__ == "__main__":
    unittest.main()
