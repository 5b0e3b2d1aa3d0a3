"""What a verifier must say of the books that `make_books.py` makes, and of some that it does not."""

from __future__ import annotations

import contextlib
import io
import json
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import book_making as making
import make_books
from book_cases import faulty_texts
from book_cases.whole import CASES, whole
from book_making import HEAD, UNIT, Book, Entry, body, device, full, write
from jasaq_wire import book_pages as pages, books, strict_json
from jasaq_wire.book_files import Keys, read_book, read_keys
from jasaq_wire.book_pages import Page, number_of
from refuses import Refuses

# What is said of the whole book and, by number or (without one) once each, of its pages.
NO_BOOK = "no_index not_a_book"
FILE_SAYS = {
    "no_index": "no_index",
    "index_altered": "index_bad",
    "index_by_head": "index_bad",
    "index_erased_twice": "index_bad",
    "index_without_entries": "index_bad",
    "index_by_removed": "index_bad",
    "index_newer": "index_bad",
    "index_of_another_territory": "index_bad",
    "index_badly_numbered": "index_bad",
    "index_of_lists": "index_bad",
    "index_twice_the_page": "index_bad",
    "index_unordered": "index_bad",
    "index_behind_which_is_more": "line_damaged",
    "line_damaged": "line_damaged",
    "line_of_other_blanks": "line_damaged",
    "book_in_a_list": NO_BOOK,
    "empty": NO_BOOK,
    "newer_book": NO_BOOK,
    "not_a_book": NO_BOOK,
    "not_utf8": NO_BOOK,
}
BAD, STRANGER, OPENING = "countersignature_bad", "sealed_by_stranger", "opening_wrong"
UNSIGNED = "not_countersigned not_in_index"
PAGES_SAY: dict[str, dict[str | None, str]] = {
    "altered": {"2026-9": f"altered {BAD}"},
    "altered_and_sealed_again": {"2027-1": f"altered {BAD}"},
    "altered_and_countersigned_again": {"2027-1": "altered"},
    "countersigned_badly": {n: BAD for n in ("2029-0", "2029-1", "2030-1", "2027-1")},
    "entered_altered": {n: "entered_altered" for n in ("2026-9", "2026-10", "2026-10-1", "2027-1")}
    | {"2027-2": "not_in_index"},
    "erased_and_there": {"2027-2": "not_in_index number_taken", "2027-3": "number_taken"},
    "forked": {n: "forked" for n in ("2026-10-1", "2027-1", "2027-2")} | {"2026-10-2": "forked misnumbered"},
    "misnumbered": {n: "misnumbered" for n in ("2027-2-1", "2028-3-1", "2027-4-2", "65535-4294967295-65535")},
    "not_countersigned": {None: "not_countersigned"},
    "not_in_index": {"2027-2": "not_in_index", None: UNSIGNED},
    "not_pages": {f"2030-{at}": "not_a_page" for at in range(1, 63)},
    "number_taken_by_nobody": {"2027-2": BAD},
    "of_another_book": {n: "of_another_book" for n in ("2027-2", "2027-3")},
    "opening_wrong": {n: OPENING for n in ("2026-9", "2026-10", "2026-10-1", "2027-2")},
    "opening_of_a_long_path": {"2027-2": OPENING},
    "page_before_missing": {"2026-10-1": "page_before_missing"},
    "removed": {"2027-1": "removed"},
    "removed_and_named": {"2026-9": BAD, "2027-1": "removed"},
    "sealed_badly": {n: "altered" for n in ("2026-9", "2026-10", *(f"2030-{at}" for at in range(5)))}
    | {"2027-1": f"altered {STRANGER}", None: f"altered {UNSIGNED}"},
    "sealed_by_removed": {"2027-3": f"{BAD} sealed_by_removed", None: f"{UNSIGNED} sealed_by_removed"},
    "sealed_by_stranger": {n: STRANGER for n in ("2027-2", "2027-3", "2027-4")},
    "several_numbers": {"2026-9": "several_numbers"},
    "swapped": {n: f"{BAD} swapped" for n in ("2026-9", "2027-1")},
    "swapped_and_countersigned_again": {n: "swapped" for n in ("2026-9", "2027-1")},
}
# Of the pages with this number, or without one, what is said of each.
ONE_BY_ONE: dict[tuple[str, str | None], list[str]] = {
    ("number_taken", "2027-1"): ["number_taken", "altered number_taken"],
    ("number_taken_in_index", "2027-1"): ["number_taken"] * 2,
    ("number_taken_and_one_removed", "2027-1"): ["", "removed"],
    ("page_twice", "2027-1"): ["forked number_taken"] * 2,
    ("countersigned_badly", None): [f"{BAD} not_in_index"] * 11 + [BAD],
}
SAYS_NOTHING = {"erased", "good", "index_with_blanks", "openings_of_no_page"}


