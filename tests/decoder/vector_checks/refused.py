"""refused.txt: what must be refused, by the door that refuses it, for the stated reason."""

from __future__ import annotations

from typing import Callable

from jasaq_wire import changes, envelope, exchange, frames, frontier, invite, joins, operations, satchel, sealing, sheets
from jasaq_wire.envelope import Held, verify
from jasaq_wire.ids import Place
from jasaq_wire.refusal import Newer, Refusal

from . import set_aside
from .journals import Journals, place_of, secret_of
from .load import Vectors
from .travel import join_key

TELLING = ("place", "open", "operation")
Door = Callable[[Vectors, bytes], None]
REASONS: dict[str, tuple[str, str]] = {
    "wire.version": ("of a newer version", "version 2"),
    "wire.empty": ("not an envelope", "empty"),
    "wire.flag": ("not an envelope", "flag"),
    "wire.not_sealed": ("not an envelope", "do not agree"),
    "wire.sealed": ("not an envelope", "do not agree"),
    "wire.no_sections": ("not an envelope", "section count"),
    "wire.many_sections": ("not an envelope", "section count"),
    "wire.cut": ("not an envelope", "end inside"),
    "wire.longer": ("not an envelope", "behind the last"),
    "wire.too_long": ("not an envelope", "4,096"),
    "wire.no_room_for_link": ("not an envelope", "4,064"),
    "wire.erased_unsealed": ("not an envelope", "not sealed"),
    "wire.erased_none": ("not an envelope", "no section is erased"),
    "wire.erased_beyond": ("not an envelope", "that is not there"),
    "wire.erased_readable": ("not an envelope", "that is not sealed"),
    "wire.erased_cut": ("not an envelope", "end inside"),
    "wire.erased_longer": ("not an envelope", "behind the last"),
    "wire.erased_too_long": ("not an envelope", "4,096"),
    "wire.erased_no_room_for_link": ("not an envelope", "4,064"),
    "place.erased_length": ("bad signature", ""),
    "place.erased_hash": ("bad signature", ""),
    "place.signature": ("bad signature", ""),
    "place.content": ("bad signature", ""),
    "place.section_kind": ("bad signature", ""),
    "place.no_link": ("not an envelope", ""),
    "place.stranger": ("another device's journal", ""),
    "open.moved": ("ciphertext", ""),
    "open.method": ("newer", "method 9"),
    "open.nothing": ("length", "no method"),
    "open.no_document": ("length", "no document"),
    "open.bomb": ("length", "32,768"),
    "open.two_frames": ("packing", "behind"),
    "open.behind_frame": ("packing", "behind"),
    "open.cut_frame": ("packing", "end inside"),
    "open.with_magic": ("packing", ""),
    "open.window": ("packing", "8 MiB"),
    "open.block": ("packing", "window"),
    "open.tag": ("ciphertext", ""),
    "change.deflated": ("type", "uncompressed"),
    "change.longer": ("longer", ""),
    "change.checksum": ("checksum", ""),
    "change.empty": ("chunk", ""),
    "change.message": ("message", ""),
    "change.time": ("time", ""),
    "change.extra": ("extra", ""),
    "change.sequence": ("follows", "number"),
    "change.nothing": ("operations", "none"),
    "change.insert": ("operations", "insertion"),
    "change.repeated": ("operations", "twice"),
    "change.run_of_one": ("encode again", ""),
    "change.stated_twice": ("operations", "twice"),
    "change.gap": ("follows", "depends"),
    "change.dependencies": ("dependencies", ""),
    "change.actor": ("actor", ""),
    "change.key": ("key", ""),
    "change.field_key": ("field's key", ""),
    "operation.empty": ("refused", "end inside"),
    "operation.longer": ("refused", "behind"),
    "operation.cut": ("refused", "end inside"),
    "operation.long_integer": ("refused", "shortest"),
    "operation.long_length": ("refused", "shortest"),
    "operation.indefinite": ("refused", "indefinite"),
    "operation.null_at_end": ("refused", "null"),
    "operation.map": ("refused", "map"),
    "operation.kind_longer": ("refused", "behind"),
    "operation.deep": ("refused", "8 items"),
    "operation.kind": ("unknown", "kind"),
    "operation.no_kind": ("unknown", "kind -1"),
    "operation.three": ("unknown", "kind and its fields"),
    "operation.no_field": ("unknown", "space"),
    "operation.short": ("unknown", "16 bytes"),
    "operation.role_of_office": ("refused", "none of a squad"),
    "operation.cut_heads": ("refused", "more than 40"),
    "operation.cut_parts": ("refused", "more than 32"),
    "operation.replaces": ("refused", "more than 32"),
    "operation.heads": ("refused", "more than 40"),
    "operation.lack": ("refused", "more than 32"),
    "operation.heads_journal": ("refused", "device's"),
    "operation.admit_journal": ("refused", "device's"),
    "operation.admit_keys": ("refused", "more than 32"),
    "operation.key_empty": ("refused", "empty or longer"),
    "operation.key_long": ("refused", "empty or longer"),
    "operation.sections": ("refused", "more than 38"),
    "operation.attachments": ("refused", "more than 38"),
    "operation.erase_no_document": ("refused", "document is absent"),
    "operation.erased_none": ("refused", "no operation"),
    "operation.erased_many": ("refused", "more than 32"),
    "operation.index": ("refused", "above 15"),
    "operation.index_unknown": ("unknown", "255"),
    "operation.seat": ("refused", "office"),
    "operation.head_of_office": ("refused", "head"),
    "operation.role": ("unknown", "role"),
    "operation.wrap": ("unknown", "80 bytes"),
    "operation.territory": ("refused", "kind 0"),
    "operation.no_epoch": ("refused", "epoch"),
    "operation.season": ("unknown", "season"),
    "operation.unknown_first": ("unknown", "season"),
    "join.proof": ("not proven", ""),
    "ack.version": ("newer", "version"),
    "ack.longer": ("malformed", "behind"),
    "ack.order": ("malformed", "rise"),
    "head.version": ("newer", "version"),
    "head.twice": ("malformed", "rise"),
    "head.unsorted": ("malformed", "rise"),
    "head.counter": ("malformed", "signature"),
    "head.small_order": ("malformed", "signature"),
    "head.unreduced": ("malformed", "signature"),
    "head.long_s": ("malformed", "signature"),
    "receipt.version": ("newer", "version"),
    "receipt.counter": ("refused", "another head"),
    "frames.end": ("malformed", "yes nor no"),
    "frames.too_long": ("malformed", "40,960"),
    "frames.envelope": ("malformed", "4,642"),
    "frames.sequence": ("malformed", "place"),
    "frames.after_end": ("malformed", "behind the end"),
    "frames.no_run": ("malformed", "before any run"),
    "frames.room": ("malformed", "kind 9"),
    "frames.past_last": ("malformed", "behind the last sequence"),
    "frames.other_space": ("malformed", "another space"),
    "satchel.after_end": ("damaged", "behind the end"),
    "satchel.newer": ("newer", "version"),
    "satchel.foreign": ("foreign", ""),
    "satchel.none": ("not a satchel", "tag"),
    "code.mistyped": ("a mistake", "checksum"),
    "code.cut": ("a mistake", "checksum"),
    "code.behind_role": ("a mistake", "end inside"),
    "code.nothing": ("a mistake", "end inside"),
    "code.newer": ("newer", "version 2"),
    "code.newer_short": ("newer", "version 2"),
    "code.prefix": ("not an invite", "prefix"),
    "code.long_address": ("a mistake", "200 bytes"),
    "code.newer_role": ("newer", "role"),
    "code.newer_role_cut": ("a mistake", "end inside"),
    "code.bits": ("a mistake", "not zero"),
    "code.letter_more": ("a mistake", "left over"),
    "code.form": ("not an invite", "prefix"),
    "sheet.mistyped": ("a mistake", "checksum"),
    "sheet.newer": ("newer", "version 2"),
    "sheet.purpose": ("newer", "purpose 9"),
    "sheet.number": ("a mistake", "1 to 3"),
    "sheet.long": ("a mistake", ""),
    "sheet.line": ("a mistake", "line 1"),
    "sheet.lines_turned": ("a mistake", "line 5"),
    "sheet.word_missing": ("a mistake", "five words"),
    **set_aside.REASONS,
}


