"""Books and keys as files (page-format.md §6): lines of JSON, and what stands in each."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import book_pages as pages, strict_json
from .page_shapes import is_hex
from .book_pages import Number, Page
from .refusal import Refusal

BLANK = " \t\r"
BOOK_BYTES_MAX, KEYS_BYTES_MAX = 512 * 2**20, 4 * 2**20
# The kinds of lines: of each key, whether it is a text, an object of texts, or a list of these.
SIGNED = frozenset(("by", "signature"))
COUNTERSIGNED = SIGNED | {"number"}
ENTERED = frozenset(("day", "section"))
OPENING = frozenset(("path", "salt", "value"))


@dataclass(frozen=True)
class Keys:
    """The keys that whoever checks trusts: which may seal for which squad, which may countersign."""

    territory: str
    heads: dict[tuple[str, str], bool]
    """Whether a device's key for a squad was removed."""
    subdivision: dict[str, bool]
    """Whether a device of it was removed."""


@dataclass(frozen=True)
class PageLine:
    """A page with its signatures."""

    page: Page
    sealed: dict
    countersigned: list[dict]
    entered: frozenset[tuple[str, str]]
    """§7: pairs of day and section."""

    @property
    def first_number(self) -> Number | None:
        """§7: of the first countersignature, whether or not that is good."""
        return pages.number_of(self.countersigned[0]["number"]) if self.countersigned else None


@dataclass(frozen=True)
class Index:
    """An index that may be looked at: made when, of which squad, and which hash has which number, in their order."""

    made_at: str
    squad: str
    by_hash: dict[str, Number]
    erased: dict[str, Number]
    entered: dict[str, set[tuple[str, str]]]
    """By hash: pairs of day and section."""


@dataclass
class BookFile:
    """What stands in the lines of a file."""

    pages: list[PageLine] = field(default_factory=list)
    openings: dict[str, list[dict]] = field(default_factory=dict)
    index: dict | None = None
    damaged: bool = False

    def take(self, line: object) -> bool:
        """Takes a line, if it is one of the three kinds and does not stand behind the index."""
        if self.index is not None or not isinstance(line, dict):
            return False
        if is_page_line(line):
            entered = frozenset((one["day"], one["section"]) for one in line["entered"])
            self.pages.append(PageLine(Page.of(line["page"]), line["sealed"], line["countersigned"], entered))
        elif is_opening_line(line):
            self.openings.setdefault(line["page"], []).extend(line["openings"])
        elif is_index_line(line):
            self.index = line
        else:
            return False
        return True


def has_texts(value: object, keys: frozenset[str]) -> bool:
    """An object in which these are texts."""
    return isinstance(value, dict) and all(isinstance(value.get(key), str) for key in keys)


def are_all(value: object, keys: frozenset[str]) -> bool:
    """A list of objects in which these are texts."""
    return isinstance(value, list) and all(has_texts(one, keys) for one in value)


def is_page_line(line: dict) -> bool:
    lists = are_all(line.get("countersigned"), COUNTERSIGNED) and are_all(line.get("entered"), ENTERED)
    return lists and has_texts(line, frozenset(("page",))) and has_texts(line.get("sealed"), SIGNED)


def is_opening_line(line: dict) -> bool:
    return has_texts(line, frozenset(("page",))) and are_all(line.get("openings"), OPENING)


def is_index_line(line: dict) -> bool:
    return has_texts(line, SIGNED | {"index"})


def read_book(data: bytes) -> BookFile:
    """The lines of a book; refused if it is none."""
    if len(data) > BOOK_BYTES_MAX:
        raise Refusal("not_a_book", "too long")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal("not_a_book", "not UTF-8") from None
    lines = (line for line in text.split("\n") if line.strip(BLANK))
    try:
        first = strict_json.read(next(lines, ""))
    except Refusal:
        first = None
    if not isinstance(first, dict) or first.get("jasaq") != "book/1":
        raise Refusal("not_a_book", "the first line")
    book = BookFile()
    for line in lines:
        try:
            taken = book.take(strict_json.read(line))
        except Refusal:
            taken = False
        book.damaged |= not taken
    return book


def read_index(text: str, territory: str) -> Index:
    """The text of an index; refused if it is not `index/1`, or of another territory."""
    read = strict_json.read(text)
    if not has_texts(read, frozenset(("made_at",))) or read.get("jasaq") != "index/1":
        raise Refusal("index_bad", "of another form")
    if read.get("territory") != territory or not is_hex(read.get("squad"), 32):
        raise Refusal("index_bad", "of another territory")
    there, erased = numbered(read.get("pages")), numbered(read.get("erased"))
    if there.keys() & erased.keys():
        raise Refusal("index_bad", "a page twice")
    entered: dict[str, set[tuple[str, str]]] = {}
    for digest, day, section in texts_of_three(read.get("entered")):
        entered.setdefault(digest, set()).add((day, section))
    return Index(read["made_at"], read["squad"], there, erased, entered)


def numbered(listed: object) -> dict[str, Number]:
    """The number of each hash, in their order."""
    if not isinstance(listed, list) or not all(is_entry(entry) for entry in listed):
        raise Refusal("index_bad", "not a list of pages")
    entries = [(pages.number_of(number), digest) for number, digest in listed]
    numbers = [number for number, _ in entries]
    by_hash = {digest: number for number, digest in entries}
    if numbers != sorted(numbers) or len(by_hash) != len(entries):
        raise Refusal("index_bad", "not in order, or a page twice")
    return by_hash


def texts_of_three(listed: object) -> list[list[str]]:
    """`[hash, day, section]`, each a text."""
    if not isinstance(listed, list):
        raise Refusal("index_bad", "not a list of entries")
    for entry in listed:
        if not isinstance(entry, list) or len(entry) != 3 or not all(isinstance(text, str) for text in entry):
            raise Refusal("index_bad", "not a list of entries")
    return listed


def is_entry(entry: object) -> bool:
    """`[number, hash]`."""
    if not isinstance(entry, list) or len(entry) != 2 or not isinstance(entry[0], str):
        return False
    return pages.number_of(entry[0]) is not None and is_hex(entry[1], 64)


def read_keys(data: bytes) -> Keys:
    """The file of keys; refused if it is none, since everything rests on it."""
    if len(data) > KEYS_BYTES_MAX:
        raise Refusal("not keys", "too long")
    try:
        read = strict_json.read(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise Refusal("not keys", "not UTF-8") from None
    if not isinstance(read, dict) or read.get("jasaq") != "book-keys/1" or not is_hex(read.get("territory"), 64):
        raise Refusal("not keys", "of another form")
    listed = read.get("keys")
    if not isinstance(listed, list) or not all(is_key(key) for key in listed):
        raise Refusal("not keys", "not a list of keys")
    heads: dict[tuple[str, str], bool] = {}
    subdivision: dict[str, bool] = {}
    for key in listed:
        device, removed = key["device"], key["removed"]
        if key["role"] == "squad_head":
            heads[device, key["squad"]] = heads.get((device, key["squad"]), False) or removed
        elif key["role"] == "structural_subdivision":
            subdivision[device] = subdivision.get(device, False) or removed
    return Keys(read["territory"], heads, subdivision)


def is_key(key: object) -> bool:
    """`device role removed squad`; a head's has a squad, another's may have none."""
    if not has_texts(key, frozenset(("device", "role"))) or not is_hex(key["device"], 64):
        return False
    squad = key.get("squad")
    is_squad = is_hex(squad, 32) or squad is None and key["role"] != "squad_head"
    return isinstance(key.get("removed"), bool) and is_squad