def keys() -> Keys:
    """The keys of the cases."""
    return read_keys(json.dumps(making.keys()).encode())


def verdict_of(book: Book | bytes) -> dict:
    """What is said of a book."""
    return books.verify(book if isinstance(book, bytes) else book.to_bytes(), keys()).as_json()


class Cases(unittest.TestCase):
    def test_each_says_what_it_must(self) -> None:
        for name, make in CASES.items():
            with self.subTest(name):
                verdict = verdict_of(make())
                self.assertEqual(verdict["problems"], FILE_SAYS.get(name, "").split())
                bad = [page for page in verdict["pages"] if page["problems"]]
                alone = [page for page in bad if (name, page["number"]) not in ONE_BY_ONE]
                said = {page["number"]: " ".join(page["problems"]) for page in alone}
                self.assertEqual(said, PAGES_SAY.get(name, {}))
                silent = name in SAYS_NOTHING or name.startswith("good_")
                self.assertEqual(not bad and not verdict["problems"], silent)

    def test_where_several_have_one_number_or_none(self) -> None:
        for (name, number), all_said in ONE_BY_ONE.items():
            pages_there = verdict_of(CASES[name]())["pages"]
            said = [" ".join(page["problems"]) for page in pages_there if page["number"] == number]
            self.assertCountEqual(said, all_said, name)

    def test_openings_are_counted(self) -> None:
        counts = {name: [(p["opened"], p["erased"]) for p in verdict_of(CASES[name]())["pages"]] for name in CASES}
        self.assertEqual(counts["good"], [(5, 0), (2, 0), (3, 0), (2, 0)])
        self.assertEqual(counts["erased"], [(0, 5), (1, 1), (3, 0), (2, 0)])
        self.assertEqual(counts["opening_wrong"], [(4, 1), (0, 2), (1, 2), (2, 0), (2, 0)])
        self.assertEqual(counts["removed"], [(5, 0), (0, 2), (3, 0), (0, 0)])
        self.assertEqual(counts["good_characters"][-1], (3, 0))
        self.assertEqual(counts["good_near_commitments"][-1], (0, 3))
        self.assertEqual(counts["opening_of_a_long_path"][-1], (3, 1))

    def test_pages_stand_in_the_order_of_numbers(self) -> None:
        numbers = ["2026-9", "2026-10", "2026-10-1", "2027-1"]
        for name in ("good", "good_unsorted", "removed", "altered"):
            self.assertEqual([page["number"] for page in verdict_of(CASES[name]())["pages"]], numbers)

    def test_every_line_of_a_damaged_book_is_damaged(self) -> None:
        lines = CASES["line_damaged"]().decode().splitlines()
        good = CASES["good"]().decode().splitlines()
        for line in [line for line in lines if line not in good]:
            with self.subTest(line[-60:]):
                self.assertTrue(read_book(f"{good[0]}\n{line}\n".encode()).damaged)

    def test_every_near_page_is_none(self) -> None:
        text = Entry.of(body(9)).text
        self.assertIsNotNone(Page.of(text).body)
        for near in faulty_texts.near_pages(text):
            self.assertNotEqual(near, text)
            self.assertIsNone(Page.of(near).body, near)


