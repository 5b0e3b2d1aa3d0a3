"""A squad's day from Python: join, record, exchange, read, and hear how far everything has come.

What crosses the border is tested here, not the rules behind it.
"""

import unittest
from datetime import datetime

from carrier import HttpCarrier
from district import District
from host import PICTURE, Hardware, Notices, Raising, round_of
from jasaq import (
    Activity,
    ActivityMode,
    AttachmentStandingView,
    CarrierFailed,
    CertificateFlaw,
    Custody,
    Fieldbook,
    FieldbookRefused,
    InspectionKind,
    KeyHolderRefused,
    Language,
    MeetingBroken,
    NewAnswer,
    NewAttachment,
    NewContent,
    NewEntry,
    NewOpening,
    NewPatrol,
    NewPosition,
    Point,
    PositionOrigin,
    Role,
)


class Day(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.district = District()
        cls.addClassCleanup(cls.district.close)
        cls.opening = NewOpening(home=str(cls.district.path("phone")), language=Language.KK)
        cls.phone = cls.join(cls.district.head)
        cls.addClassCleanup(lambda: delattr(cls, "phone"))

    @classmethod
    def join(cls, head):
        """The phone joins by the head's code; the head compares the words; the SS sends the member's card."""
        phone = Fieldbook.join(cls.opening, Hardware(), head.invite("--role", "vol"))
        phone.sync(HttpCarrier())
        member = head.confirm(phone.join_words())
        cls.district.ss.sync()
        cls.district.ss.run("squad", "card", member, "--name", "Айдос Серікұлы")
        cls.district.ss.sync()
        phone.sync(HttpCarrier())
        return phone

    def start_patrol(self):
        return self.phone.start_patrol(NewPatrol(mode=ActivityMode.JOINT, controlling_representative="Б. Ахметов"))

    def test_a_phone_joins_by_code_and_words(self):
        status = self.phone.status()
        self.assertEqual(status.role, Role.VOLUNTEER)
        self.assertIsNone(self.phone.join_words(), "it is in")
        self.assertEqual(status.relay, self.district.address)

    def test_an_entry_goes_all_the_way_and_everybody_shows_it(self):
        notices = Notices()
        handle = self.phone.watch(notices)
        patrol = self.start_patrol()
        position = NewPosition(
            point=Point(latitude=44.16, longitude=80.01), origin=PositionOrigin.MEASURED(), accuracy_metres=6.0
        )
        key = self.phone.write_entry(
            patrol, round_of("Тұман, көріну 50 м", position=position, gps_time="2026-05-01T03:10:00Z")
        )
        self.assertEqual(self.custody_of(patrol, key), Custody.ON_THIS_PHONE)

        self.phone.sync(HttpCarrier())
        self.assertEqual(self.steps(notices, key), [Custody.AT_RELAY])
        self.district.head.sync()
        self.phone.sync(HttpCarrier())
        self.assertEqual(self.steps(notices, key), [Custody.AT_RELAY, Custody.WITH_HEAD])
        self.district.ss.sync()
        self.phone.sync(HttpCarrier())
        self.assertEqual(self.steps(notices, key), [Custody.AT_RELAY, Custody.WITH_HEAD, Custody.WITH_SS])
        self.assertEqual(notices.told[-1].own_entries, self.phone.status().own_entries)

        shown = self.district.ss.run("patrol", "show", patrol)
        (entry,) = [stated for stated in shown["log"] if stated["key"] == key]
        self.assertEqual(entry["said"]["text"], "Тұман, көріну 50 м")
        self.assertEqual(entry["said"]["position"]["coordinates"], {"latitude": 44.16, "longitude": 80.01})
        self.assertEqual(entry["clocks"]["gps"], "2026-05-01T03:10:00Z")
        handle.stop()

    def test_what_others_wrote_is_read_with_three_clocks_a_name_and_flags(self):
        patrol = self.start_patrol()
        key = self.phone.write_entry(patrol, round_of("Өткел тексерілді"))
        self.phone.sync(HttpCarrier())
        self.district.head.sync()
        what = ["--activity", "inspection", "--kind", "vehicle", "--mode", "independent", "--text", "Остановлен УАЗ"]
        clocks = ["--gps-time", "2026-05-01T04:00:00Z", "--at", "2026-05-01T09:00:00+05:00"]
        place = ["--lat", "44.17", "--lon", "80.02"]
        other = self.district.head.run("entry", "add", patrol, *what, *clocks, *place)["key"]
        self.district.head.sync()
        self.phone.sync(HttpCarrier())
        self.phone.end_patrol(patrol)

        view = self.phone.patrol(patrol)
        entries = {entry.statement.key: entry for entry in view.entries}
        own, others = entries[key], entries[other]
        self.assertEqual(own.statement.author_name, "Айдос Серікұлы")
        self.assertIsNone(own.statement.received_at, "it was never received")
        self.assertEqual([flag.code for flag in own.statement.flags], ["no_fix"])
        self.assertEqual(others.text, "Остановлен УАЗ")
        self.assertEqual(others.activity, Activity.INSPECTION(kind=InspectionKind.VEHICLE, mode=ActivityMode.INDEPENDENT))
        self.assertEqual(others.position.point, Point(latitude=44.17, longitude=80.02))
        self.assertEqual(others.statement.happened_at, "2026-05-01T09:00:00+05:00")
        self.assertEqual(others.statement.gps_time, "2026-05-01T04:00:00Z")
        for clock in [others.statement.recorded_at, others.statement.received_at]:
            self.assertIsNotNone(datetime.fromisoformat(clock).tzinfo)
        self.assertEqual(view.starts[0].controlling_representative, "Б. Ахметов")
        (summary,) = [summary for summary in self.phone.patrols(50) if summary.patrol == patrol]
        self.assertTrue(summary.is_over)
        self.assertEqual(summary.entries, 2)

    def test_what_a_host_raises_is_a_refusal_and_loses_nothing(self):
        patrol = self.start_patrol()
        key = self.phone.write_entry(patrol, round_of("Тыныш"))
        handle = self.phone.watch(Raising())
        with self.assertRaises(FieldbookRefused.Unreachable) as raised:
            self.phone.sync(Raising())
        self.assertNotIn("Айдос", str(raised.exception))
        self.phone.sync(HttpCarrier())
        self.assertEqual(self.custody_of(patrol, key), Custody.AT_RELAY, "whatever the watcher made of it")
        handle.stop()

    def test_a_system_carries_while_the_program_is_dead(self):
        patrol = self.start_patrol()
        key = self.phone.write_entry(patrol, round_of("Тыныш"))
        prepared = self.phone.prepare_contact()
        answer = HttpCarrier().carry(prepared.address, prepared.request, prepared.answer_bytes_max)
        later = Fieldbook.open(self.opening, Hardware())
        with self.assertRaises(FieldbookRefused.Unreachable):
            later.take_answer(prepared.ticket, NewAnswer(bytes=answer.bytes[:-1], is_whole=False))
        for _ in range(2):
            later.take_answer(prepared.ticket, answer)
        self.assertEqual(self.custody_of(patrol, key), Custody.AT_RELAY)
        never = self.phone.prepare_contact()
        clock = CarrierFailed.Certificate(flaw=CertificateFlaw.NOT_YET_VALID)
        with self.assertRaises(FieldbookRefused.Unreachable) as raised:
            self.phone.contact_failed(never.ticket, clock)
        self.assertIn("сағаты артта", raised.exception.sentence)

    def test_two_phones_meet_over_any_way_that_carries_bytes(self):
        opening = NewOpening(home=str(self.district.path("second")), language=Language.KK)
        second = Fieldbook.join(opening, Hardware(), self.district.head.invite("--role", "vol"))
        second.sync(HttpCarrier())
        self.district.head.confirm(second.join_words())
        second.sync(HttpCarrier())
        patrol = second.start_patrol(NewPatrol(mode=ActivityMode.JOINT))
        key = second.write_entry(patrol, round_of("Өткелде із бар"))

        showing = self.phone.listen_for_meeting(["192.168.43.1:7341"])
        calling = second.call_to_meeting(showing.code())
        self.assertEqual(second.meeting_addresses(showing.code()), ["192.168.43.1:7341"])
        ends, said, stages = [showing, calling], calling.begin().bytes, []
        while said:
            step = ends[0].received(said)
            said = step.bytes
            stages.append(step.stage)
            ends.reverse()
        self.assertTrue(stages[-1].is_EVEN())
        self.assertTrue(any(stage.is_EXCHANGING() for stage in stages))
        self.assertTrue(all(end.end().even for end in ends))
        self.assertIn(key, [entry.statement.key for entry in self.phone.patrol(patrol).entries])

        cut = second.call_to_meeting(showing.code())
        cut.begin()
        with self.assertRaises(FieldbookRefused.Unreachable):
            cut.end(MeetingBroken.CUT)
        with self.assertRaises(FieldbookRefused.Input):
            second.call_to_meeting("jasaq-meet:00")

    def test_a_photo_goes_to_who_asks_for_it_and_what_it_tells_of_its_place_stays_behind(self):
        patrol = self.start_patrol()
        entry = self.phone.write_entry(patrol, round_of("Өткелде із бар"))
        path = self.district.path("ford.jpg")
        path.write_bytes(PICTURE)
        photo = NewAttachment(content=NewContent.FILE(path=str(path)), entry=entry, caption="өткел", thumbnail=PICTURE)
        key = self.phone.attach(patrol, photo)
        self.phone.sync(HttpCarrier())
        self.assertEqual(self.phone.carry_attachments(HttpCarrier()).brought, 2)
        (view,) = self.phone.attachments(patrol)
        self.assertEqual((view.key, view.entry, view.caption), (key, entry, "өткел"))
        self.assertEqual((view.at_relay.bytes, view.standing), (view.here.all, AttachmentStandingView.OPEN))
        self.assertEqual(view.custody, Custody.AT_RELAY)

        self.district.head.sync()
        self.district.head.run("attachment", "fetch", key)
        self.district.head.sync()
        saved = self.district.path("saved.jpg")
        self.district.head.run("attachment", "save", key, "-o", str(saved))
        self.assertEqual(saved.read_bytes(), self.phone.read_attachment(key))
        self.assertNotIn(b"fog", saved.read_bytes() + self.phone.read_thumbnail(key))
        self.phone.save_attachment(key, str(self.district.path("own.jpg")))
        self.assertEqual(self.district.path("own.jpg").read_bytes(), saved.read_bytes())

        self.phone.erase_attachment(key, False)
        with self.assertRaises(FieldbookRefused.Rule) as raised:
            self.phone.want_attachment(key, True)
        self.assertTrue(raised.exception.sentence)
        with self.assertRaises(FieldbookRefused.Input):
            self.phone.attach(patrol, NewAttachment(content=NewContent.BYTES(bytes=b"%PDF-1.7")))
        with self.assertRaises(FieldbookRefused.Unreachable) as raised:
            self.phone.attach(patrol, NewAttachment(content=NewContent.BYTES(bytes=b"note"), keeps_metadata=True))
            self.phone.sync(HttpCarrier())
            self.phone.carry_attachments(Raising())
        self.assertNotIn("Айдос", str(raised.exception))

    def test_a_satchel_goes_both_ways_whole_and_in_parts(self):
        patrol = self.start_patrol()
        key = self.phone.write_entry(patrol, round_of("Қапшықта"))
        folder = self.district.path("satchels")
        folder.mkdir()
        parts = self.phone.export_satchel_parts(str(folder), 65536)
        self.assertTrue(parts.files and parts.left_behind == 0)
        self.district.head.run("satchel", "import", *parts.files)
        shown = self.district.head.run("patrol", "show", patrol)
        self.assertIn(key, [stated["key"] for stated in shown["log"]])
        what = ["--activity", "border_service", "--kind", "round", "--mode", "joint", "--text", "Қайтты"]
        other = self.district.head.run("entry", "add", patrol, *what)["key"]
        back = str(folder / "back.jasaq")
        self.district.head.run("satchel", "export", back)
        self.assertGreater(self.phone.import_satchel(back).received, 0)
        self.assertIn(other, [entry.statement.key for entry in self.phone.patrol(patrol).entries])
        self.assertEqual(self.phone.export_satchel(back, with_attachments=True).files, [back])
        with self.assertRaises(FieldbookRefused.Storage):
            self.phone.import_satchel(str(folder / "none.jasaq"))
        self.phone.sync(HttpCarrier())

    def test_who_may_not_remove_or_admit_is_told_so_in_his_language(self):
        devices = self.phone.devices()
        (own,) = [view for view in devices if view.is_this]
        (head,) = [view for view in devices if view.role == Role.SQUAD_HEAD]
        self.assertEqual((own.name, self.phone.held()), ("Айдос Серікұлы", []))
        for refused in [
            lambda: self.phone.remove_device(own.device),
            lambda: self.phone.remove_device(head.device),
            lambda: self.phone.replace_device(head.device),
            lambda: self.phone.change_device_role(head.device, Role.VOLUNTEER),
            lambda: self.phone.admit_held(["AAAAAAAA.9"]),
            lambda: self.phone.dismiss_held(["AAAAAAAA.9"]),
            lambda: self.phone.erase("00" * 16),
        ]:
            with self.assertRaises((FieldbookRefused.Rule, FieldbookRefused.Input)) as raised:
                refused()
            self.assertRegex(raised.exception.sentence, "[әғқңөұүһі]")

    def test_the_subdivisions_card_is_read_and_a_wish_to_leave_is_said(self):
        cards = {card.full_name: card for card in self.phone.squad_cards()}
        own = cards["Айдос Серікұлы"]
        self.assertTrue(own.eligible)
        self.assertIn(".".join(reversed(own.as_of.split("-"))), own.sentence)
        self.assertTrue(self.phone.wish_to_leave())
        self.phone.sync(HttpCarrier())

    def test_a_status_that_is_not_200_is_told(self):
        class Refusing(HttpCarrier):
            def carry(self, address, request, answer_bytes_max):
                raise CarrierFailed.Status(code=503)

        with self.assertRaises(FieldbookRefused.Unreachable) as raised:
            self.phone.sync(Refusing())
        self.assertIn("503", raised.exception.trace)
        self.assertTrue(raised.exception.sentence)

    def test_a_handle_that_was_stopped_tells_no_more(self):
        notices = Notices()
        self.phone.watch(notices).stop()
        self.phone.write_entry(self.start_patrol(), round_of("Тыныш"))
        self.phone.sync(HttpCarrier())
        self.assertEqual(notices.told, [])

    def test_refusals_come_in_few_kinds(self):
        patrol = self.start_patrol()
        off_the_globe = NewPosition(point=Point(latitude=95, longitude=80), origin=PositionOrigin.MOCK())
        for entry in [round_of("  "), round_of("ә" * 2000), round_of("Тұман", position=off_the_globe)]:
            with self.assertRaises(FieldbookRefused.Input):
                self.phone.write_entry(patrol, entry)
        with self.assertRaises(FieldbookRefused.Rule):
            self.phone.patrol("00112233445566778899aabbccddeeff")
        with self.assertRaises(FieldbookRefused.Storage):
            Fieldbook.open(self.opening, Hardware(mask=1))
        self.assertEqual(Fieldbook.open(self.opening, Hardware()).patrol(patrol).entries, [], "beside the one that is open")

    def test_a_phone_locks_itself_and_its_hardware_opens_it_again(self):
        patrol = self.start_patrol()
        key = self.phone.write_entry(patrol, round_of("Тыныш"))
        self.assertFalse(self.phone.lock_if_idle())
        self.phone.lock()
        self.assertTrue(self.phone.is_locked())
        for refused in [self.phone.status, lambda: self.phone.write_entry(patrol, round_of("Тыныш"))]:
            with self.assertRaises(FieldbookRefused.Locked) as raised:
                refused()
            self.assertIn("құлыптаулы", raised.exception.sentence)
        hardware = Hardware()
        self.phone.unlock(hardware)
        self.assertEqual((hardware.asked, self.custody_of(patrol, key)), (1, Custody.ON_THIS_PHONE))
        self.phone.sync(HttpCarrier())
        self.assertEqual(self.custody_of(patrol, key), Custody.AT_RELAY)

    def test_every_reason_of_the_hardware_is_told_as_itself(self):
        self.phone.lock()
        hardware, told = Hardware(), set()
        reasons = [
            KeyHolderRefused.Invalidated(),
            KeyHolderRefused.Cancelled(),
            KeyHolderRefused.NotUnlocked(),
            KeyHolderRefused.Gone(),
            KeyHolderRefused.Failed(),
        ]
        for hardware.refuses in reasons:
            with self.assertRaises(FieldbookRefused.Storage) as raised:
                self.phone.unlock(hardware)
            told.add(raised.exception.sentence)
        self.assertEqual(len(told), len(reasons))
        hardware.refuses = ValueError("Айдос, +7 700 000 00 00")
        with self.assertRaises(FieldbookRefused.Storage) as raised:
            self.phone.unlock(hardware)
        self.assertNotIn("Айдос", str(raised.exception) + raised.exception.sentence)
        self.phone.unlock(Hardware())

    def custody_of(self, patrol, key):
        (entry,) = [entry for entry in self.phone.patrol(patrol).entries if entry.statement.key == key]
        return entry.statement.custody

    @staticmethod
    def steps(notices, key):
        return [moved.custody for notice in notices.told for moved in notice.moved if moved.entry == key]


if __name__ == "__main__":
    unittest.main()
