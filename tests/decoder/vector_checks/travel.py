"""exchange.txt and invites.txt (§5, §7 to §11)."""

from __future__ import annotations

import itertools
import re

from jasaq_wire import ed25519, exchange, frames, frontier, invite, joins, operations, satchel, sheets
from jasaq_wire.envelope import verify
from jasaq_wire.refusal import Refusal

from .journals import Journals
from .load import VectorFile, Vectors


def check_exchange(vectors: Vectors) -> None:
    """Heads, receipts, acks, frames, running hashes, the satchel."""
    file, relay = vectors["exchange.txt"], vectors["keys.txt"]["relay.id"]
    check_signed(vectors, file, relay)
    check_ack(vectors, file)
    check_running_hashes(vectors, file)
    check_streams(vectors, file)
    check_satchel(vectors, file)


def check_signed(vectors: Vectors, file: VectorFile, relay: bytes) -> None:
    """Head and receipt verify, belong together, and signed again are the same."""
    head, receipt = exchange.RelayHead.read(file["head"]), exchange.RelayReceipt.read(file["receipt"])
    try:
        head.verify(relay)
        receipt.verify(relay, head)
    except Refusal as refusal:
        file.agree("head", False, str(refusal))
    for name, read, signer in (("head", head, head.device), ("receipt", receipt, relay)):
        file.equal(name, read.signed() + ed25519.sign(vectors.seeds[signer], read.signed() + relay))
    envelopes = vectors["envelopes.txt"]
    for line in receipt.known:
        names = [n for n in envelopes.groups("hash") if envelopes[f"{n}.journal"] == line.id]
        hashes = {int.from_bytes(envelopes[f"{n}.sequence"], "big"): envelopes[f"{n}.hash"][:8] for n in names}
        file.agree("receipt", hashes.get(line.number) == line.hash, "another head hash")


def check_ack(vectors: Vectors, file: VectorFile) -> None:
    """The ack is that of an envelope; its digests are those of its own frontier and of the card."""
    ack, envelopes = frontier.read_ack(file["ack"]), vectors["envelopes.txt"]
    file.equal("ack", ack.to_bytes())
    file.agree("ack", file["ack"] in [v for n, v in envelopes.values.items() if ".readable." in n], "in no envelope")
    file.agree("ack", ack.documents == vectors["changes.txt"]["digest"], "another documents digest")
    file.agree("ack", all(h.hash in [v[:8] for v in envelopes.values.values()] for h in ack.heads), "another head hash")
    file.equal("frontier.digest", frontier.frontier_digest(ack.heads))
    gone = {bytes([int(byte, 16)]) * 16 for byte in re.findall(r"\b([0-9a-f]{2})…", file.comments["frontier.digest_without"])}
    file.equal("frontier.digest_without", frontier.frontier_digest(ack.heads, frozenset(gone)))
    file.agree("frontier.digest_without", len(gone) == 2, "its comment names no documents")
    file.agree("ack", ack.frontier == file["frontier.digest"], "another frontier digest")
    file.equal("frontier.digest_of_none", frontier.frontier_digest([]))


def check_running_hashes(vectors: Vectors, file: VectorFile) -> None:
    """Over the envelopes that the comment names, in short form; the same if something of them was erased."""
    envelopes = vectors["envelopes.txt"]
    names = [name for name in file.values if name.startswith("running_hash.")]
    over = re.match(r"over (.*) in short form", file.comments[names[0]])
    whole = [f"{name}.wire" for name in over[1].split(", ")]
    erased = {"several.1.wire": "several.1.erased_0", "several.2.wire": "several.2.erased_1_2"}
    for form in (whole, [erased.get(name, name) for name in whole]):
        for name, ours in zip(names, exchange.running_hashes([envelopes[name] for name in form]), strict=True):
            file.equal(name, ours)


def check_streams(vectors: Vectors, file: VectorFile) -> None:
    """A request and an answer, read by the order of their frames."""
    envelopes = vectors["envelopes.txt"]
    request, answer = satchel.read_request(file["request"]), satchel.read_answer(file["answer"])
    for name, stream in (("request", request), ("answer", answer)):
        file.agree(name, stream.broken is None and stream.ended, f"broken: {stream.broken}")
        for found in stream.of(frames.ENVELOPE):
            wires = [v for n, v in envelopes.values.items() if n.endswith(".wire")]
            file.agree(name, found.wire in wires or (name == "answer" and not found.wire), "an unknown envelope")
    file.agree("request", request.of(frames.HEAD) == [exchange.RelayHead.read(file["head"])], "another head")
    kinds = [frame.kind for frame in request.frames]
    told = [frames.HEAD, frames.ROOM, frames.RUN, frames.ENVELOPE, frames.ENVELOPE, frames.END]
    file.agree("request", kinds == told, "other frames than its comment tells")
    file.agree("answer", answer.of(frames.RECEIPT) == [exchange.RelayReceipt.read(file["receipt"])], "another receipt")
    kinds = {frame.kind for frame in answer.frames}
    file.agree("answer", set(range(2, 9)) < kinds, "not one of every kind")
    file.agree("answer", answer.of(frames.END)[0].more, "no more to ask for")