class Hostile(unittest.TestCase):
    def test_whatever_bytes(self) -> None:
        deep = "[" * 1_000_000
        for data in (b"", b"\n" * 1000, b"\xff", b"\xef\xbb\xbf" + CASES["good"](), deep.encode(), b"{" * 100_000):
            self.assertEqual(verdict_of(data), {"pages": [], "problems": NO_BOOK.split(), "indexed_at": None})
        first = write({"jasaq": "book/1"})
        for line in (deep, '{"a":' * 100_000, '"' + "\\" * 99_999, '{"page":' + "9" * 1_000_000 + "}", "NaN", "\x00"):
            self.assertEqual(verdict_of(f"{first}\n{line}".encode())["problems"], ["line_damaged", "no_index"])

    def test_whatever_stands_as_a_page(self) -> None:
        text = Entry.of(full(1)).text
        near_ones = ["[" * 1_000_000, '{"a":' * 200_000, "9" * 1_000_000, "-", '"', "\x00", "NaN", '{"jasaq":"page/1"}']
        for near in (*near_ones, deep()):
            book = Book.of(Entry.of_text(near, "2026-1"))
            self.assertEqual(verdict_of(book)["pages"][0]["problems"], ["not_a_page"])
        for path in ("notices/0/minutes", "notices/0/minutes/0"):
            self.assertEqual(pages.may_be_negative(("notices", 0, *path.split("/")[2:])), path.count("/") == 2)
        self.assertIsNotNone(Page.of(text).body)
        self.assertIsNone(Page.of(text.replace('"minutes":-2,', '"minutes":-9007199254740993,')).body)

    def test_a_long_key_above_many_values(self) -> None:
        page = Page.of(Entry.of_text(making.changed(Entry.of(body(1)).text, "z" * 2**20, [0] * 100_000)).text)
        self.assertEqual(page.commitments, 2)

    def test_cut_anywhere(self) -> None:
        data = CASES["good"]()
        for at in range(0, len(data) - 1, 97):
            verdict = verdict_of(data[:at])
            self.assertTrue(verdict["problems"], at)
            self.assertNotEqual(verdict["problems"], ["line_damaged"], at)

    def test_any_letter_changed(self) -> None:
        data = CASES["good"]()
        for at in range(1, len(data) - 1, 61):
            changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
            verdict = books.verify(changed, keys())
            shown = [(p.hash, p.opened) for p in verdict.pages]
            lost = shown != [(p.hash, p.opened) for p in books.verify(data, keys()).pages]
            self.assertTrue(lost or not verdict.is_good() or b'"entered"' in data[max(0, at - 40) : at + 40], at)

    def test_a_hundred_thousand_lines(self) -> None:
        line = write({"page": "x", "sealed": {"by": "", "signature": ""}, "countersigned": [], "entered": []})
        many = "\n".join([write({"jasaq": "book/1"}), *[line] * 50_000, *["{}"] * 50_000])
        verdict = books.verify(many.encode(), keys())
        self.assertEqual(len(verdict.pages), 50_000)
        self.assertEqual(verdict.problems, {"line_damaged", "no_index"})

    def test_parts_of_other_kinds(self) -> None:
        """Whatever stands at any key of any line: a verdict, and no other end."""
        lines = CASES["good"]().decode().splitlines()
        for at, line in enumerate(lines):
            for key in json.loads(line):
                for value in (None, True, 0, -1, 1e300, "", "\u0000", [], [[]], [None], {}, {"by": 1}, [{"by": []}]):
                    changed = [*lines[:at], making.changed(line, key, value), *lines[at + 1 :]]
                    verdict_of(making.file_of(changed))
        for value in (None, [], {}, {"jasaq": "index/1"}, {"pages": 1}, "x"):
            book = whole()
            book.sign_index(write(value))
            self.assertEqual(verdict_of(book)["problems"], ["index_bad"])
        for listed in (None, [None], [[]], [["2026-9"]], [[1, 2]], [["2026-09", "00" * 32]], [["2026-9", "0"]], {}):
            book = whole()
            book.make_index(pages=listed)
            self.assertEqual(verdict_of(book)["problems"], ["index_bad"])


def deep() -> str:
    """A page with one level too many."""
    return Entry.of(body(1, zz=0)).text.replace('"zz":0', '"zz":' + "[" * 127 + "]" * 127)


