package jasaq

import java.nio.file.Files
import java.nio.file.Path

/** A device of the program's, by its home folder. */
class Device(private val home: Path) {
    /** Runs a command and returns what it says, one JSON object. */
    fun run(vararg arguments: String, given: String = ""): String {
        val process = program("--home", "$home", *arguments)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
        process.outputStream.use { it.write(given.encodeToByteArray()) }
        val said = process.inputStream.use { it.readAllBytes().decodeToString() }
        val ended = process.waitFor()
        check(ended == 0) { "${arguments.joinToString(" ")} ended with $ended" }
        return said
    }

    /** Takes what there is and gives what is owed for it: acks go out with the contact after. */
    fun sync() = repeat(2) { run("sync") }

    /** Makes a code that lets one device join, and lets the relay know. */
    fun invite(vararg membering: String): String = run("invite", *membering).field("code").also { sync() }

    /** Lets in the device that waits with these words, and no other; returns the member's id. */
    fun confirm(words: String): String {
        sync()
        val waiting = run("device", "list").fields("words")
        check(waiting == listOf(words)) { "$waiting wait where $words was read out" }
        return run("device", "confirm", words).field("member").also { sync() }
    }
}

/**
 * A district around the phone under test: consoles and the head's phone are the program's, the relay is a real one.
 *
 * Everything lives in one temporary folder and ends with it. Nothing here waits by the clock: the relay says when it listens,
 * a command is done when it ends.
 */
class District : AutoCloseable {
    private val folder: Path = Files.createTempDirectory("jasaq-kotlin-")
    private val ts = Device(path("ts"))
    private val relay: Process

    /** Where the relay listens. */
    val address: String

    /** The structural subdivision's console. */
    val ss: Device

    /** The squad head's phone. */
    val head: Device

    init {
        val root = ts.run("init", "--sheets", "${path("sheets")}").field("root_key")
        relay = startRelay(root)
        val ready = checkNotNull(relay.inputReader().readLine()) { "the relay did not come up: ${trace()}" }
        address = ready.field("address")
        ts.run("device", "relay", address)
        ts.sync()
        ss = join("ss", ts, "--role", "ss", "--office", "SS 1")
        ss.run("squad", "create", "Сарысу")
        head = join("head", ss, "--role", "head")
    }

    fun path(name: String): Path = folder.resolve(name)

    /** The relay ends when its standard input does: also when this process is killed. */
    private fun startRelay(root: String): Process {
        val data = "${path("relay.db")}"
        val trace = path("relay.trace").toFile()
        return program("relay", "--listen", "127.0.0.1:0", "--data", data, "--trust", root, "--until-stdin-ends")
            .redirectError(trace)
            .start()
    }

    private fun trace() = Files.readString(path("relay.trace"))

    /** A device of the program's joins. */
    private fun join(name: String, inviter: Device, vararg membering: String): Device {
        val device = Device(path(name))
        val words = device.run("join", "-", given = inviter.invite(*membering)).field("words")
        device.sync()
        inviter.confirm(words)
        device.sync()
        return device
    }

    /** Ends the relay and takes everything away. */
    override fun close() {
        relay.outputStream.close()
        check(relay.waitFor() == 0) { "the relay ended badly: ${trace()}" }
        check(folder.toFile().deleteRecursively()) { "the folder of the test could not be taken away" }
    }
}

/** The values of a text field, wherever it stands in the JSON; none of ours holds a quotation mark. */
fun String.fields(name: String): List<String> =
    Regex("\"$name\":\"([^\"]*)\"").findAll(this).map { it.groupValues[1] }.toList()

fun String.field(name: String): String = fields(name).first()

private fun program(vararg arguments: String): ProcessBuilder {
    val builder = ProcessBuilder(System.getenv("JASAQ_PROGRAM"), "--json", *arguments)
    // What the person running the tests has set for his own fieldbook is not ours.
    builder.environment().keys.removeIf { it.startsWith("JASAQ_") }
    return builder
}
