"""The books of tests/vectors/books, from fixed seeds, each with the verdict that all verifiers must come to.

    make_books.py DIR

writes them. `check.py` compares the files with what would be written; the unit tests say what each verdict must say.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import book_making as making
from book_cases import faulty_files, faulty_pages, faulty_texts, whole
from jasaq_wire import books
from jasaq_wire.book_files import read_keys

KEYS = "keys.jasaq-keys"
BOOK, VERDICT = ".jasaq-book", ".verdict.json"
MODULES = (whole, faulty_texts, faulty_pages, faulty_files)
"""Whose cases these are."""


def files() -> dict[str, bytes]:
    """All of them by name."""
    keys = json.dumps(making.keys(), indent=1).encode() + b"\n"
    out, trusted = {KEYS: keys}, read_keys(keys)
    for name, make in whole.CASES.items():
        out[name + BOOK] = make()
        out[name + VERDICT] = written(books.verify(out[name + BOOK], trusted))
    return out


def written(verdict: books.BookVerdict) -> bytes:
    """As it stands beside the book."""
    return json.dumps(verdict.as_json(), indent=1).encode() + b"\n"


def main() -> None:
    """Reads the arguments."""
    parser = argparse.ArgumentParser(description="Writes the books of the vectors.")
    parser.add_argument("into", type=Path, metavar="DIR")
    into = parser.parse_args().into
    into.mkdir(parents=True, exist_ok=True)
    for name, data in files().items():
        (into / name).write_bytes(data)


if __name__ == "__main__":
    main()
