"""§14, *packed points*: the chunks of a recorded track."""

from __future__ import annotations

from dataclasses import dataclass

from .leb128 import LebReader, write_unsigned
from .refusal import Refusal

NAME = "points"
CHUNK_MAX = 2_048
VERSION = 1
COORDINATES, TIME, ELEVATION, FIRST = 1, 2, 4, 8
LATITUDE_MAX, LONGITUDE_MAX = 900_000_000, 1_800_000_000
TIME_MIN, TIME_MAX = -62_135_510_400_000, 253_402_207_199_999
INT32_MIN, INT32_MAX = -(2**31), 2**31 - 1


@dataclass(frozen=True)
class Point:
    """A point; what it lacks is none. Without coordinates: where the fix was lost."""

    first: bool
    latitude: int | None = None
    longitude: int | None = None
    time: int | None = None
    elevation: int | None = None


def zigzag(value: int) -> int:
    """(v ≪ 1) ⊕ (v ≫ 63)."""
    return value << 1 if value >= 0 else (-value << 1) - 1


def unzigzag(value: int) -> int:
    """The value of a zigzag."""
    return value >> 1 ^ -(value & 1)


def units_of(packed: int) -> tuple[int, int, int, int]:
    """What latitude, longitude, time and elevation were divided by."""
    return tuple(10 ** (packed >> shift & 3) for shift in (0, 2, 4, 6))


class Unpacker:
    """Follows the values of every channel through one chunk, from zero."""

    def __init__(self, reader: LebReader, units: tuple[int, int, int, int]) -> None:
        self.reader, self.units = reader, units
        self.presence = 0
        self.latitude = self.longitude = self.elevation = 0
        self.time: int | None = None
        self.interval = 0

    def delta(self) -> int:
        """A zigzag varint of at most nine bytes."""
        return unzigzag(self.reader.unsigned(9, 63))

    def point(self) -> Point:
        """The next point."""
        head = self.reader.unsigned(9, 63)
        if head & 1:
            self.presence = self.reader.take(1)[0]
        if self.presence & ~(COORDINATES | TIME | ELEVATION | FIRST):
            raise Refusal(NAME, "a presence bit that is not known")
        surprise = unzigzag(head >> 1)
        time = self.next_time(surprise) if self.presence & TIME else None
        if time is None and surprise:
            raise Refusal(NAME, "a surprise of an untimed point")
        latitude, longitude = self.coordinates() if self.presence & COORDINATES else (None, None)
        elevation = None
        if self.presence & ELEVATION:
            self.elevation += self.delta()
            elevation = bounded(self.elevation * self.units[3], INT32_MIN, INT32_MAX)
        return Point(bool(self.presence & FIRST), latitude, longitude, time, elevation)

    def next_time(self, surprise: int) -> int:
        """time = (time before + interval) + surprise; the first timed point's is its surprise."""
        if self.time is None:
            self.time = surprise
        else:
            time = self.time + self.interval + surprise
            self.interval, self.time = time - self.time, time
        return bounded(self.time * self.units[2], TIME_MIN, TIME_MAX)

    def coordinates(self) -> tuple[int, int]:
        """Latitude and longitude, on the globe."""
        self.latitude += self.delta()
        self.longitude += self.delta()
        return (
            bounded(self.latitude * self.units[0], -LATITUDE_MAX, LATITUDE_MAX),
            bounded(self.longitude * self.units[1], -LONGITUDE_MAX, LONGITUDE_MAX),
        )


def bounded(value: int, low: int, high: int) -> int:
    """Values off the globe, the calendar or 32 bits are refused."""
    if not low <= value <= high:
        raise Refusal(NAME, "a value off the globe, the calendar or 32 bits")
    return value


def unpack(data: bytes) -> list[Point]:
    """The points of one chunk."""
    if len(data) > CHUNK_MAX:
        raise Refusal(NAME, "more than 2,048 bytes")
    reader = LebReader(data, NAME)
    if reader.take(1)[0] != VERSION:
        raise Refusal(NAME, "another version")
    unpacker = Unpacker(reader, units_of(reader.take(1)[0]))
    points = []
    while reader.left():
        points.append(unpacker.point())
    if not points:
        raise Refusal(NAME, "no point")
    return points


def pack(points: list[Point], units: int) -> bytes:
    """One chunk of points whose values are multiples of the units."""
    out, divisors = bytes([VERSION, units]), units_of(units)
    last = {"latitude": 0, "longitude": 0, "elevation": 0}
    presence, time_before, interval = 0, None, 0
    for point in points:
        given = FIRST * point.first + (COORDINATES if point.latitude is not None else 0)
        given += (TIME if point.time is not None else 0) + (ELEVATION if point.elevation is not None else 0)
        surprise = 0
        if point.time is not None:
            time = point.time // divisors[2]
            surprise = time if time_before is None else time - time_before - interval
            interval, time_before = (0 if time_before is None else time - time_before), time
        changed = given != presence
        out += write_unsigned(zigzag(surprise) * 2 + changed) + (bytes([given]) if changed else b"")
        presence = given
        for name, divisor in zip(("latitude", "longitude", "elevation"), (divisors[0], divisors[1], divisors[3])):
            if getattr(point, name) is not None:
                value = getattr(point, name) // divisor
                out += write_unsigned(zigzag(value - last[name]))
                last[name] = value
    return out
