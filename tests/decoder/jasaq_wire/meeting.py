"""§17: what two devices that meet say, frame by frame. The channel itself is Noise's."""

from __future__ import annotations

from dataclasses import dataclass

from . import ids
from .attachments import STEP, Name
from .reader import Reader
from .version import VERSION

PREFIX = "jasaq-meet:"
PROOF, HELLO, PARTS, ASK, ANSWER, PAUSE, TURN, LEAVE, OWED, WANTED, GIVEN = range(33, 44)
STEPS = 16
START, END = bytes(32), b"\xff" * 32
NOT_A_FRAME = "malformed"

Tips = tuple[tuple[int, bytes], ...]


@dataclass(frozen=True)
class Code:
    """What the listener's code says."""

    secret: bytes
    mark: bytes
    port: int
    hosts: tuple[bytes, ...]

    @property
    def channel_key(self) -> bytes:
        """The psk of the channel."""
        return ids.derive("jasaq 1 meeting", self.secret)

    def body(self) -> bytes:
        """The bytes under the checksum."""
        hosts = b"".join(bytes([4 if len(host) == 4 else 6]) + host for host in self.hosts)
        return bytes([VERSION]) + self.secret + self.mark + self.port.to_bytes(2, "big") + bytes([len(self.hosts)]) + hosts


def mark_of(device: bytes) -> bytes:
    """Enough of a device's id to tell it from every other."""
    return ids.derive("jasaq 1 meeting device", device)[:8]


def checksum_of(body: bytes) -> bytes:
    """What stands behind a code's body."""
    return ids.derive("jasaq 1 meeting checksum", body)[:4]


def read_code(body: bytes) -> Code:
    """A code's body, without its checksum."""
    reader = Reader(body, NOT_A_FRAME)
    if reader.number(1) != VERSION:
        raise reader.refuse("a newer version")
    secret, mark, port = reader.take(16), reader.take(8), reader.number(2)
    hosts = tuple(reader.take({4: 4, 6: 16}[reader.number(1)]) for _ in range(reader.number(1)))
    reader.end()
    return Code(secret, mark, port, hosts)


def proof_bytes(caller: bool, binding: bytes, device: bytes, roll: bytes) -> bytes:
    """What a device signs."""
    return b"jasaq 1 meeting proof" + bytes([caller]) + binding + device + roll


def digest(held: dict[bytes, Tips]) -> bytes:
    """Over what may be told of a range."""
    out = b""
    for key, tips in sorted(held.items()):
        out += key + len(tips).to_bytes(2, "big")
        out += b"".join(number.to_bytes(8, "big") + head for number, head in tips)
    return ids.derive("jasaq 1 holdings", out)


def read_held(reader: Reader) -> dict[bytes, Tips]:
    """Space by space, journal by journal, each with its tips; all strictly rising."""
    held: dict[bytes, Tips] = {}
    for _ in range(reader.number(2)):
        space = reader.take(16)
        for _ in range(reader.number(2)):
            key = space + reader.take(16)
            tips = tuple((reader.number(8), reader.take(8)) for _ in range(reader.number(1)))
            if list(tips) != sorted(set(tips)) or len(tips) > 8 or any(key <= other for other in held):
                raise reader.refuse("not strictly rising")
            held[key] = tips
    return held


def write_held(held: dict[bytes, Tips]) -> bytes:
    """The same again."""
    spaces: dict[bytes, list[bytes]] = {}
    for key in sorted(held):
        spaces.setdefault(key[:16], []).append(key)
    out = len(spaces).to_bytes(2, "big")
    for space, keys in spaces.items():
        out += space + len(keys).to_bytes(2, "big")
        for key in keys:
            out += key[16:] + bytes([len(held[key])])
            out += b"".join(number.to_bytes(8, "big") + head for number, head in held[key])
    return out


def read_name(reader: Reader) -> Name:
    """A root and a length that an attachment can have."""
    name = Name(reader.take(32), reader.number(8))
    if not 0 < name.length <= 1 << 26 or 1 <= name.length % 65_536 <= 16:
        raise reader.refuse("no attachment has that length")
    return name


def read_names(reader: Reader, with_step: bool) -> dict[Name, int]:
    """Names that strictly rise, each with a step if it has one: the first that is wanted, or the one behind the last given."""
    names: dict[Name, int] = {}
    for _ in range(reader.number(1)):
        name = read_name(reader)
        if any((name.root, name.length) <= (other.root, other.length) for other in names):
            raise reader.refuse("not strictly rising")
        names[name] = reader.number(8) if with_step else 0
    if not 1 <= len(names) <= 32:
        raise reader.refuse("too many names, or none")
    return names


def steps_in(name: Name) -> int:
    """How many steps it has."""
    return -(-name.length // STEP)


def payload_of(frame: bytes, kind: int) -> Reader:
    """The payload of the one frame that stands in these bytes, of this kind."""
    reader = Reader(frame, NOT_A_FRAME)
    if reader.number(1) != kind:
        raise reader.refuse("another kind")
    payload = reader.take(reader.number(2))
    reader.end()
    return Reader(payload, NOT_A_FRAME)