class Parts(Refuses):
    def test_depth(self) -> None:
        self.refused("not JSON", strict_json.read, "[" * 128 + "]" * 128)
        strict_json.read("[" * 127 + "]" * 127)
        strict_json.read("[" * 126 + '{"":0}' + "]" * 126)
        self.assertIsNotNone(Page.of(deep().replace("[" * 127 + "]" * 127, "[" * 126 + "]" * 126)).body)

    def test_json_has_one_meaning(self) -> None:
        twice, alone = ('{"a":1,"a":1}', '{"a":1,"\\u0061":2}'), ('"\\ud800"', '"\\udc00\\ud800"', '{"\\udfff":0}')
        other = ("Infinity", "-NaN", "1e999", "9" * 400, "1 2", "'a'", "\ufeff1", "\u00a01", "01", "1.")
        for text in (*twice, *alone, *other):
            self.refused("not JSON", strict_json.read, text)
        self.assertEqual(strict_json.read('"\\ud83d\\ude00"'), "\U0001f600")

    def test_numbers(self) -> None:
        self.assertEqual(number_of("2026-47"), (2026, 47, 0))
        self.assertEqual(number_of("2026-47-1"), (2026, 47, 1))
        for text in ("", "2026", "2026-47-0", "2026-047", "02026-1", "2026-1-", "-2026-1", "1-1-1-1", "70000-1", "x-1"):
            self.assertIsNone(number_of(text))

    def test_paths(self) -> None:
        said = {"z~1/": [0, {"": {"commitment": "00" * 32}}]}
        self.assertEqual(pages.commitment_at(said, "/z~01~1/1/"), "00" * 32)
        for path in ("", "/", "z~01~1/1/", "/z~1~1/1/", "/z~1/1/", "/z~01~1/1", "/z~01~1/1//commitment", "/z~01~1/-1/"):
            self.assertIsNone(pages.commitment_at(said, path))
        for otherwise in ("/z~01~1/01/", "/z~01~1/+1/", "//z~01~1/1/", "#/z~01~1/1/", "/z~01/~1/1/", "/z~01~1/1_/"):
            self.assertIsNone(pages.commitment_at(said, otherwise))

    def test_keys(self) -> None:
        good = making.keys()
        one = good["keys"][0]
        self.assertEqual(keys().heads[device(HEAD), making.SQUAD], False)
        self.assertEqual(keys().subdivision, {device(UNIT): False, device(making.OLD_UNIT): True})
        twice = [{**key, "removed": gone} for gone in (True, False) for key in good["keys"] if key["squad"] is None]
        self.assertTrue(read_keys(write(good | {"keys": twice}).encode()).subdivision[device(UNIT)])
        self.assertEqual(keys().heads[device(making.HEAD_OF_TWO), making.OTHER_SQUAD], True)
        wrong = [{"role": None}, {"removed": 0}, {"squad": None}, {"squad": "b" * 64}, {"device": "A" * 64}]
        for key in [one | change for change in wrong] + [None, {}, []]:
            self.refused("not keys", read_keys, write(good | {"keys": [key]}).encode())
        for other in ([], None, good | {"jasaq": "book-keys/2"}, good | {"territory": ""}, good | {"keys": {}}):
            self.refused("not keys", read_keys, write(other).encode())
        self.refused("not keys", read_keys, b"\xff")
        self.refused("not JSON", read_keys, b"{")


class Command(unittest.TestCase):
    def run_with(self, *arguments: object) -> tuple[int, str]:
        """The exit code and what is printed."""
        out = io.StringIO()
        with mock.patch.object(sys, "argv", ["books", *map(str, arguments)]):
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
                try:
                    return books.main(), out.getvalue()
                except SystemExit as left:
                    return left.code, out.getvalue()

    def test_exit_codes(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            into = Path(folder)
            for name, data in make_books.files().items():
                (into / name).write_bytes(data)
            by = ("--keys", into / make_books.KEYS)
            code, printed = self.run_with(into / "good.jasaq-book", *by)
            self.assertEqual((code, json.loads(printed)), (0, json.loads((into / "good.verdict.json").read_bytes())))
            self.assertEqual(self.run_with(into / "altered.jasaq-book", *by)[0], 1)
            self.assertEqual(self.run_with(into / "nowhere", *by)[0], 2)
            self.assertEqual(self.run_with(into / "good.jasaq-book", "--keys", into / "good.jasaq-book")[0], 2)
            self.assertEqual(self.run_with(into / "good.jasaq-book")[0], 2)


if __name__ == "__main__":
    unittest.main()