def check_satchel(vectors: Vectors, file: VectorFile) -> None:
    """Every envelope stands with its link and verifies, rolls first."""
    read = satchel.read_satchel(file["satchel"], vectors["keys.txt"]["territory.space"])
    file.agree("satchel", read.stream.broken is None and not read.cut, f"broken: {read.stream.broken}")
    linked = {
        v for f in ("rolls.txt", "envelopes.txt") for n, v in vectors[f].values.items() if n.endswith(".wire_linked")
    }
    journals, sealed_before = Journals(), False
    for found in read.envelopes:
        verdict = verify(found.place, found.wire, journals.held(found.place))
        file.agree("satchel", verdict.name == "continues" and verdict.wire.link is not None, f"it is: {verdict.name}")
        journals.keep(found.place, verdict)
        file.agree("satchel", found.wire in linked, "an unknown envelope")
        file.agree("satchel", verdict.wire.sealed or not sealed_before, "a roll behind another space")
        sealed_before = sealed_before or verdict.wire.sealed


def check_invites(vectors: Vectors) -> None:
    """Codes, the join with its words, and sheets."""
    file, keys = vectors["invites.txt"], vectors["keys.txt"]
    for name in (name for name in file.values if f"{name}.body" in file):
        read = invite.read(file[name].decode())
        file.equal(f"{name}.body", read.body())
        file.equal(name, invite.write(read).encode())
        file.agree(name, file.comments[name].endswith(": " + file[name].decode()), "the comment shows another")
        named = re.search(r"\bwith (\w+):", file.comments[name])
        file.agree(name, named is not None and keys[f"{named[1]}.id"] == read.key, "another invite key than is told")
        known = read.root == keys["root.id"] and read.roll in keys.values.values() and read.inviter in vectors.seeds
        file.agree(name, known and read.key in vectors.seeds, "other keys than in keys.txt")
        file.agree(name, (read.relay == keys["relay.id"]) == ("relay" in name), "its relay")
    join, key = operations.read(file["join"]), join_key(vectors)
    file.agree("join", joins.is_proven(key, join), "not proven")
    file.agree("join", file["join"] == vectors["operations.txt"]["join"], "another than in operations.txt")
    device = join["request"]["device"]
    file.equal("words", joins.four_words(key, device["device"], device["exchange"]).encode())
    check_sheets(vectors, file)
    check_spoken(vectors, file)


def join_key(vectors: Vectors) -> bytes:
    """The invite key of the join: its comment names it (`with invite_head, attempt 0`)."""
    named = re.search(r"with (\w+), attempt", vectors["invites.txt"].comments["join"])
    return vectors["keys.txt"][f"{named[1]}.id"]


def check_sheets(vectors: Vectors, file: VectorFile) -> None:
    """Any two sheets give the key, and its split with the same slope gives the sheets."""
    names = [name for name in file.values if name.startswith("sheet.")]
    read = {name: sheets.read(file[name].decode()) for name in names}
    secrets = {sheets.join(read[a], read[b]) for a, b in itertools.permutations(names, 2)}
    first = read[names[0]]
    slope = sheets.xor(min(secrets), first.share)
    for name, sheet in zip(names, sheets.split(min(secrets), slope, first)):
        root = vectors["keys.txt"]["root.id"]
        file.equal(name, sheet.to_code().encode())
        file.equal(f"words.{name}", sheet.to_words().encode())
        file.equal(f"bytes.{name}", sheet.body())
        file.agree(name, sheets.read(file[f"words.{name}"].decode()) == sheet, "its words are another sheet's")
        file.agree(name, len(secrets) == 1 and sheet.owner == sheet.territory == root[:4], "not the root's")


def check_spoken(vectors: Vectors, file: VectorFile) -> None:
    """Ten words, and what a relay answers to the key that they give."""
    keys, heard = vectors["keys.txt"], invite.hear(file["spoken"].decode())
    terms = invite.read_terms(file["terms"])
    file.agree("spoken", heard.words(terms[0], keys["relay.id"]) == file["spoken"].decode(), "other words")
    file.equal("spoken.key", heard.key)
    told = invite.read(file["code"].decode())
    same = (terms[0].root, terms[0].roll, terms[0].inviter) == (told.root, told.roll, told.inviter)
    file.agree("terms", len(terms) == 1 and same and terms[0].role == told.role, "other terms than the code's")
    file.agree("spoken", heard.fits(terms[0], keys["relay.id"]), "the pin does not fit")
    file.agree("spoken", not heard.fits(terms[0], keys["root.id"]), "the pin fits another relay")
