"""What this decoder says of the lines that are no envelopes: heads, receipts, satchels, invites and statements."""

from __future__ import annotations

from . import frames, invite, satchel, statements
from .codes import makers
from .columns import Scalar
from .exchange import RelayHead, RelayReceipt
from .frontier import Known
from .refusal import Newer, Refusal

NEWER = {"verdict": "of a newer version"}


def say_known(known: tuple[Known, ...]) -> list:
    """The lines of a head or a frontier."""
    return [[line.id.hex(), line.number, line.hash.hex()] for line in known]


def say_head(line: dict) -> dict:
    """§11: what a relay says of a head that is for it."""
    try:
        head = RelayHead.read(bytes.fromhex(line["bytes"]))
        head.verify(bytes.fromhex(line["relay"]))
    except Newer:
        return NEWER
    except Refusal:
        return {"verdict": "malformed"}
    return {"verdict": "read", "device": head.device.hex(), "counter": head.counter, "spaces": say_known(head.known)}


def say_receipt(line: dict) -> dict:
    """§11: what a device says of a receipt for its head."""
    asked = RelayHead(bytes.fromhex(line["device"]), line["counter"], (), b"")
    try:
        receipt = RelayReceipt.read(bytes.fromhex(line["bytes"]))
        receipt.verify(bytes.fromhex(line["relay"]), asked)
    except Newer:
        return NEWER
    except Refusal as refusal:
        return {"verdict": refusal.name}
    return {"verdict": "read", "heads": say_known(receipt.known)}


def say_satchel(line: dict) -> dict:
    """§11: what comes out of a satchel, and how it ended."""
    try:
        packed = satchel.read_satchel(bytes.fromhex(line["bytes"]), bytes.fromhex(line["roll"]))
    except Newer:
        return NEWER | {"envelopes": []}
    except Refusal as refusal:
        return {"verdict": refusal.name, "envelopes": []}
    envelopes = [say_arrived(arrived) for arrived in packed.envelopes]
    verdict = "damaged" if packed.damage else "cut" if packed.cut else "whole"
    return {"verdict": verdict, "envelopes": envelopes}


def say_arrived(arrived: frames.EnvelopeFrame) -> list:
    """An envelope's place and its wire form."""
    place = arrived.place
    return [place.space.hex(), place.journal.hex(), place.sequence, arrived.wire.hex()]


def say_invite(line: dict) -> dict:
    """§7."""
    try:
        code = invite.read(line["code"])
    except Newer:
        return NEWER
    except Refusal as refusal:
        return {"verdict": refusal.name}
    told = {name: getattr(code, name) for name in ("root", "roll", "inviter", "secret", "relay")}
    told = {name: None if value is None else value.hex() for name, value in told.items()}
    return {"verdict": "read", **told, "role": int(code.role), "address": code.address}


def say_statement(line: dict) -> dict:
    """§14: whether it is shown or set aside, and whose it may be."""
    given = {key: bytes.fromhex(value) if sort == "bytes" else value for key, (sort, value) in line["fields"].items()}
    try:
        values = statements.read({key: Scalar.of(value) for key, value in given.items()})
    except Refusal:
        return {"verdict": "set aside"}
    return {"verdict": "shown", "makers": makers(values["kind"])}


FORMS = {
    "head": say_head,
    "receipt": say_receipt,
    "satchel": say_satchel,
    "invite": say_invite,
    "statement": say_statement,
}
