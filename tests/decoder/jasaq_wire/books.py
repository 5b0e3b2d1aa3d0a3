"""Checks a book (page-format.md §7), written from that page alone.

    python -m jasaq_wire.books BOOK --keys KEYS

Prints the verdict as JSON. Exit 0: nothing is said of the book; 1: something is; 2: bad usage or unreadable input.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from . import book_pages as pages
from .book_files import BookFile, Index, Keys, PageLine, read_book, read_index, read_keys
from .ed25519 import verify_strict
from .page_shapes import is_hex
from .book_pages import Number
from .refusal import Refusal


@dataclass
class PageVerdict:
    """What is said of one page, or of a number of the index whose page is not there."""

    number: Number | None
    hash: str
    patrol: str | None = None
    problems: set[str] = field(default_factory=set)
    opened: int = 0
    erased: int = 0
    is_erased: bool = False

    def place(self) -> tuple:
        """By number; what has none stands last, by hash."""
        return (self.number is None, self.number or (), self.hash)

    def as_json(self) -> dict:
        return {
            "number": number_text(self.number),
            "hash": self.hash,
            "patrol": self.patrol,
            "is_erased": self.is_erased,
            "problems": sorted(self.problems),
            "opened": self.opened,
            "erased": self.erased,
        }


@dataclass
class BookVerdict:
    """What is said of a book."""

    pages: list[PageVerdict] = field(default_factory=list)
    problems: set[str] = field(default_factory=set)
    indexed_at: str | None = None

    def is_good(self) -> bool:
        """§7: nothing is said of it and of its pages."""
        return not self.problems and not any(page.problems for page in self.pages)

    def as_json(self) -> dict:
        shown = [page.as_json() for page in sorted(self.pages, key=PageVerdict.place)]
        return {"pages": shown, "problems": sorted(self.problems), "indexed_at": self.indexed_at}


def number_text(number: Number | None) -> str | None:
    """§5: as it is written."""
    return "-".join(map(str, number if number[2] else number[:2])) if number else None


def is_signed(by: str, message: bytes, signature: str) -> bool:
    """Whether these are a key and its signature in hex."""
    if not is_hex(by, 64) or not is_hex(signature, 128):
        return False
    return verify_strict(bytes.fromhex(by), message, bytes.fromhex(signature))


class Check:
    """A book while it is checked."""

    def __init__(self, book: BookFile, keys: Keys) -> None:
        self.book, self.keys = book, keys
        self.verdict = BookVerdict()
        self.index = self.trusted_index()
        self.indexed_numbers = set(self.index.by_hash.values()) if self.index else set()
        self.good = {id(line): [self.good_number(line, one) for one in line.countersigned] for line in book.pages}
        self.hashes = {line.page.hash for line in book.pages}
        self.first_numbers = {line.page.hash: line.first_number for line in book.pages if line.page.body}
        self.opened: dict[str, tuple[set[str], bool]] = {}
        self.holders: Counter[Number] = Counter()
        self.followers: Counter[tuple] = Counter()
        for line in book.pages:
            self.holders.update(set(filter(None, self.good[id(line)])))
            if line.page.body:
                self.followers[line.page.body["patrol"], line.page.body.get("before")] += 1

    def trusted_index(self) -> Index | None:
        """The index, if it may be looked at."""
        line = self.book.index
        if line is None:
            self.verdict.problems.add("no_index")
            return None
        try:
            if self.keys.subdivision.get(line["by"], True):
                raise Refusal("index_bad", "by a stranger, or one who was removed")
            if not is_signed(line["by"], pages.index_message(line["index"]), line["signature"]):
                raise Refusal("index_bad", "the signature")
            return read_index(line["index"], self.keys.territory)
        except Refusal:
            self.verdict.problems.add("index_bad")
            return None

    def good_number(self, line: PageLine, countersignature: dict) -> Number | None:
        """The number that a good countersignature gives."""
        number = pages.number_of(countersignature["number"])
        if number is None or countersignature["by"] not in self.keys.subdivision:
            return None
        message = pages.countersign_message(line.page.digest, number)
        return number if is_signed(countersignature["by"], message, countersignature["signature"]) else None

    def run(self) -> BookVerdict:
        """All of §7."""
        if self.book.damaged:
            self.verdict.problems.add("line_damaged")
        for line in self.book.pages:
            said = PageVerdict(line.first_number, line.page.hash)
            self.check_signatures(line, said)
            self.check_index(line, said)
            if line.page.body is None:
                said.problems.add("not_a_page")
            else:
                self.check_body(line, line.page.body, said)
                self.check_openings(line, said)
            self.verdict.pages.append(said)
        if self.index:
            self.verdict.indexed_at = self.index.made_at
            self.check_removed(self.index)
        return self.verdict

    def check_signatures(self, line: PageLine, said: PageVerdict) -> None:
        """What the head and the subdivision signed."""
        if not is_signed(line.sealed["by"], pages.seal_message(line.page.digest), line.sealed["signature"]):
            said.problems.add("altered")
        if not line.countersigned:
            said.problems.add("not_countersigned")
        if None in self.good[id(line)]:
            said.problems.add("countersignature_bad")
        if len(set(filter(None, self.good[id(line)]))) > 1:
            said.problems.add("several_numbers")

    def check_index(self, line: PageLine, said: PageVerdict) -> None:
        """What the index says of hash and number."""
        if not self.index:
            return
        named, first = self.index.by_hash.get(line.page.hash), line.first_number
        if named is None:
            said.problems.add("altered" if first in self.indexed_numbers else "not_in_index")
        if named is not None and first is not None and named != first:
            said.problems.add("swapped")
        if named is not None and line.entered != self.index.entered.get(line.page.hash, set()):
            said.problems.add("entered_altered")

    def check_body(self, line: PageLine, body: dict, said: PageVerdict) -> None:
        """What the page says of itself, and others beside it."""
        said.patrol = body["patrol"]
        removed = self.keys.heads.get((line.sealed["by"], body["squad"]))
        if line.sealed["by"] != body["sealed_by"] or removed is None:
            said.problems.add("sealed_by_stranger")
        if removed and not any(self.good[id(line)]):
            said.problems.add("sealed_by_removed")
        taken = set(self.index.erased.values()) if self.index else set()
        if any(self.holders[number] > 1 or number in taken for number in filter(None, self.good[id(line)])):
            said.problems.add("number_taken")
        if self.is_misnumbered(line.first_number, body.get("before")):
            said.problems.add("misnumbered")
        before = body.get("before")
        if before is not None and before not in self.hashes:
            said.problems.add("page_before_missing")
        if self.followers[body["patrol"], before] > 1:
            said.problems.add("forked")
        if body["territory"] != self.keys.territory or (self.index and body["squad"] != self.index.squad):
            said.problems.add("of_another_book")

    def is_misnumbered(self, number: Number | None, before: str | None) -> bool:
        """§7: an amendment of nothing, or not the next one of what it amends."""
        if before is None:
            return number is not None and number[2] > 0
        of = self.first_numbers.get(before)
        if number is None or of is None:
            return False
        return number != (*of[:2], of[2] + 1)

    def check_openings(self, line: PageLine, said: PageVerdict) -> None:
        """What opens the commitments, and what nothing opens."""
        if line.page.hash not in self.opened:
            self.opened[line.page.hash] = self.opened_of(line)
        opened, is_wrong = self.opened[line.page.hash]
        if is_wrong:
            said.problems.add("opening_wrong")
        said.opened, said.erased = len(opened), line.page.commitments - len(opened)

    def opened_of(self, line: PageLine) -> tuple[set[str], bool]:
        """The paths that are opened, and whether an opening opens nothing."""
        opened, is_wrong = set(), False
        for opening in self.book.openings.get(line.page.hash, ()):
            path, salt = opening["path"], opening["salt"]
            wanted = line.page.commitment_at(path)
            if wanted and is_hex(salt, 64) and pages.commitment(path, bytes.fromhex(salt), opening["value"]) == wanted:
                opened.add(path)
            else:
                is_wrong = True
        return opened, is_wrong

    def check_removed(self, index: Index) -> None:
        """What the index names and the file has not, unless a page that it does not name stands in its place; and what was erased."""
        replaced = {line.first_number for line in self.book.pages if line.page.hash not in index.by_hash}
        for digest, number in index.by_hash.items():
            if digest not in self.hashes and number not in replaced:
                self.verdict.pages.append(PageVerdict(number, digest, problems={"removed"}))
        for digest, number in index.erased.items():
            if digest not in self.hashes:
                self.verdict.pages.append(PageVerdict(number, digest, is_erased=True))


def verify(data: bytes, keys: Keys) -> BookVerdict:
    """What is said of a file that may be a book."""
    try:
        book = read_book(data)
    except Refusal:
        return BookVerdict(problems={"not_a_book", "no_index"})
    return Check(book, keys).run()


def main() -> int:
    """Reads the arguments."""
    parser = argparse.ArgumentParser(prog="jasaq_wire.books", description="Checks a book of pages.")
    parser.add_argument("book", type=Path)
    parser.add_argument("--keys", type=Path, required=True, metavar="KEYS", help="the keys, from a console")
    given = parser.parse_args()
    try:
        verdict = verify(given.book.read_bytes(), read_keys(given.keys.read_bytes()))
    except (OSError, Refusal) as error:
        print(f"not read: {error}", file=sys.stderr)
        return 2
    print(json.dumps(verdict.as_json(), indent=2))
    return 0 if verdict.is_good() else 1


if __name__ == "__main__":
    sys.exit(main())
