"""§18: `name = hex  # comment`, one a line; `#` begins a line for people, below a value one that names a field of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms

from jasaq_wire import ed25519, hpke

FIELD = re.compile(r"#\s+(\d+) \+(\d+)\s+(.*): ([0-9a-f]*)(…?)")
LINE = re.compile(r"(\S+) = ([0-9a-f]*)(?:\s+#\s?(.*))?")


@dataclass(frozen=True)
class Field:
    """What a line below a value says: where a field begins, its length, what it is, its bytes or the first of them."""

    at: int
    length: int
    what: str
    shown: bytes
    all_shown: bool


@dataclass
class VectorFile:
    """One file: bytes and comments by name, the lines for people, and what was checked of it."""

    name: str
    values: dict[str, bytes] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    fields: dict[str, list[Field]] = field(default_factory=dict)
    prose: str = ""
    agreed: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)

    def __getitem__(self, name: str) -> bytes:
        return self.values[name]

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def agree(self, name: str, good: bool, detail: str = "") -> None:
        """Notes the result of one check of a vector; all of them must be good."""
        if good and not any(problem.startswith(f"{name}: ") for problem in self.problems):
            self.agreed.add(name)
        elif not good:
            self.agreed.discard(name)
            self.problems.append(f"{name}: {detail or 'differs'}")

    def equal(self, name: str, ours: bytes) -> None:
        """A derived value must be the vector's."""
        self.agree(name, self[name] == ours, f"the vector has {self[name].hex()[:200]}, we have {ours.hex()[:200]}")

    def close(self) -> None:
        """Fields lie side by side from the first byte to the last; a vector that nothing looked at disagrees."""
        for name, fields in self.fields.items():
            at, value = 0, self[name]
            for one in fields:
                shown = value[one.at : one.at + (one.length if one.all_shown else len(one.shown))]
                if one.at != at or shown != one.shown or len(one.shown) > one.length:
                    self.agree(name, False, f"the line of the field at {one.at} ({one.what}) says something else")
                at = one.at + one.length
            if at != len(value):
                self.agree(name, False, "its lines name more or fewer bytes than it has")
        for name in self.values:
            if name not in self.agreed and not any(p.startswith(f"{name}: ") for p in self.problems):
                self.problems.append(f"{name}: no check knows this vector")

    def groups_of(self, first: str) -> list[str]:
        """The names behind `first.`, in the order of the file."""
        return [name[len(first) + 1 :] for name in self.values if name.startswith(first + ".")]

    def groups(self, last: str) -> list[str]:
        """The names before `.last`, in the order of the file."""
        return [name[: -len(last) - 1] for name in self.values if name.endswith("." + last)]


def read_file(path: Path) -> VectorFile:
    """Reads one file; raises ValueError if a line is none."""
    out, last = VectorFile(path.name), ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        named = FIELD.fullmatch(line)
        if named and last:
            shown = Field(int(named[1]), int(named[2]), named[3], bytes.fromhex(named[4]), not named[5])
            out.fields.setdefault(last, []).append(shown)
            continue
        if line.startswith("#") or not line.strip():
            out.prose += line.lstrip("# ") + "\n"
            continue
        match = LINE.fullmatch(line.rstrip())
        if not match or len(match[2]) % 2 or match[1] in out.values:
            raise ValueError(f"{path}:{number}: not a vector")
        last = match[1]
        out.values[match[1]] = bytes.fromhex(match[2])
        out.comments[match[1]] = (match[3] or "").strip()
    return out


@dataclass
class Vectors:
    """All files of a folder, and the keys by what they make."""

    files: dict[str, VectorFile]
    seeds: dict[bytes, bytes] = field(default_factory=dict)
    exchange: dict[bytes, bytes] = field(default_factory=dict)
    device_exchange: dict[bytes, bytes] = field(default_factory=dict)

    def __getitem__(self, name: str) -> VectorFile:
        return self.files[name]

    def collect_keys(self) -> None:
        """Secrets by what is public of them: seeds by id, X25519 secrets by public key and by device."""
        keys = self["keys.txt"]
        for name in keys.groups("secret"):
            secret = keys[f"{name}.secret"]
            if f"{name}.public" in keys:
                self.exchange[hpke.public_of(secret)] = secret
                continue
            device = ed25519.public_of(secret[:32])
            self.seeds[device] = secret[:32]
            if len(secret) == 64:
                self.exchange[hpke.public_of(secret[32:])] = secret[32:]
                self.device_exchange[device] = secret[32:]


def load(folder: Path) -> Vectors:
    """All `*.txt` of a folder."""
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        raise ValueError(f"{folder}: no vectors")
    vectors = Vectors({path.stem + ".txt": read_file(path) for path in paths})
    vectors.collect_keys()
    return vectors


def chance(byte: int, length: int) -> bytes:
    """§18: a ChaCha20 keystream, zero nonce, counter from 0, under a key of one byte repeated."""
    cipher = Cipher(algorithms.ChaCha20(bytes([byte]) * 32, bytes(16)), mode=None)
    return cipher.encryptor().update(bytes(length))


def chance_in(comment: str) -> int | None:
    """The byte that a comment names: `chance b0`, `of the chance c1…`."""
    match = re.search(r"chance ([0-9a-f]{2})\b", comment)
    return int(match[1], 16) if match else None