def door_wire(vectors: Vectors, data: bytes) -> None:
    """The envelope's form alone (§4 step 1)."""
    envelope.parse(data)


def door_place(vectors: Vectors, data: bytes) -> None:
    """Where `first` of envelopes.txt stands, with nothing held."""
    verdict = verify(place_of(vectors["envelopes.txt"], "first"), data, Held())
    if verdict.hash is None:
        raise Refusal(verdict.name)


def door_open(vectors: Vectors, data: bytes) -> None:
    """At sequence 1 of open.journal: it verifies, and does not open."""
    envelopes = vectors["envelopes.txt"]
    place = Place(envelopes["first.space"], envelopes["open.journal"], 1)
    verdict = verify(place, data, Journals().held(place))
    if verdict.name != "continues":
        raise ValueError(f"it does not verify: {verdict.name}")
    sealing.open_envelope(place, verdict.wire, secret_of(vectors, verdict.wire.epoch))


def door_change(vectors: Vectors, data: bytes) -> None:
    """The first change of change.journal in a document."""
    change = changes.read(data, vectors["envelopes.txt"]["change.journal"])
    changes.JournalInDocument().take(change)


def door_statement(vectors: Vectors, data: bytes) -> None:
    """A change of register.journal."""
    set_aside.door(vectors, data)


