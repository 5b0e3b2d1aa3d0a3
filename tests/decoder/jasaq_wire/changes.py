"""§12: changes. The chunk, its rules, and whether it follows the journal's last change in the document."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from . import columns
from .columns import Scalar
from .leb128 import LebReader, write_unsigned
from .refusal import Refusal

MAGIC = bytes.fromhex("856f4a83")
TYPE_CHANGE = 1
LENGTH_MAX = 32_768
OPERATIONS_MAX = 8_192
STATEMENTS_MAX = 1_000
COLUMNS_MAX = 16
COUNTER_END = 2**31
OBJECT_ACTOR, OBJECT_COUNTER, KEY, INSERT, ACTION = 0x01, 0x02, 0x15, 0x34, 0x42
VALUE_TYPE, VALUE, PREDECESSORS = 0x56, 0x57, 0x70
COLUMNS = (OBJECT_ACTOR, OBJECT_COUNTER, KEY, INSERT, ACTION, VALUE_TYPE, VALUE, PREDECESSORS)
MAKE_MAP, PUT = 0, 1
STATEMENT_KEY = re.compile(rb"[A-Za-z0-9_.\-]{1,32}")
FIELD_KEY_MAX = 64


@dataclass(frozen=True)
class Op:
    """One operation of a change: `object` is none at ROOT, else the counter of what made the map."""

    object: int | None
    key: str
    action: int
    value: Scalar


@dataclass(frozen=True)
class Change:
    """A change that keeps to every rule of §12 but the one that it follows the last."""

    hash: bytes
    dependencies: tuple[bytes, ...]
    actor: bytes
    seq: int
    start_op: int
    operations: tuple[Op, ...]

    @property
    def journal(self) -> bytes:
        """The first sixteen bytes of the actor."""
        return self.actor[:16]

    @property
    def last_op(self) -> int:
        return self.start_op + len(self.operations) - 1

    def statements(self) -> dict[str, dict[str, Scalar]]:
        """What the change states: fields by key, by statement's key."""
        made, out = {}, {}
        for counter, op in enumerate(self.operations, self.start_op):
            if op.action == MAKE_MAP:
                made[counter] = out[op.key] = {}
            else:
                made[op.object][op.key] = op.value
        return out

    def to_bytes(self) -> bytes:
        """The chunk, written as Automerge writes it."""
        body = write_unsigned(len(self.dependencies)) + b"".join(self.dependencies)
        body += write_unsigned(len(self.actor)) + self.actor
        body += write_unsigned(self.seq) + write_unsigned(self.start_op) + bytes(3)
        written = [(spec, data) for spec, data in self.columns() if data]
        body += write_unsigned(len(written))
        body += b"".join(bytes([spec]) + write_unsigned(len(data)) for spec, data in written)
        body += b"".join(data for _, data in written)
        framed = bytes([TYPE_CHANGE]) + write_unsigned(len(body)) + body
        return MAGIC + hashlib.sha256(framed).digest()[:4] + framed

    def columns(self) -> list[tuple[int, bytes]]:
        """The columns of the operations."""
        ops = self.operations
        types, values = columns.write_scalars([op.value for op in ops])
        numbers = write_unsigned
        return [
            (OBJECT_ACTOR, columns.write_runs([None if op.object is None else 0 for op in ops], numbers)),
            (OBJECT_COUNTER, columns.write_runs([op.object for op in ops], numbers)),
            (KEY, columns.write_runs([op.key for op in ops], columns.write_text)),
            (INSERT, columns.write_booleans([False] * len(ops))),
            (ACTION, columns.write_runs([op.action for op in ops], numbers)),
            (VALUE_TYPE, types),
            (VALUE, values),
            (PREDECESSORS, columns.write_runs([0] * len(ops), numbers)),
        ]


def read(data: bytes, journal: bytes) -> Change:
    """A change of that journal: length and header, columns, decode, actor's journal, operations, encode again."""
    digest, body = read_chunk(data)
    reader = LebReader(body, "header")
    dependencies, actor, seq, start_op = read_header(reader)
    found = read_columns(reader)
    operations = decode_operations(found)
    if len(actor) != 20 or actor[:16] != journal:
        raise Refusal("actor", "not twenty bytes of this journal")
    check_operations(operations, start_op)
    change = Change(digest, dependencies, actor, seq, start_op, tuple(operations))
    if change.to_bytes() != data:
        raise Refusal("encode again", "the bytes are not those that Automerge writes")
    return change


def read_chunk(data: bytes) -> tuple[bytes, bytes]:
    """The chunk's hash and body."""
    if len(data) > LENGTH_MAX:
        raise Refusal("length", "more than 32,768 bytes")
    reader = LebReader(data, "chunk")
    if reader.take(4) != MAGIC:
        raise Refusal("chunk", "not one")
    checksum, start = reader.take(4), reader.at
    if reader.take(1)[0] != TYPE_CHANGE:
        raise Refusal("type", "not an uncompressed change")
    body = reader.take(reader.unsigned())
    if reader.left():
        raise Refusal("longer", "bytes behind the chunk")
    digest = hashlib.sha256(data[start:]).digest()
    if digest[:4] != checksum:
        raise Refusal("checksum")
    return digest, body


