"""keys.txt and operations.txt (§1, §3, §5)."""

from __future__ import annotations

import base64
import re

from jasaq_wire import cbor, ed25519, hpke, ids, operations, sealing
from jasaq_wire.operations import Kind
from jasaq_wire.refusal import Refusal

from .load import VectorFile, Vectors, chance, chance_in


def check_keys(vectors: Vectors) -> None:
    """Every public value follows from a secret or from what its comment names."""
    keys = vectors["keys.txt"]
    for name in keys.groups("secret"):
        secret = keys[f"{name}.secret"]
        keys.agree(f"{name}.secret", len(set(secret[:32])) == 1 == len(set(secret[32:] or b"0")), "not one byte repeated")
        if f"{name}.public" in keys:
            keys.equal(f"{name}.public", hpke.public_of(secret))
            keys.equal(f"{name}.id", ids.epoch_id(hpke.public_of(secret)))
        else:
            keys.equal(f"{name}.id", ed25519.public_of(secret[:32]))
        if f"{name}.exchange" in keys:
            keys.equal(f"{name}.exchange", hpke.public_of(secret[32:]))
    for name in keys.values:
        check_made(keys, name)


def check_made(keys: VectorFile, name: str) -> None:
    """Ids that are made of others, as their comment says."""
    comment, last = keys.comments[name], name.rpartition(".")[2]
    nonce = re.search(r"nonce ([0-9a-f]{2})…", comment)
    named = re.search(r": of (.*)", comment)
    of = [keys[word] for word in re.split(r", ", named[1]) if word in keys] if named else []
    if last == "space":
        made = ids.space_id(*of, bytes.fromhex(nonce[1]) * 16) if nonce else ids.territory_space(keys["root.id"])
        keys.equal(name, made)
    elif last == "journal":
        keys.equal(name, ids.journal_id(of[0], bytes.fromhex(nonce[1]) * 8))
    elif last == "statement_key":
        journal = keys[name.rpartition(".")[0] + ".journal"]
        keys.equal(name, base64.urlsafe_b64encode(journal[:6]) + b".1")
    elif last == "chance":
        keys.equal(name, chance(chance_in(comment), 32))


def check_operations(vectors: Vectors) -> None:
    """Each operation reads, and written again it is the same bytes."""
    file = vectors["operations.txt"]
    for name, content in file.values.items():
        try:
            operation = operations.read(content)
        except Refusal as refusal:
            file.agree(name, False, str(refusal))
            continue
        file.equal(name, cbor.write_item(operations.item_of(operation)))
        kind = re.match(r"\[(\d+), \[", file.comments[name])
        file.agree(name, kind is not None and int(kind[1]) == operation.kind, "another kind than the comment's")
        for problem in sealed_keys_of(vectors, operation, chance_in(file.comments[name])):
            file.agree(name, False, problem)


def sealed_keys_of(vectors: Vectors, operation: operations.Operation, byte: int | None) -> list[str]:
    """What is wrong with the sealed keys of a wrap or rotate: they open, and sealed again they are the same."""
    space = operation.fields.get("space")
    if operation.kind == Kind.WRAP:
        recipients = [(vectors.device_exchange[operation["device"]], operation["epoch"], operation["key"])]
    elif operation.kind == Kind.ROTATE:
        secret = vectors.exchange[operation["epoch"]]
        recipients = [(secret, parent["epoch"], parent["key"]) for parent in operation["parents"]]
    else:
        return []
    problems = []
    for secret, epoch, sealed in recipients:
        try:
            inside = sealing.open_key(space, epoch, secret, sealed)
        except Refusal as refusal:
            problems.append(str(refusal))
            continue
        if inside not in vectors.exchange.values():
            problems.append("a secret that keys.txt does not have")
        if byte is not None:
            again = sealing.seal_key(space, epoch, hpke.public_of(secret), inside, chance(byte, 32))
            problems += [] if again == sealed else ["sealed again with the same chance it differs"]
    return problems
