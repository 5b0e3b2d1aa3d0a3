"""changes.txt (§9, §12 to §14)."""

from __future__ import annotations

import json

from jasaq_wire import changes, ids, points, statements
from jasaq_wire.columns import Scalar
from jasaq_wire.refusal import Refusal

from .load import VectorFile, Vectors


def told(values: dict[str, object]) -> str:
    """A statement as the comments tell it."""
    def one(value: object) -> str:
        return f"[{len(value)} bytes]" if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False)

    return ", ".join(f"{key} {one(values[key])}" for key in sorted(values))


def plain(scalars: dict[str, Scalar]) -> dict[str, object]:
    """The values of a statement, whether it has a shape or not."""
    return {key: scalar.value() for key, scalar in scalars.items()}


def take(file: VectorFile, name: str, document: changes.JournalInDocument) -> changes.Change | None:
    """Reads a change in the journal that it names, and takes it into a document."""
    data = file[name]
    journal = journal_in(data)
    try:
        change = changes.read(data, journal)
        document.take(change)
    except Refusal as refusal:
        file.agree(name, False, str(refusal))
        return None
    file.equal(name, change.to_bytes())
    return change


def journal_in(data: bytes) -> bytes:
    """The journal of the actor, read without any rule."""
    _, body = changes.read_chunk(data)
    return changes.read_header(changes.LebReader(body, "header"))[1][:16]


def check_statement(file: VectorFile, name: str, scalars: dict[str, Scalar], kind: str | None = None) -> None:
    """A statement has a shape that is known, and says what its comment tells."""
    file.agree(name, told(plain(scalars)) == file.comments[name], f"it says {told(plain(scalars))[:300]}")
    try:
        values = statements.read(scalars)
        file.agree(name, kind in (None, values["kind"]), "of another kind")
    except Refusal as refusal:
        file.agree(name, False, str(refusal))


def check_changes(vectors: Vectors) -> None:
    """Every change keeps the rules, follows the one before, and states what is told."""
    file = vectors["changes.txt"]
    card = take(file, "card.change", changes.JournalInDocument())
    if card is not None:
        for scalars in card.statements().values():
            statements.read(scalars)
        file.equal("digest", ids.documents_digest([card.hash]))
    document, stated = changes.JournalInDocument(), {}
    for name in file.values:
        if name.startswith("head.") and name.endswith(".change"):
            change = take(file, name, document)
            if change is not None:
                file.equal(name.replace(".change", ".hash"), change.hash)
                stated.update(change.statements())
    for number, (key, scalars) in enumerate(stated.items(), 1):
        file.equal(f"head.statement.{number}", key.encode())
        check_statement(file, f"head.statement.{number}", scalars)
    check_again(file)
    track: dict[str, object] = {}
    for name in file.values:
        if name.startswith("kind."):
            change = take(file, name, changes.JournalInDocument())
            for scalars in change.statements().values() if change else ():
                check_statement(file, name, scalars, name.partition(".")[2])
                track = plain(scalars) if name == "kind.track" else track
    check_points(file, "track.points", track)


def check_register(vectors: Vectors) -> None:
    """The register's records."""
    check_kinds(vectors["register.txt"], "register.journal")


def check_planning(vectors: Vectors) -> None:
    """Plans of a patrol."""
    check_kinds(vectors["planning.txt"], "planning.journal")


def check_field(vectors: Vectors) -> None:
    """What is said on a patrol beside entries, of cases, decisions and pages."""
    check_kinds(vectors["field.txt"], "field.journal")


def check_kinds(file: VectorFile, named: str) -> None:
    """Every change states one thing of its kind, in a journal of its own."""
    journal = file[named]
    for name in file.values:
        if name == named:
            continue
        file.agree(named, journal_in(file[name]) == journal, f"{name} is of another")
        change = take(file, name, changes.JournalInDocument())
        group, _, kind = name.partition(".")
        for scalars in change.statements().values() if change else ():
            check_statement(file, name, scalars, None if group == "other" else kind)


def check_again(file: VectorFile) -> None:
    """Two changes of a journal that state something else under one key: both stand."""
    document, said = changes.JournalInDocument(), []
    for name in ("again.1.change", "again.2.change"):
        change = take(file, name, document)
        if change is not None:
            file.agree("again.journal", journal_in(file[name]) == file["again.journal"], f"{name} is of another")
            said.append(change.statements())
    keys = {key for statements_of in said for key in statements_of}
    file.agree("again.2.change", len(said) == 2 and len(keys) == 1 and said[0] != said[1], "not two under one key")


def check_points(file: VectorFile, name: str, track: dict[str, object]) -> None:
    """Packed points read, and packed again they are the same; they are those of the track."""
    data = file[name]
    try:
        read = points.unpack(data)
    except Refusal as refusal:
        file.agree(name, False, str(refusal))
        return
    file.equal(name, points.pack(read, data[1]))
    file.agree(name, track.get("points") == data and track.get("of") == 1, "not those of the track")
    counted = (
        sum(p.first for p in read),
        sum(p.latitude is None for p in read),
        sum(p.time is None for p in read),
    )
    file.agree(name, counted == (2, 1, 1), f"segments, lost, untimed: {counted}")
