"""§16: attachments: sealing and opening parts, the tree over their steps, proofs, heads and answers."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from . import ed25519, ids
from .refusal import Refusal
from .version import VERSION

STEP, PART, TAG = 4_096, 65_536, 16
CHUNK = 1_024
MASK = 0xFFFFFFFF
IV = (0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19)
ORDER = (2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8)
CHUNK_START, CHUNK_END, PARENT, ROOT = 1, 2, 4, 8


def compress(value: tuple[int, ...], block: bytes, counter: int, flags: int) -> tuple[int, ...]:
    """BLAKE3's compression, the first eight words of it."""
    padded = block.ljust(64, b"\0")
    words = [int.from_bytes(padded[i : i + 4], "little") for i in range(0, 64, 4)]
    state = [*value, *IV[:4], counter & MASK, counter >> 32, len(block), flags]
    for turn in range(7):
        for step, (a, b, c, d) in enumerate(QUARTERS):
            quarter(state, (a, b, c, d), words[2 * step], words[2 * step + 1])
        words = [words[i] for i in ORDER] if turn < 6 else words
    return tuple(state[i] ^ state[i + 8] for i in range(8))


QUARTERS = (
    (0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
    (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14),
)  # fmt: skip


def quarter(state: list[int], at: tuple[int, int, int, int], first: int, second: int) -> None:
    """One mixing of four words."""
    a, b, c, d = at
    for word, (turn, other) in ((first, (16, 12)), (second, (8, 7))):
        state[a] = (state[a] + state[b] + word) & MASK
        state[d] = right(state[d] ^ state[a], turn)
        state[c] = (state[c] + state[d]) & MASK
        state[b] = right(state[b] ^ state[c], other)


def right(word: int, by: int) -> int:
    """Turned to the right."""
    return (word >> by | word << (32 - by)) & MASK


def joined(value: tuple[int, ...]) -> bytes:
    """Eight words as bytes."""
    return b"".join(word.to_bytes(4, "little") for word in value)


def parent(left: bytes, right_one: bytes, flags: int = 0) -> bytes:
    """The value above two subtrees."""
    return joined(compress(IV, left + right_one, 0, PARENT | flags))


def step_value(number: int, step: bytes) -> bytes:
    """The value of one step of several: a subtree of up to four chunks."""
    first, values = number * STEP // CHUNK, []
    for index, at in enumerate(range(0, len(step), CHUNK)):
        chunk, value = step[at : at + CHUNK], IV
        blocks = [chunk[i : i + 64] for i in range(0, len(chunk), 64)]
        for place, block in enumerate(blocks):
            flags = (CHUNK_START if place == 0 else 0) | (CHUNK_END if place == len(blocks) - 1 else 0)
            value = compress(value, block, first + index, flags)
        values.append(joined(value))
    return fold(values)


def middle(count: int) -> int:
    """The largest power of two below the count."""
    return 1 << (count - 1).bit_length() - 1


def fold(values: list[bytes]) -> bytes:
    """The value above a list of subtrees, which is not the root."""
    if len(values) == 1:
        return values[0]
    at = middle(len(values))
    return parent(fold(values[:at]), fold(values[at:]))


@dataclass(frozen=True)
class Name:
    """Root and length."""

    root: bytes
    length: int

    @property
    def parts(self) -> int:
        return -(-self.length // PART)


def seal(key: bytes, content: bytes) -> list[bytes]:
    """The sealed parts of a content."""
    pieces = [content[i : i + PART - TAG] for i in range(0, len(content), PART - TAG)]
    length = len(content) + TAG * len(pieces)
    return [cipher(key, length, number).encrypt(bytes(12), piece, b"") for number, piece in enumerate(pieces)]


def open_part(key: bytes, name: Name, number: int, sealed: bytes) -> bytes:
    """What is in a part."""
    try:
        return cipher(key, name.length, number).decrypt(bytes(12), sealed, b"")
    except InvalidTag:
        raise Refusal("attachment", "not of this key, length and number") from None


def cipher(key: bytes, length: int, number: int) -> ChaCha20Poly1305:
    """The cipher of one part."""
    material = key + length.to_bytes(8, "big") + number.to_bytes(8, "big")
    return ChaCha20Poly1305(ids.derive("jasaq 1 attachment part", material))


def proof(parts: list[bytes], number: int) -> bytes:
    """Leads from a part's steps to the root."""
    steps = [part[i : i + STEP] for part in parts for i in range(0, len(part), STEP)]
    if len(steps) == 1:
        return b""
    values = [step_value(at, step) for at, step in enumerate(steps)]
    by_part = [values[i : i + PART // STEP] for i in range(0, len(values), PART // STEP)]
    level, at, beside = [fold(part) for part in by_part], number, []
    while len(level) > 1:
        cut = middle(len(level))
        if at < cut:
            beside.append(fold(level[cut:]))
            level = level[:cut]
        else:
            beside.append(fold(level[:cut]))
            level, at = level[cut:], at - cut
    return b"".join(beside + by_part[number])


def check_proof(name: Name, number: int, given: bytes, sealed: bytes) -> bool:
    """Whether a part's bytes and proof belong to the name."""
    values = [given[i : i + 32] for i in range(0, len(given), 32)]
    steps = [sealed[i : i + STEP] for i in range(0, len(sealed), STEP)]
    if not given:
        return ids.plain(sealed) == name.root
    count, at, turns = name.parts, number, []
    while count > 1:
        cut = middle(count)
        turns.append(at < cut)
        count, at = (cut, at) if at < cut else (count - cut, at - cut)
    beside, of_steps = values[: len(turns)], values[len(turns) :]
    first = number * PART // STEP
    if of_steps != [step_value(first + i, step) for i, step in enumerate(steps)]:
        return False
    value = fold(of_steps)
    for left, other in list(zip(turns, beside))[:0:-1]:
        value = parent(value, other) if left else parent(other, value)
    if not turns:
        cut = middle(len(of_steps))
        return parent(fold(of_steps[:cut]), fold(of_steps[cut:]), ROOT) == name.root
    return (parent(value, beside[0], ROOT) if turns[0] else parent(beside[0], value, ROOT)) == name.root


def head(seed: bytes, relay: bytes, verb: int, space: bytes, name: Name, start: int, nonce: bytes) -> bytes:
    """A signed head."""
    about = name.root + name.length.to_bytes(8, "big") + start.to_bytes(8, "big")
    unsigned = b"JQP" + bytes([VERSION, verb]) + ed25519.public_of(seed) + space + about + nonce
    return unsigned + ed25519.sign(seed, unsigned + relay)


def answer(seed: bytes, given: bytes, standing: int, held: int) -> bytes:
    """A relay's signed answer to a head."""
    unsigned = b"JQQ" + bytes([VERSION, standing]) + held.to_bytes(8, "big")
    return unsigned + ed25519.sign(seed, unsigned + given + ed25519.public_of(seed))
