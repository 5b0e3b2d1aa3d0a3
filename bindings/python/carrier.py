"""A carrier over the standard library's HTTP, as a host would write one."""

import json
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from jasaq import Carrier, CarrierFailed, NewAnswer

# A relay thinks for less; a link that is silent for longer is gone.
PAUSE_SECONDS_MAX = 60
HEALTH_BYTES_MAX = 4096


class HttpCarrier(Carrier):
    """Carries in clear text, which is for this machine only. Redirects are not followed: no relay redirects."""

    def fetch_identity(self, address):
        answer = self._exchange("GET", address, "/v1/health", None, HEALTH_BYTES_MAX)
        try:
            return json.loads(answer.bytes)["relay"]
        except (ValueError, KeyError, TypeError) as error:
            raise CarrierFailed.NotARelay() from error

    def carry(self, address, request, answer_bytes_max):
        return self._exchange("POST", address, "/v1/sync", request, answer_bytes_max)

    def carry_parts(self, address, request, answer_bytes_max):
        method = "GET" if request.body is None else "PUT"
        headers = {"jasaq-part": request.part}
        return self._exchange(method, address, request.route, request.body, answer_bytes_max, headers)

    def _exchange(self, method, address, path, body, bytes_max, headers=None):
        connection = HTTPConnection(urlsplit(address).netloc, timeout=PAUSE_SECONDS_MAX)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            if response.status != 200:
                raise CarrierFailed.Status(code=response.status)
            # Of an answer that breaks off, what came is returned; what is due beyond it stays in `length`.
            answer = response.read(bytes_max)
            return NewAnswer(bytes=answer, is_whole=not response.length)
        except ConnectionRefusedError as error:
            raise CarrierFailed.Unreachable() from error
        except (OSError, HTTPException) as error:
            raise CarrierFailed.Broken() from error
        finally:
            connection.close()