def read_header(reader: LebReader) -> tuple[tuple[bytes, ...], bytes, int, int]:
    """Dependencies, actor, seq and start op; time, message and other actors must be empty."""
    count = reader.unsigned()
    if count > 1:
        raise Refusal("dependencies", "more than one")
    dependencies = tuple(reader.take(32) for _ in range(count))
    actor = reader.take(reader.unsigned())
    seq, start_op = reader.unsigned(), reader.unsigned()
    for field_name in ("time", "message", "other actors"):
        if reader.take(1) != b"\x00":
            raise Refusal(field_name, "not empty")
    return dependencies, actor, seq, start_op


def read_columns(reader: LebReader) -> dict[int, bytes]:
    """The columns by what they are; rising, and only those of §12."""
    count = reader.unsigned()
    if count > COLUMNS_MAX:
        raise Refusal("columns", "more than sixteen")
    lengths = [(reader.unsigned(), reader.unsigned()) for _ in range(count)]
    found: dict[int, bytes] = {}
    for spec, length in lengths:
        if spec not in COLUMNS or (found and spec <= max(found)):
            raise Refusal("columns", f"column {spec:02x} may not stand here")
        found[spec] = reader.take(length)
    if reader.left():
        raise Refusal("extra", "bytes behind the columns")
    return found


def decode_operations(found: dict[int, bytes]) -> list[Op]:
    """The rows of the columns. A column that is shorter than that of the actions ends in nulls."""
    most = OPERATIONS_MAX
    numbers = {
        spec: columns.read_runs(found.get(spec, b""), columns.read_number, most)
        for spec in (OBJECT_ACTOR, OBJECT_COUNTER, ACTION, PREDECESSORS)
    }
    keys = columns.read_runs(found.get(KEY, b""), columns.read_text, most)
    values = columns.read_scalars(found.get(VALUE_TYPE, b""), found.get(VALUE, b""), most)
    if any(columns.read_booleans(found.get(INSERT, b""), most)):
        raise Refusal("operations", "an insertion")
    if any(numbers[PREDECESSORS]):
        raise Refusal("operations", "a predecessor: something is overwritten")
    operations = []
    for row, action in enumerate(numbers[ACTION]):
        actor, counter = cell(numbers[OBJECT_ACTOR], row), cell(numbers[OBJECT_COUNTER], row)
        key, value = cell(keys, row), cell(values, row)
        if key is None or value is None or action is None or (actor is None) != (counter is None) or actor:
            raise Refusal("operations", "an operation without its key, value or object")
        operations.append(Op(counter, key, action, value))
    return operations


def cell(column: list, row: int) -> object:
    """A value of a column; nothing behind its end."""
    return column[row] if row < len(column) else None


def check_operations(operations: list[Op], start_op: int) -> None:
    """§12, *operations*, *statement's key*, *field's key* and the bound of counters."""
    if not operations:
        raise Refusal("operations", "none")
    if start_op < 1 or start_op + len(operations) > COUNTER_END:
        raise Refusal("operations", "a counter out of bounds")
    seen: set[tuple[int | None, str]] = set()
    made: set[int] = set()
    for counter, op in enumerate(operations, start_op):
        if op.action == MAKE_MAP and op.object is None and op.value.code == columns.NULL:
            if not STATEMENT_KEY.fullmatch(op.key.encode()):
                raise Refusal("key", "not a statement's key")
            made.add(counter)
        elif op.action == PUT and op.object in made:
            if not 1 <= len(op.key.encode()) <= FIELD_KEY_MAX:
                raise Refusal("field's key", "not 1 to 64 bytes")
        else:
            raise Refusal("operations", "neither makes a statement nor puts a scalar into one made before")
        if (op.object, op.key) in seen:
            raise Refusal("operations", "a key twice")
        seen.add((op.object, op.key))
    if len(made) > STATEMENTS_MAX:
        raise Refusal("operations", "more than 1,000 statements")


@dataclass
class JournalInDocument:
    """What one journal said in one document so far."""

    last: Change | None = None
    counts: dict[bytes, int] = field(default_factory=dict)

    def take(self, change: Change) -> None:
        """§12, *dependencies*: exactly the journal's last change, the next op, the actor's next number."""
        expected = () if self.last is None else (self.last.hash,)
        if change.dependencies != expected:
            raise Refusal("follows", "depends on another change than the journal's last")
        if change.start_op != (1 if self.last is None else self.last.last_op + 1):
            raise Refusal("follows", "another start op")
        if change.seq != self.counts.get(change.actor, 0) + 1:
            raise Refusal("follows", "another number of the actor's change")
        self.last, self.counts[change.actor] = change, change.seq
