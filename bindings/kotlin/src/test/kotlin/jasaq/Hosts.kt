package jasaq

/** The smallest picture there can be, with a remark in it. */
val PICTURE: ByteArray =
    "ffd8fffe0007666f672c20ffda0002010203ffd9".chunked(2).map { it.toInt(16).toByte() }.toByteArray()

/** A phone's hardware, as a host would write one over the Keystore: here it turns bits, and says no if it is told to. */
class Hardware(private val mask: Int = 0x5A) : KeyHolder {
    var refuses: Exception? = null
    var asked = 0

    override fun wrap(key: ByteArray): ByteArray = unwrap(key)

    override fun unwrap(wrapped: ByteArray): ByteArray {
        asked++
        refuses?.let { throw it }
        return ByteArray(wrapped.size) { (wrapped[it].toInt() xor mask).toByte() }
    }
}

/** An entry about a round. */
fun round(text: String) =
    NewEntry(Activity.BorderService(BorderServiceKind.ROUND, ActivityMode.JOINT), text)

/** Keeps what it is told. */
class Notices : Watcher {
    val told = mutableListOf<CustodyNotice>()

    override fun custodyChanged(notice: CustodyNotice) {
        told += notice
    }

    fun steps(key: String) = told.flatMap { it.moved }.filter { it.entry == key }.map { it.custody }
}

/** A host with a defect: whatever it is asked, it throws. */
class Throwing : Carrier, Watcher {
    override fun fetchIdentity(address: String): String = throw IllegalStateException("Айдос, +7 700 000 00 00")

    override fun carry(address: String, request: ByteArray, answerBytesMax: UInt): NewAnswer =
        throw IllegalStateException("Айдос, +7 700 000 00 00")

    override fun carryParts(address: String, request: PartsRequestView, answerBytesMax: UInt): NewAnswer =
        throw IllegalStateException("Айдос, +7 700 000 00 00")

    override fun custodyChanged(notice: CustodyNotice) = throw IllegalStateException("Айдос, +7 700 000 00 00")
}
