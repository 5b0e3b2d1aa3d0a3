"""§19: a trust list, and what a certificate's code is worth by it."""

from __future__ import annotations

from dataclasses import dataclass

from . import envelope, ids, membership, operations
from .certificates import PRINTS_MAX, is_bytes, is_number, read_code
from .cose import CODE, LIST, read, read_message, unpack
from .history import Links
from .ids import Place
from .operations import Kind, Role
from .refusal import Newer, Refusal
from .territory import TAKEN, Entry, Territory

FILE_MAX, MESSAGE_MAX, ROWS_MAX, EVIDENCE_MAX = 2**24, 2**25, 200_000, 256
STRUCK_OFF, LOST = 2, 1


@dataclass(frozen=True)
class TrustList:
    """A list that was verified."""

    root: bytes
    consoles: dict[bytes, bool]
    rows: list[list]


def read_list(data: bytes, root: bytes | None = None) -> TrustList:
    """A file, verified from the root key on."""
    if data[:3] != b"JQT" or len(data) < 4:
        raise Refusal(LIST, "another tag")
    if data[3] != 1:
        raise Newer(LIST)
    if len(data) > FILE_MAX:
        raise Refusal(LIST, "too long")
    message = read_message(unpack(data[4:], MESSAGE_MAX, LIST), LIST)
    match read(message.payload, LIST):
        case [bytes(of), int(_), int(ahead), list(evidence), list(rows)] if len(of) == 32 and abs(ahead) <= 1_080:
            check_rows(rows)
        case _:
            raise Refusal(LIST, "no fields")
    if not rises(evidence) or len(evidence) > EVIDENCE_MAX:
        raise Refusal(LIST, "evidence out of order")
    if root not in (None, of):
        raise Refusal(LIST, "another territory")
    consoles = fold(of, evidence)
    named = [key for key, removed in consoles.items() if key[:8] == message.key and not removed]
    if not named:
        raise Refusal(LIST, "the signer is no console")
    if not any(message.is_by(key, LIST) for key in named):
        raise Refusal(LIST, "the signature")
    return TrustList(of, consoles, rows)


def rises(items: list) -> bool:
    """Whether each is above the one before."""
    return all(one < other for one, other in zip(items, items[1:]))


def check_rows(rows: list) -> None:
    """Rows are rows, and rise."""
    for row in rows:
        match row:
            case [str(number), int(status), list(prints)] if is_number(number) and 0 <= status <= 2:
                good = 1 <= len(prints) <= PRINTS_MAX and all(one is None or is_bytes(one, 16) for one in prints)
            case _:
                good = False
        if not good:
            raise Refusal(LIST, "no row")
    if len(rows) > ROWS_MAX or not rises([order(row) for row in rows]):
        raise Refusal(LIST, "rows out of order")


def order(row: list) -> tuple:
    """By number, status, hashes one by one, null before any."""
    number, status, prints = row
    return number.encode(), status, [(one is not None, one or b"") for one in prints]


def fold(root: bytes, evidence: list) -> dict[bytes, bool]:
    """The consoles that the evidence shows, and whether each is removed."""
    roll, entries = ids.territory_space(root), []
    for one in evidence:
        match one:
            case [bytes(journal), int(sequence), bytes(signer), bytes(wire)]:
                place = Place(roll, journal, sequence)
            case _:
                raise Refusal(LIST, "no evidence")
        parsed = envelope.parse(wire)
        held = envelope.Held(signer, None if sequence == 1 else parsed.link, None)
        verdict = envelope.verify(place, wire, held)
        if verdict.name != "continues" or verdict.signer != signer or parsed.link is None:
            raise Refusal(LIST, f"evidence: {verdict.name}")
        entries += entries_of(place, verdict)
    state = membership.count(root, entries, Links({}))
    return consoles_of(state, entries)


def entries_of(place: Place, verdict: envelope.Verdict) -> list[Entry]:
    """The operations of an envelope that are known."""
    entries = []
    for index, section in enumerate(verdict.wire.sections):
        if section.kind != envelope.KIND_OPERATION:
            continue
        try:
            operation = operations.read(section.content)
        except Refusal:
            continue
        name = ids.operation_id(verdict.hash, index)
        entries.append(Entry(name, place, verdict.hash, verdict.signer, operation))
    return entries


def consoles_of(state: Territory, entries: list[Entry]) -> dict[bytes, bool]:
    """Whose add counts with the role TS; whether a removal of each counts."""
    counted = [entry.operation for entry in entries if state.outcome[entry.id] == TAKEN]
    adds = [one for one in counted if one.kind == Kind.ADD and one["role"] == Role.TS]
    removed = {one["device"] for one in counted if one.kind == Kind.REMOVE}
    return {one["device"]["device"]: one["device"]["device"] in removed for one in adds}


def worth(text: str, by: TrustList) -> str:
    """What a code is worth by a list."""
    message, claims = read_code(text)
    if claims.territory != by.root[:8]:
        return "other_territory"
    named = [key for key in by.consoles if key[:8] == message.key]
    if not named:
        return "strange_key"
    signer = next((key for key in named if message.is_by(key, CODE)), None)
    if signer is None:
        return "forged"
    printed = [row for row in by.rows if row[0] == claims.number and len(row[2]) >= claims.print]
    if not printed:
        return "strange_key" if by.consoles[signer] else "unknown"
    row = next((row for row in printed if row[2][claims.print - 1] == claims.hash()), None)
    if row is None:
        return "not_as_registered"
    if row[1] == STRUCK_OFF:
        return "struck_off"
    if sum(other[0] == claims.number for other in by.rows) > 1:
        return "contested"
    if len(row[2]) > claims.print:
        return "reprinted"
    return "lost" if row[1] == LOST else "registered"
