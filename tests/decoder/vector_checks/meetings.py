"""meetings.txt (§17)."""

from __future__ import annotations

from jasaq_wire import attachments, ed25519, invite, meeting
from jasaq_wire.attachments import Name

from .load import VectorFile, Vectors


def check_meetings(vectors: Vectors) -> None:
    """The code, its key, the proof, and what is told of what is held."""
    file, keys = vectors["meetings.txt"], vectors["keys.txt"]
    check_code(file, keys["ss.id"])
    check_proof(vectors, file)
    check_held(file)
    check_attachments(vectors["attachments.txt"], file)
    for name, kind, payload in (("pause", meeting.PAUSE, b""), ("turn", meeting.TURN, b"\1"), ("leave", meeting.LEAVE, b"\1")):
        file.equal(name, bytes([kind]) + len(payload).to_bytes(2, "big") + payload)


def check_code(file: VectorFile, listener: bytes) -> None:
    """Letters, body, mark, checksum and the channel's key."""
    code = meeting.read_code(file["code.body"])
    file.equal("code.body", code.body())
    summed = code.body() + meeting.checksum_of(code.body())
    file.equal("code", (meeting.PREFIX + invite.letters_of(summed)).encode())
    file.agree("code.body", code.mark == meeting.mark_of(listener), "another device's mark")
    file.equal("channel_key", code.channel_key)


def check_proof(vectors: Vectors, file: VectorFile) -> None:
    """The caller's, signed again, is the same."""
    keys, reader = vectors["keys.txt"], meeting.payload_of(file["proof"], meeting.PROOF)
    device, roll, signature = reader.take(32), reader.take(16), reader.take(64)
    reader.end()
    file.agree("proof", device == keys["head.id"] and roll == keys["territory.space"], "another's")
    said = meeting.proof_bytes(True, file["binding"], device, roll)
    file.agree("proof", ed25519.sign(vectors.seeds[device], said) == signature, "another signature")
    file.agree("binding", len(file["binding"]) == 32)


def check_attachments(known: VectorFile, file: VectorFile) -> None:
    """Both attachments are owed, wanted from a step on, given to their end; and the short one's last step comes."""
    names = {of: Name(known[f"{of}.root"], int.from_bytes(known[f"{of}.bytes"], "big")) for of in ("short", "long")}
    wanted = {names["short"]: 1, names["long"]: 17}
    given = {name: meeting.steps_in(name) for name in names.values()}
    for frame, kind, steps in (("owed", meeting.OWED, None), ("wanted", meeting.WANTED, wanted), ("given", meeting.GIVEN, given)):
        reader = meeting.payload_of(file[frame], kind)
        said = meeting.read_names(reader, steps is not None)
        reader.end()
        file.agree(frame, set(said) == set(names.values()) and (steps is None or said == steps), "other names or steps")
    reader = meeting.payload_of(file["steps"], meeting.STEPS)
    name, first = meeting.read_name(reader), reader.number(8)
    proof, step = reader.take(len(known["short.proof.0"])), reader.take(name.length - first * attachments.STEP)
    reader.end()
    part = known["short.part.0"]
    file.agree("steps", (name, first) == (names["short"], 1) and proof == known["short.proof.0"], "another's proof")
    file.agree("steps", step == part[first * attachments.STEP :], "other bytes")
    file.agree("steps", attachments.check_proof(name, 0, proof, part), "it does not lead to the root")


def check_held(file: VectorFile) -> None:
    """What is asked is what the digests are of; an answer says what is held, or that nothing is."""
    reader = meeting.payload_of(file["ask"], meeting.ASK)
    bounds, held = reader.take(64), meeting.read_held(reader)
    reader.end()
    payload = bounds + meeting.write_held(held)
    file.equal("ask", bytes([meeting.ASK]) + len(payload).to_bytes(2, "big") + payload)
    file.agree("ask", bounds == meeting.START + meeting.END, "another range")
    of_all = meeting.digest(held)
    payload = b"\1" + of_all[:16]
    file.equal("hello", bytes([meeting.HELLO]) + len(payload).to_bytes(2, "big") + payload)
    payload = meeting.START + b"\1" + meeting.END + of_all[:8]
    file.equal("parts", bytes([meeting.PARTS]) + len(payload).to_bytes(2, "big") + payload)
    reader = meeting.payload_of(file["answer"], meeting.ANSWER)
    answered = meeting.read_held(reader)
    reader.end()
    first = min(held)
    file.agree("answer", answered == {**held, first: ()}, "not the first journal left out")
