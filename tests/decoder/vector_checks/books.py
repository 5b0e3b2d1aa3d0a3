"""The folder `books`: its files are what `make_books.py` makes, and the verdict beside each book is ours."""

from __future__ import annotations

from pathlib import Path

import make_books
from jasaq_wire import books
from jasaq_wire.book_files import read_keys
from jasaq_wire.refusal import Refusal


def check_books(folder: Path) -> list[str]:
    """What disagrees, a line each."""
    made = make_books.files()
    there = {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}
    problems = [f"{name}: nothing makes this file" for name in sorted(there.keys() - made.keys())]
    problems += [f"{name}: differs from what is made" for name in made if there.get(name) != made[name]]
    try:
        keys = read_keys(there.get(make_books.KEYS, b""))
    except Refusal as refusal:
        return [*problems, f"{make_books.KEYS}: {refusal}"]
    for name in sorted(name for name in there if name.endswith(make_books.BOOK)):
        said = there.get(name.removesuffix(make_books.BOOK) + make_books.VERDICT, b"")
        if said != make_books.written(books.verify(there[name], keys)):
            problems.append(f"{name}: the verdict beside it is another")
    return problems
