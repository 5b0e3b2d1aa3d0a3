"""§8, *lines of words*: bytes as words that are typed from paper, four and a check word a line."""

from __future__ import annotations

from . import ids
from .joins import CONSONANTS, VOWELS, word
from .refusal import Refusal

MISTAKE = "a mistake"
WORDS, BYTES = 5, 8
LATIN = str.maketrans("ackmopty", "аскморту")


def check(tag: str, before: bytes, content: bytes) -> int:
    """What the last word of a line says: the line before, then this one."""
    return int.from_bytes(ids.derive(tag, before + content)[:2], "big")


def speak(tag: str, data: bytes) -> str:
    """The lines of as many times eight bytes."""
    lines, before = [], b""
    for at in range(0, len(data), BYTES):
        content = data[at : at + BYTES]
        bits = [int.from_bytes(content[i : i + 2], "big") for i in range(0, BYTES, 2)]
        lines.append(" ".join(word(of) for of in [*bits, check(tag, before, content)]))
        before = content
    return "\n".join(lines)


def bits_of(typed: str) -> int:
    """Sixteen bits of a word."""
    kinds = (CONSONANTS, VOWELS, CONSONANTS, VOWELS, CONSONANTS)
    if len(typed) != len(kinds) or any(letter not in kind for letter, kind in zip(typed, kinds)):
        raise Refusal(MISTAKE, "not a word")
    first, second, third, fourth, fifth = (kind.index(letter) for letter, kind in zip(typed, kinds))
    return first << 12 | second << 10 | third << 6 | fourth << 4 | fifth


def words_in(line: str) -> list[str]:
    """Runs of letters, in small letters; a Latin letter that looks like one of ours is taken for it."""
    apart = "".join(letter if letter.isalpha() else " " for letter in line)
    return [word.lower().translate(LATIN) for word in apart.split(" ") if word]


def hear(tag: str, text: str, count: int) -> bytes:
    """The bytes of so many lines."""
    lines = [words for line in text.split("\n") if (words := words_in(line))]
    words = [word for line in lines for word in line]
    if len(lines) == count and any(len(line) != WORDS for line in lines):
        raise Refusal(MISTAKE, "a line that is not of five words")
    if len(words) != count * WORDS:
        raise Refusal(MISTAKE, "too few words, or too many")
    data, before = b"", b""
    for at in range(0, len(words), WORDS):
        bits = [bits_of(word) for word in words[at : at + WORDS]]
        content = b"".join(of.to_bytes(2, "big") for of in bits[:-1])
        if check(tag, before, content) != bits[-1]:
            raise Refusal(MISTAKE, f"the check word of line {at // WORDS + 1}")
        data, before = data + content, content
    return data
