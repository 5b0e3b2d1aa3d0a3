"""§3: dictionary 1, which method 2 packs with. It is a file of the repository, and its hashes stand on the page."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from . import ids

IN_REPOSITORY = Path("core/protocol/src/seal/dictionary_1.bin")
ROOT = Path(__file__).absolute().parents[3]
LENGTH = 16_384
MAGIC = bytes.fromhex("37a430ec")
SHA_256 = "05f2dca102d0a16170b9929ebc4a8145ddf908c40e977125711b2a1b4594e97c"
BLAKE3 = "fbf3b3cdaab1bb24e89169a482987ee4b98dd3e822ff76e505ee21cd6e31542c"

_file = ROOT / IN_REPOSITORY


def use(path: Path) -> None:
    """Takes the dictionary from another file than the repository's."""
    global _file
    _file = path
    dictionary_1.cache_clear()


@lru_cache(maxsize=1)
def dictionary_1() -> bytes:
    """The dictionary; raises OSError if its file is not there, ValueError if it holds something else."""
    data = _file.read_bytes()
    if len(data) != LENGTH or not data.startswith(MAGIC):
        raise ValueError(f"{_file}: not 16,384 bytes of a zstd dictionary")
    if (hashlib.sha256(data).hexdigest(), ids.plain(data).hex()) != (SHA_256, BLAKE3):
        raise ValueError(f"{_file}: not dictionary 1, by its hashes")
    return data


def dictionary_id() -> int:
    """Its id (RFC 8878 §5), which a frame may name."""
    return int.from_bytes(dictionary_1()[4:8], "little")
