"""Checks the golden vectors and random lines against this decoder.

    check.py [--vectors DIR] [--random FILE|-] [--dictionary FILE]

Exit 0: all agree; 1: some disagree; 2: bad usage or unreadable input.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from pathlib import Path

from jasaq_wire import compare_random, dictionary
from vector_checks import attachments, books, certificates, journals, keys, load, meetings, refused, statements, travel

CHECKS = {
    "keys.txt": keys.check_keys,
    "operations.txt": keys.check_operations,
    "rolls.txt": journals.check_rolls,
    "season.txt": journals.check_season,
    "envelopes.txt": journals.check_envelopes,
    "changes.txt": statements.check_changes,
    "planning.txt": statements.check_planning,
    "field.txt": statements.check_field,
    "register.txt": statements.check_register,
    "exchange.txt": travel.check_exchange,
    "invites.txt": travel.check_invites,
    "meetings.txt": meetings.check_meetings,
    "attachments.txt": attachments.check_attachments,
    "certificates.txt": certificates.check_certificates,
    "refused.txt": refused.check_refused,
}
SHOWN = 20


def check_vectors(folder: Path) -> bool:
    """All vectors of a folder; whether all agree."""
    vectors = load.load(folder)
    for name, check in CHECKS.items():
        if name not in vectors.files:
            print(f"{name}: this file is missing")
            continue
        try:
            check(vectors)
        except Exception:  # a vector that our checks cannot follow is a disagreement, told in full
            vectors[name].problems.append(f"the check broke: {traceback.format_exc()}")
    agreed = disagreed = 0
    for file in vectors.files.values():
        file.close()
        bad = {problem.partition(": ")[0] for problem in file.problems}
        good = sum(name in file.values for name in file.agreed)
        print(f"{file.name}: {good} of {len(file.values)} agree")
        for problem in file.problems[: max(0, SHOWN - disagreed)]:
            print(f"  {problem}")
        agreed, disagreed = agreed + good, disagreed + len(bad)
    disagreed += sum(name not in vectors.files for name in CHECKS)
    print(f"vectors: {agreed} agree, {disagreed} disagree")
    return check_books(folder / "books") and disagreed == 0


def check_books(folder: Path) -> bool:
    """The books of a folder, and what is said of each; whether all agree."""
    problems = books.check_books(folder)
    for problem in problems[:SHOWN]:
        print(f"  {problem}")
    print(f"books: {len(list(folder.glob('*.jasaq-book')))} read, {len(problems)} disagreements")
    return not problems


def check_random(source: str) -> bool:
    """All lines of a file or of stdin; whether all agree."""
    stream = sys.stdin if source == "-" else open(source, encoding="utf-8")
    tally = compare_random.compare(stream, SHOWN)
    if not tally.agreed + tally.disagreed:
        raise ValueError("no lines: nothing was checked")
    for shown in tally.shown:
        print(shown)
    print(f"random: {tally.agreed} agree, {tally.disagreed} disagree")
    return tally.disagreed == 0


def main() -> int:
    """Reads the arguments."""
    parser = argparse.ArgumentParser(description="Checks the golden vectors and random lines.")
    parser.add_argument("--vectors", type=Path, metavar="DIR")
    parser.add_argument("--random", metavar="FILE")
    parser.add_argument("--dictionary", type=Path, metavar="FILE", help=f"instead of {dictionary.IN_REPOSITORY}")
    given = parser.parse_args()
    if given.vectors is None and given.random is None:
        parser.error("nothing to check")
    try:
        if given.dictionary:
            dictionary.use(given.dictionary)
        dictionary.dictionary_1()
        good = given.vectors is None or check_vectors(given.vectors)
        return 0 if (given.random is None or check_random(given.random)) and good else 1
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"unreadable input: {error!r}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
