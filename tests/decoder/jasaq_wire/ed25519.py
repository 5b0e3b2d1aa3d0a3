"""§1, *signature*: Ed25519 checked strictly.

`cryptography` checks the equation without the cofactor; what it leaves open is checked here first:
S below the group order, the key and R written as RFC 8032 §5.1.3 reads them, neither of small order.
"""

from __future__ import annotations

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FIELD = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE_D = -121665 * pow(121666, -1, FIELD) % FIELD
SQRT_OF_MINUS_1 = pow(2, (FIELD - 1) // 4, FIELD)

Point = tuple[int, int]


def decode_point(encoded: bytes) -> Point | None:
    """RFC 8032 §5.1.3; none if the bytes are no point or not the shortest way to write one."""
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= FIELD:
        return None
    square = (y * y - 1) * pow(CURVE_D * y * y + 1, -1, FIELD) % FIELD
    x = pow(square, (FIELD + 3) // 8, FIELD)
    if (x * x - square) % FIELD:
        x = x * SQRT_OF_MINUS_1 % FIELD
    if (x * x - square) % FIELD or (x == 0 and sign):
        return None
    return (FIELD - x if x & 1 != sign else x), y


def add_points(a: Point, b: Point) -> Point:
    """The complete addition of the twisted Edwards curve (RFC 8032 §5.1.4, affine)."""
    product = CURVE_D * a[0] * b[0] * a[1] * b[1] % FIELD
    x = (a[0] * b[1] + a[1] * b[0]) * pow(1 + product, -1, FIELD)
    y = (a[1] * b[1] + a[0] * b[0]) * pow(1 - product, -1, FIELD)
    return x % FIELD, y % FIELD


def is_small_order(point: Point) -> bool:
    """Whether eight times the point is the neutral element."""
    for _ in range(3):
        point = add_points(point, point)
    return point == (0, 1)


@lru_cache(maxsize=1)
def small_order_heights() -> frozenset[int]:
    """The y of all eight points whose order divides 8, by arithmetic: a point times the group order."""
    for height in range(2, 100):
        start = decode_point(height.to_bytes(32, "little"))
        if start is None:
            continue
        torsion, scalar, power = (0, 1), ORDER, start
        while scalar:
            torsion = add_points(torsion, power) if scalar & 1 else torsion
            power, scalar = add_points(power, power), scalar >> 1
        multiples = [(0, 1)]
        for _ in range(7):
            multiples.append(add_points(multiples[-1], torsion))
        if len(set(multiples)) == 8:
            return frozenset(y for _, y in multiples)
    raise AssertionError("the curve has a point of order eight")


def is_strict_point(encoded: bytes) -> bool:
    """Canonical and not of small order; that it lies on the curve is left to the equation."""
    height = int.from_bytes(encoded, "little") & (2**255 - 1)
    return height < FIELD and height not in small_order_heights()


def verify_strict(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` is the key's over `message`, strictly (§1)."""
    if len(key) != 32 or len(signature) != 64:
        return False
    if int.from_bytes(signature[32:], "little") >= ORDER:
        return False
    if not is_strict_point(key) or not is_strict_point(signature[:32]):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_of(seed: bytes) -> bytes:
    """The verifying key of a 32-byte seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, message: bytes) -> bytes:
    """A signature as RFC 8032 makes it; the decoder uses it to make vectors again."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)