def door_operation(vectors: Vectors, data: bytes) -> None:
    """A section of kind 1."""
    operations.read(data)


def door_join(vectors: Vectors, data: bytes) -> None:
    """A join reads, and is not proven under the key that its good sister is proven under."""
    if not joins.is_proven(join_key(vectors), operations.read(data)):
        raise Refusal("not proven")


def door_ack(vectors: Vectors, data: bytes) -> None:
    """A section of kind 2."""
    frontier.read_ack(data)


def door_head(vectors: Vectors, data: bytes) -> None:
    """A head, to the relay of keys.txt."""
    exchange.RelayHead.read(data).verify(vectors["keys.txt"]["relay.id"])


def door_receipt(vectors: Vectors, data: bytes) -> None:
    """A receipt for the head of exchange.txt."""
    head = exchange.RelayHead.read(vectors["exchange.txt"]["head"])
    exchange.RelayReceipt.read(data).verify(vectors["keys.txt"]["relay.id"], head)


def door_frames(vectors: Vectors, data: bytes) -> None:
    """An answer: frames behind a receipt."""
    receipt = frames.write_frame(frames.RECEIPT, vectors["exchange.txt"]["receipt"])
    stream = satchel.read_answer(receipt + data)
    if stream.broken:
        raise stream.broken


def door_satchel(vectors: Vectors, data: bytes) -> None:
    """A satchel, for a device of the territory of keys.txt."""
    damage = satchel.read_satchel(data, vectors["keys.txt"]["territory.space"]).damage
    if damage:
        raise damage


def door_code(vectors: Vectors, data: bytes) -> None:
    """An invite code."""
    invite.read(data.decode())


def door_sheet(vectors: Vectors, data: bytes) -> None:
    """A sheet."""
    sheets.read(data.decode())


DOORS: dict[str, Door] = {name[5:]: door for name, door in globals().items() if name.startswith("door_")}


def outcome(name: str, refusal: Refusal) -> str:
    """What the page calls it: of what does not open there are two outcomes, all others have their own name."""
    if name.startswith("open."):
        return "newer" if isinstance(refusal, Newer) else "refused"
    return refusal.name


def check_refused(vectors: Vectors) -> None:
    """Every line is refused at its door for the reason that is known here, with the outcome that its comment names."""
    file = vectors["refused.txt"]
    for name, data in file.values.items():
        door, comment = name.partition(".")[0], file.comments[name]
        if door not in DOORS:
            continue
        try:
            DOORS[door](vectors, data)
        except Refusal as refusal:
            reason, detail = REASONS.get(name, ("", ""))
            good = name in REASONS and refusal.name == reason and detail in refusal.detail
            good = good and (door not in TELLING or comment.partition(": ")[0] == outcome(name, refusal))
            file.agree(name, good, f"refused as {refusal}; the comment: {comment}")
        except ValueError as error:
            file.agree(name, False, str(error))
        else:
            file.agree(name, False, f"it is taken; the comment: {comment}")
