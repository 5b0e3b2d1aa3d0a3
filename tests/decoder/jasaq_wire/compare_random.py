"""Random lines in JSON, as `random-envelopes.md` says: our reading beside the one they carry."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import IO

from . import frontier, ids, joins, operations, sealing
from .compare_folds import say_fold
from .compare_forms import FORMS, say_known
from .envelope import KIND_ACK, KIND_OPERATION, Held, Section, Verdict, running_digest, verify
from .ids import Place
from .operations import Kind, Unknown
from .refusal import Newer, Refusal

OPEN_VERDICTS = ("nothing sealed", "another key")


@dataclass
class Tally:
    """What was compared so far."""

    agreed: int = 0
    disagreed: int = 0
    shown: list[str] = field(default_factory=list)


def unhex(value: str | None) -> bytes | None:
    """Bytes out of JSON; null stays none."""
    return None if value is None else bytes.fromhex(value)


def hexed(value: object) -> object:
    """A CBOR item as JSON: byte strings as hex, nested arrays likewise."""
    if isinstance(value, list):
        return [hexed(item) for item in value]
    return value.hex() if isinstance(value, bytes) else value


def say(line: dict) -> dict:
    """What this decoder says of one line; `made`, `says` and `reasons` are not looked at."""
    form = line["form"]
    if form == "envelope":
        return say_envelope(line)
    return say_fold(line) if form == "fold" else FORMS[form](line)


def say_envelope(line: dict) -> dict:
    """§2 to §5, and §9 of its acks."""
    held = {name: unhex(value) for name, value in line["held"].items()}
    place = Place(unhex(line["space"]), unhex(line["journal"]), line["sequence"])
    data = unhex(line["wire"])
    verdict = verify(place, data, Held(held["device"], held["before"], held["here"]))
    out: dict = {"verdict": verdict.name, "digest": running_digest(data).hex()}
    if verdict.name not in ("continues", "fork"):
        return out
    wire = verdict.wire
    out["hash"], out["signer"], out["link"] = verdict.hash.hex(), verdict.signer.hex(), verdict.link.hex()
    out["epoch"] = wire.epoch.hex() if wire.sealed else None
    out["sections"] = [say_section(section) for section in wire.sections]
    out["operations"] = [
        say_operation(verdict, i, s.content) for i, s in enumerate(wire.sections) if s.kind == KIND_OPERATION
    ]
    out["acks"] = [{"index": i, "ack": say_ack(s.content)} for i, s in enumerate(wire.sections) if s.kind == KIND_ACK]
    if line["secret"] is not None:
        out["opened"] = say_opened(place, verdict, unhex(line["secret"]))
    return out


def say_section(section: Section) -> dict:
    """Its kind, its content if it is readable, and whether it was erased."""
    out: dict = {"kind": section.kind}
    if section.erased:
        out["erased"] = True
    return out if section.sealed else out | {"content": section.content.hex()}


def say_operation(verdict: Verdict, index: int, content: bytes) -> dict:
    """§5: known, unknown or refused."""
    out: dict = {"index": index, "id": ids.operation_id(verdict.hash, index).hex()}
    try:
        operation = operations.read(content)
    except Unknown:
        return out | {"reading": "unknown"}
    except Refusal:
        return out | {"reading": "refused"}
    out |= {"reading": "known", "operation": hexed(operations.item_of(operation))}
    if operation.kind == Kind.JOIN:
        device = operation["request"]["device"]
        out["proven"] = joins.is_proven(verdict.signer, operation)
        out["words"] = joins.four_words(verdict.signer, device["device"], device["exchange"])
    return out


def say_ack(content: bytes) -> dict | None:
    """§9; none if it cannot be read."""
    try:
        ack = frontier.read_ack(content)
    except Refusal:
        return None
    return {"frontier": ack.frontier.hex(), "documents": ack.documents.hex(), "heads": say_known(ack.heads)}


def say_opened(place: Place, verdict: Verdict, secret: bytes) -> dict:
    """§4 *open*."""
    try:
        changes = sealing.open_envelope(place, verdict.wire, secret)
    except Newer:
        return {"verdict": "newer"}
    except Refusal as refusal:
        return {"verdict": refusal.name if refusal.name in OPEN_VERDICTS else "refused"}
    told = [{"index": c.index, "document": c.document.hex(), "change": c.change.hex()} for c in changes]
    return {"verdict": "opened", "changes": told}


def first_difference(theirs: object, ours: object, path: str = "says") -> str | None:
    """Where two readings differ first, with what either says."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for key in list(theirs) + [key for key in ours if key not in theirs]:
            if key not in theirs or key not in ours:
                return f"{path}.{key}: Rust {shorten(theirs.get(key, 'absent'))}, Python {shorten(ours.get(key, 'absent'))}"
            found = first_difference(theirs[key], ours[key], f"{path}.{key}")
            if found:
                return found
        return None
    if isinstance(theirs, list) and isinstance(ours, list) and len(theirs) == len(ours):
        pairs = enumerate(zip(theirs, ours))
        return next((d for i, (a, b) in pairs if (d := first_difference(a, b, f"{path}[{i}]"))), None)
    if theirs == ours and type(theirs) is type(ours):
        return None
    return f"{path}: Rust {shorten(theirs)}, Python {shorten(ours)}"


def shorten(value: object) -> str:
    """JSON that fits on a screen."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 400 else f"{text[:400]}… ({len(text)} characters)"


def compare(lines: IO[str], show: int = 20) -> Tally:
    """Reads all lines; raises ValueError or KeyError if one is not as the contract says."""
    tally = Tally()
    for text in lines:
        if not text.strip():
            continue
        line = json.loads(text)
        difference = first_difference(line["says"], say(line))
        if difference is None:
            tally.agreed += 1
            continue
        tally.disagreed += 1
        if len(tally.shown) < show:
            tally.shown.append(f"n {line['n']}, made: {'; '.join(line['made'])}\n    {difference}")
    return tally
