package jasaq

import java.io.IOException
import java.net.ConnectException
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.time.Duration

/**
 * A carrier over the JDK's HTTP, as a host would write one. In clear text, which is for this machine only. Redirects are not
 * followed: no relay redirects.
 */
open class HttpCarrier : Carrier {
    private val client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()

    override fun fetchIdentity(address: String): String {
        val health = exchange(request(address, "/v1/health").GET(), HEALTH_BYTES_MAX)
        val relay = Regex("\"relay\":\"([0-9a-f]+)\"").find(health.bytes.decodeToString())
        return relay?.groupValues?.get(1) ?: throw CarrierFailed.NotARelay()
    }

    override fun carry(address: String, request: ByteArray, answerBytesMax: UInt): NewAnswer =
        exchange(request(address, "/v1/sync").POST(BodyPublishers.ofByteArray(request)), answerBytesMax.toInt())

    override fun carryParts(address: String, request: PartsRequestView, answerBytesMax: UInt): NewAnswer {
        val about = request(address, request.route).header("jasaq-part", request.part)
        val body = request.body
        val verb = if (body == null) about.GET() else about.PUT(BodyPublishers.ofByteArray(body))
        return exchange(verb, answerBytesMax.toInt())
    }

    private fun request(address: String, path: String) =
        HttpRequest.newBuilder(URI.create(address + path)).timeout(PAUSE_MAX)

    private fun exchange(request: HttpRequest.Builder, bytesMax: Int): NewAnswer {
        val response = try {
            client.send(request.build(), BodyHandlers.ofInputStream())
        } catch (_: ConnectException) {
            throw CarrierFailed.Unreachable()
        } catch (_: IOException) {
            throw CarrierFailed.Broken()
        }
        response.body().use { body ->
            if (response.statusCode() != 200) throw CarrierFailed.Status(response.statusCode().toUShort())
            return readWhatComes(body, bytesMax)
        }
    }

    /** Of an answer that breaks off, what came is returned. */
    private fun readWhatComes(body: java.io.InputStream, bytesMax: Int): NewAnswer {
        val came = java.io.ByteArrayOutputStream()
        val piece = ByteArray(16 * 1024)
        try {
            while (came.size() < bytesMax) {
                val length = body.read(piece, 0, minOf(piece.size, bytesMax - came.size()))
                if (length < 0) return NewAnswer(came.toByteArray(), isWhole = true)
                came.write(piece, 0, length)
            }
        } catch (_: IOException) {
            // What came before is worth having.
        }
        return NewAnswer(came.toByteArray(), isWhole = false)
    }

    private companion object {
        /** A relay thinks for less; a link that is silent for longer is gone. */
        val PAUSE_MAX: Duration = Duration.ofSeconds(60)
        const val HEALTH_BYTES_MAX = 4096
    }
}
