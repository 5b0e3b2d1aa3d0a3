package jasaq

import java.nio.file.Files
import java.time.LocalDate
import java.time.OffsetDateTime
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.assertThrows

/**
 * A squad's day from Kotlin: join, record, exchange, read, and hear how far everything has come.
 *
 * What crosses the border is tested here, not the rules behind it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DayTest {
    private val district = District()
    private val opening = NewOpening(home = "${district.path("phone")}", language = Language.KK)
    private val phone = join(district.head)

    @AfterAll
    fun close() {
        phone.close()
        district.close()
    }

    /** The phone joins by the head's code; the head compares the words; the SS sends the member's card. */
    private fun join(head: Device): Fieldbook {
        val phone = Fieldbook.join(opening, Hardware(), head.invite("--role", "vol"))
        phone.sync(HttpCarrier())
        val member = head.confirm(phone.joinWords()!!)
        district.ss.sync()
        district.ss.run("squad", "card", member, "--name", "Айдос Серікұлы")
        district.ss.sync()
        phone.sync(HttpCarrier())
        return phone
    }

    @Test
    fun `a phone joins by code and words`() {
        assertEquals(Role.VOLUNTEER, phone.status().role)
        assertNull(phone.joinWords(), "it is in")
        assertEquals(district.address, phone.status().relay)
    }

    @Test
    fun `an entry goes all the way and everybody shows it`() {
        val notices = Notices()
        val handle = phone.watch(notices)
        val patrol = startPatrol()
        val position = NewPosition(Point(44.16, 80.01), PositionOrigin.Measured, accuracyMetres = 6.0)
        val entry = round("Тұман, көріну 50 м").copy(position = position, gpsTime = "2026-05-01T03:10:00Z")
        val key = phone.writeEntry(patrol, entry)
        assertEquals(Custody.ON_THIS_PHONE, custodyOf(patrol, key))

        phone.sync(HttpCarrier())
        assertEquals(listOf(Custody.AT_RELAY), notices.steps(key))
        district.head.sync()
        phone.sync(HttpCarrier())
        assertEquals(listOf(Custody.AT_RELAY, Custody.WITH_HEAD), notices.steps(key))
        district.ss.sync()
        phone.sync(HttpCarrier())
        assertEquals(listOf(Custody.AT_RELAY, Custody.WITH_HEAD, Custody.WITH_SS), notices.steps(key))
        assertEquals(phone.status().ownEntries, notices.told.last().ownEntries)

        val shown = district.ss.run("patrol", "show", patrol)
        assertTrue(key in shown.fields("key"))
        assertTrue("Тұман, көріну 50 м" in shown.fields("text"))
        assertTrue("2026-05-01T03:10:00Z" in shown.fields("gps"))
        handle.stop()
    }

    @Test
    fun `what others wrote is read with three clocks, a name and flags`() {
        val patrol = startPatrol()
        val key = phone.writeEntry(patrol, round("Өткел тексерілді"))
        phone.sync(HttpCarrier())
        district.head.sync()
        val other = district.head.run(
            "entry", "add", patrol, "--text", "Остановлен УАЗ",
            "--activity", "inspection", "--kind", "vehicle", "--mode", "independent",
            "--gps-time", "2026-05-01T04:00:00Z", "--at", "2026-05-01T09:00:00+05:00",
            "--lat", "44.17", "--lon", "80.02",
        ).field("key")
        district.head.sync()
        phone.sync(HttpCarrier())
        phone.endPatrol(patrol)

        val view = phone.patrol(patrol)
        val own = view.entries.single { it.statement.key == key }.statement
        assertEquals("Айдос Серікұлы", own.authorName)
        assertNull(own.receivedAt, "it was never received")
        assertEquals(listOf("no_fix"), own.flags.map { it.code })
        val others = view.entries.single { it.statement.key == other }
        assertEquals("Остановлен УАЗ", others.text)
        assertEquals(Activity.Inspection(InspectionKind.VEHICLE, ActivityMode.INDEPENDENT), others.activity)
        assertEquals(Point(44.17, 80.02), others.position?.point)
        assertEquals("2026-05-01T09:00:00+05:00", others.statement.happenedAt)
        assertEquals("2026-05-01T04:00:00Z", others.statement.gpsTime)
        OffsetDateTime.parse(others.statement.recordedAt)
        OffsetDateTime.parse(others.statement.receivedAt!!)
        assertEquals("Б. Ахметов", view.starts.first().controllingRepresentative)
        val summary = phone.patrols(50u).single { it.patrol == patrol }
        assertTrue(summary.isOver)
        assertEquals(2u.toULong(), summary.entries)
    }

    @Test
    fun `what a host throws is a refusal and loses nothing`() {
        val patrol = startPatrol()
        val key = phone.writeEntry(patrol, round("Тыныш"))
        val handle = phone.watch(Throwing())
        val refused = assertThrows<FieldbookRefused.Unreachable> { phone.sync(Throwing()) }
        assertFalse("Айдос" in refused.message)
        phone.sync(HttpCarrier())
        assertEquals(Custody.AT_RELAY, custodyOf(patrol, key), "whatever the watcher made of it")
        handle.stop()
    }

    @Test
    fun `a system carries while the program is dead`() {
        val patrol = startPatrol()
        val key = phone.writeEntry(patrol, round("Тыныш"))
        val prepared = phone.prepareContact()
        val answer = HttpCarrier().carry(prepared.address, prepared.request, prepared.answerBytesMax)
        Fieldbook.open(opening, Hardware()).use { later ->
            val cut = NewAnswer(answer.bytes.dropLast(1).toByteArray(), isWhole = false)
            assertThrows<FieldbookRefused.Unreachable> { later.takeAnswer(prepared.ticket, cut) }
            repeat(2) { later.takeAnswer(prepared.ticket, answer) }
        }
        assertEquals(Custody.AT_RELAY, custodyOf(patrol, key))
        val never = phone.prepareContact()
        val clock = CarrierFailed.Certificate(CertificateFlaw.NOT_YET_VALID)
        val refused = assertThrows<FieldbookRefused.Unreachable> { phone.contactFailed(never.ticket, clock) }
        assertTrue("сағаты артта" in refused.sentence)
    }

    @Test
    fun `two phones meet over any way that carries bytes`() {
        val opening = NewOpening(home = "${district.path("second")}", language = Language.KK)
        Fieldbook.join(opening, Hardware(), district.head.invite("--role", "vol")).use { second ->
            second.sync(HttpCarrier())
            district.head.confirm(second.joinWords()!!)
            second.sync(HttpCarrier())
            val patrol = second.startPatrol(NewPatrol(ActivityMode.JOINT))
            val key = second.writeEntry(patrol, round("Өткелде із бар"))

            val showing = phone.listenForMeeting(listOf("192.168.43.1:7341"))
            val calling = second.callToMeeting(showing.code())
            assertEquals(listOf("192.168.43.1:7341"), second.meetingAddresses(showing.code()))
            var ends = showing to calling
            var step = calling.begin()
            val stages = mutableListOf<MeetingStageView>()
            while (step.bytes.isNotEmpty()) {
                step = ends.first.received(step.bytes)
                stages += step.stage
                ends = ends.second to ends.first
            }
            assertTrue(stages.last() is MeetingStageView.Even)
            assertTrue(stages.any { it is MeetingStageView.Exchanging })
            assertTrue(listOf(showing, calling).all { it.end().even })
            assertTrue(phone.patrol(patrol).entries.any { it.statement.key == key })

            val cut = second.callToMeeting(showing.code())
            cut.begin()
            assertThrows<FieldbookRefused.Unreachable> { cut.end(MeetingBroken.CUT) }
            assertThrows<FieldbookRefused.Input> { second.callToMeeting("jasaq-meet:00") }
            listOf(showing, calling, cut).forEach { it.close() }
        }
    }

    @Test
    fun `a photo goes to who asks for it and what it tells of its place stays behind`() {
        val patrol = startPatrol()
        val path = district.path("ford.jpg")
        Files.write(path, PICTURE)
        val photo = NewAttachment(NewContent.File("$path"), caption = "өткел", thumbnail = PICTURE)
        val key = phone.attach(patrol, photo)
        phone.sync(HttpCarrier())
        assertEquals(2u.toULong(), phone.carryAttachments(HttpCarrier()).brought)
        val view = phone.attachments(patrol).single()
        assertEquals(Triple(key, "өткел", AttachmentStandingView.OPEN), Triple(view.key, view.caption, view.standing))
        assertEquals(Custody.AT_RELAY, view.custody)

        district.head.sync()
        district.head.run("attachment", "fetch", key)
        district.head.sync()
        val saved = district.path("saved.jpg")
        district.head.run("attachment", "save", key, "-o", "$saved")
        assertArrayEquals(Files.readAllBytes(saved), phone.readAttachment(key))
        assertFalse("fog" in phone.readThumbnail(key)!!.decodeToString())

        phone.eraseAttachment(key, false)
        assertThrows<FieldbookRefused.Rule> { phone.wantAttachment(key, true) }
        val scan = NewAttachment(NewContent.Bytes("%PDF-1.7".encodeToByteArray()))
        assertThrows<FieldbookRefused.Input> { phone.attach(patrol, scan) }
    }

    @Test
    fun `a satchel goes both ways`() {
        val patrol = startPatrol()
        val key = phone.writeEntry(patrol, round("Қапшықта"))
        val folder = Files.createDirectory(district.path("satchels"))
        val parts = phone.exportSatchelParts("$folder", 65536u)
        district.head.run("satchel", "import", *parts.files.toTypedArray())
        assertTrue(key in district.head.run("patrol", "show", patrol).fields("key"))
        val back = "${folder.resolve("back.jasaq")}"
        district.head.run("satchel", "export", back)
        assertFalse(phone.importSatchel(back).isCut)
        assertEquals(listOf(back), phone.exportSatchel(back, withAttachments = true).files)
        assertThrows<FieldbookRefused.Storage> { phone.importSatchel("$folder/none.jasaq") }
        phone.sync(HttpCarrier())
    }

    @Test
    fun `who may not remove or admit is told so in his language`() {
        val devices = phone.devices()
        val own = devices.single { it.isThis }.device
        val head = devices.single { it.role == Role.SQUAD_HEAD }.device
        assertTrue(phone.held().isEmpty())
        val refused = listOf<() -> Unit>(
            { phone.removeDevice(own) },
            { phone.replaceDevice(head) },
            { phone.changeDeviceRole(head, Role.VOLUNTEER) },
            { phone.admitHeld(listOf("AAAAAAAA.9")) },
            { phone.dismissHeld(listOf("AAAAAAAA.9")) },
        )
        for (work in refused) {
            val sentence = when (val why = assertThrows<FieldbookRefused> { work() }) {
                is FieldbookRefused.Rule -> why.sentence
                is FieldbookRefused.Input -> why.sentence
                else -> throw why
            }
            assertTrue(sentence.any { it in "әғқңөұүһі" }, sentence)
        }
    }

    @Test
    fun `a status that is not 200 is told`() {
        val refusing = object : HttpCarrier() {
            override fun carry(address: String, request: ByteArray, answerBytesMax: UInt): NewAnswer =
                throw CarrierFailed.Status(503u)
        }
        val refused = assertThrows<FieldbookRefused.Unreachable> { phone.sync(refusing) }
        assertTrue("503" in refused.trace)
        assertTrue(refused.sentence.isNotBlank())
    }

    @Test
    fun `a handle that was closed tells no more`() {
        val notices = Notices()
        phone.watch(notices).close()
        phone.writeEntry(startPatrol(), round("Тыныш"))
        phone.sync(HttpCarrier())
        assertTrue(notices.told.isEmpty())
    }

    @Test
    fun `a phone locks itself and its hardware opens it again`() {
        val patrol = startPatrol()
        val key = phone.writeEntry(patrol, round("Тыныш"))
        assertFalse(phone.lockIfIdle())
        phone.lock()
        assertTrue(phone.isLocked())
        val refused = assertThrows<FieldbookRefused.Locked> { phone.status() }
        assertTrue("құлыптаулы" in refused.sentence)
        assertThrows<FieldbookRefused.Locked> { phone.writeEntry(patrol, round("Тыныш")) }
        val hardware = Hardware()
        phone.unlock(hardware)
        assertEquals(1, hardware.asked)
        assertEquals(Custody.ON_THIS_PHONE, custodyOf(patrol, key))
        phone.sync(HttpCarrier())
        assertEquals(Custody.AT_RELAY, custodyOf(patrol, key))
    }

    @Test
    fun `every reason of the hardware is told as itself`() {
        phone.lock()
        val hardware = Hardware()
        val reasons = listOf(
            KeyHolderRefused.Invalidated(),
            KeyHolderRefused.Cancelled(),
            KeyHolderRefused.NotUnlocked(),
            KeyHolderRefused.Gone(),
            KeyHolderRefused.Failed(),
        )
        val told = reasons.map {
            hardware.refuses = it
            assertThrows<FieldbookRefused.Storage> { phone.unlock(hardware) }.sentence
        }
        assertEquals(reasons.size, told.toSet().size)
        hardware.refuses = IllegalStateException("Айдос, +7 700 000 00 00")
        val refused = assertThrows<FieldbookRefused.Storage> { phone.unlock(hardware) }
        assertFalse("Айдос" in refused.message + refused.sentence)
        phone.unlock(Hardware())
    }

    @Test
    fun `the subdivision's cards are read, and a wish to leave is said and taken by the relay`() {
        val known = phone.squadCards()!!.single().member
        val member = district.ss.run("squad", "show").fields("member").first { it != known }
        district.ss.run("squad", "card", member, "--name", "Б. Ахметов", "--not-eligible", "--as-of", "2026-05-01")
        district.ss.sync()
        phone.sync(HttpCarrier())
        val cards = phone.squadCards()!!.associateBy { it.fullName }
        val own = cards.getValue("Айдос Серікұлы")
        assertTrue(own.eligible)
        assertTrue("Патрульге шыға алады" in own.sentence, own.sentence)
        LocalDate.parse(own.asOf)
        assertNull(own.certificateNumber)
        val other = cards.getValue("Б. Ахметов")
        assertEquals(listOf(false, "2026-05-01"), listOf(other.eligible, other.asOf))
        assertTrue("Енді патрульге шыға алмайды" in other.sentence, other.sentence)

        val key = phone.wishToLeave()
        assertTrue(Regex("[\\w-]{8}\\.\\d+").matches(key), key)
        assertTrue(phone.status().pending > 0u)
        phone.sync(HttpCarrier())
        val status = phone.status()
        assertEquals(listOf<ULong>(0u, 0u, 0u), listOf(status.pending, status.outboxEnvelopes, status.refused))
        phone.lock()
        assertThrows<FieldbookRefused.Locked> { phone.squadCards() }
        assertThrows<FieldbookRefused.Locked> { phone.wishToLeave() }
        phone.unlock(Hardware())
    }

    @Test
    fun `refusals come in few kinds`() {
        val patrol = startPatrol()
        val offTheGlobe = NewPosition(Point(95.0, 80.0), PositionOrigin.Mock)
        for (entry in listOf(round("  "), round("ә".repeat(2000)), round("Тұман").copy(position = offTheGlobe))) {
            assertThrows<FieldbookRefused.Input> { phone.writeEntry(patrol, entry) }
        }
        assertThrows<FieldbookRefused.Rule> { phone.patrol("00112233445566778899aabbccddeeff") }
        assertThrows<FieldbookRefused.Storage> { Fieldbook.open(opening, Hardware(mask = 1)) }
        Fieldbook.open(opening, Hardware()).use { beside -> assertTrue(beside.patrol(patrol).entries.isEmpty()) }
    }

    private fun startPatrol() =
        phone.startPatrol(NewPatrol(ActivityMode.JOINT, controllingRepresentative = "Б. Ахметов"))

    private fun custodyOf(patrol: String, key: String) =
        phone.patrol(patrol).entries.single { it.statement.key == key }.statement.custody
}
