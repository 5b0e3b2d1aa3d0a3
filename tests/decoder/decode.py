"""Shows a satchel, an invite code or one envelope (in hex) as indented JSON.

    decode.py FILE|-

A satchel is a file that begins with JQS; all else is read as text. Nothing is opened: no secret is asked for.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from jasaq_wire import compare_random, envelope, invite, operations, satchel
from jasaq_wire.envelope import KIND_ACK, KIND_CHANGE, KIND_OPERATION, Held, verify
from jasaq_wire.refusal import Refusal


def show_section(section: envelope.Section) -> dict:
    """A section, read as far as it can be without a key."""
    out: dict = {"kind": section.kind, "bytes": section.left.length}
    if section.erased:
        return out | {"erased": section.content.hash.hex()}
    if section.kind == KIND_CHANGE:
        return out | {"change": "sealed"}
    if section.kind == KIND_OPERATION:
        try:
            operation = operations.read(section.content)
        except Refusal as refusal:
            return out | {"operation": str(refusal)}
        return out | {"operation": operation.kind.name.lower(), "fields": show(operation.fields)}
    if section.kind == KIND_ACK:
        return out | {"ack": compare_random.say_ack(section.content)}
    return out | ({} if section.sealed else {"content": section.content.hex()})


def show(value: object) -> object:
    """Fields as JSON: bytes in hex."""
    if isinstance(value, dict):
        return {name: show(item) for name, item in value.items()}
    if isinstance(value, list):
        return [show(item) for item in value]
    return value.hex() if isinstance(value, bytes) else value


def show_wire(data: bytes) -> dict:
    """A wire form without its place: its hash and signature cannot be checked."""
    try:
        wire = envelope.parse(data)
    except Refusal as refusal:
        return {"refused": str(refusal)}
    fields = {"link": wire.link, "epoch": wire.epoch, "encapsulation": wire.encapsulation, "signature": wire.signature}
    return show({n: v for n, v in fields.items() if v}) | {"sections": [show_section(s) for s in wire.sections]}


def show_satchel(data: bytes) -> dict:
    """A satchel; every envelope is verified with those before it."""
    read, held = satchel.read_satchel(data), {}
    out: dict = {"satchel of the territory": read.roll.hex(), "cut": read.cut, "envelopes": []}
    for found in read.envelopes:
        place = found.place
        device, before = held.get(place.journal, (None, None))
        verdict = verify(place, found.wire, Held(device, before))
        if verdict.name == "continues":
            held[place.journal] = verdict.signer, verdict.hash
        where = {"space": place.space, "journal": place.journal, "sequence": place.sequence, "hash": verdict.hash}
        out["envelopes"].append({"verdict": verdict.name} | show(where) | show_wire(found.wire))
    if read.damage:
        out["damaged"] = read.damage.detail
    return out


def show_invite(code: str) -> dict:
    """An invite code, but for its secret."""
    read = invite.read(code)
    named = {"root": read.root, "roll": read.roll, "inviter": read.inviter, "invite key": read.key}
    return show({**named, "role": read.role.name, "relay": read.relay, "address": read.address})


def decode(data: bytes) -> dict:
    """Whatever it is."""
    if data.startswith(satchel.TAG):
        return show_satchel(data)
    text = data.decode("utf-8").strip()
    if text.startswith(invite.PREFIX):
        return show_invite(text)
    return show_wire(bytes.fromhex("".join(text.split())))


def main() -> int:
    """Reads the arguments."""
    parser = argparse.ArgumentParser(description="Shows a satchel, an invite code or an envelope in hex.")
    parser.add_argument("file")
    given = parser.parse_args()
    try:
        data = sys.stdin.buffer.read() if given.file == "-" else Path(given.file).read_bytes()
        print(json.dumps(decode(data), indent=2, ensure_ascii=False))
    except (OSError, ValueError, Refusal) as error:
        print(f"not read: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
