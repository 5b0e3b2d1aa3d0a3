"""certificates.txt (§19)."""

from __future__ import annotations

from jasaq_wire import cose, trust_list
from jasaq_wire.certificates import read_claims, read_code
from jasaq_wire.refusal import Refusal

from .load import VectorFile, Vectors


def check_certificates(vectors: Vectors) -> None:
    """The list verifies from the root key on; each code is worth what is said; signed again all are the same."""
    file, root = vectors["certificates.txt"], vectors["keys.txt"]["root.id"]
    by = trust_list.read_list(file["list.file"], root)
    check_list(vectors, file)
    for name in file.groups("text"):
        text, said = file[f"{name}.text"].decode(), file.comments[f"{name}.text"]
        worth = trust_list.worth(text, by)
        file.agree(f"{name}.text", worth == said.partition(":")[0].partition(",")[0], f"it is worth: {worth}")
        if f"{name}.payload" in file:
            check_code(vectors, file, name)
    for name in file.groups_of("refused"):
        file.agree(f"refused.{name}", is_refused(file[f"refused.{name}"].decode()), "it is read")


def check_code(vectors: Vectors, file: VectorFile, name: str) -> None:
    """What is in a code is what stands beside it."""
    message, claims = read_code(file[f"{name}.text"].decode())
    payload = file[f"{name}.payload"]
    file.agree(f"{name}.payload", message.payload == payload and read_claims(payload) == claims)
    file.equal(f"{name}.payload", claims.to_bytes())
    file.equal(f"{name}.hash", claims.hash())
    seeds = [seed for key, seed in vectors.seeds.items() if key[:8] == message.key]
    for seed in seeds or [bytes([byte]) * 32 for byte in (0x09, 0x3A)]:
        if (again := cose.sign(seed, payload, cose.CODE)) == file[f"{name}.message"]:
            break
    file.equal(f"{name}.message", again)


def check_list(vectors: Vectors, file: VectorFile) -> None:
    """The list's message signed again; its evidence is the envelopes beside it."""
    payload = file["list.payload"]
    file.equal("list.message", cose.sign(vectors["keys.txt"]["ts.secret"][:32], payload, cose.LIST))
    changed = file["list.file"][:-1] + bytes([file["list.file"][-1] ^ 1])
    file.agree("list.file", is_refused_list(changed), "a changed one is read")
    evidence = [wire for _, _, _, wire in cose.read(payload, cose.LIST)[3]]
    file.agree("list.payload", evidence[0] == vectors["rolls.txt"]["root.1.wire_linked"], "not the founding")
    for number in file.groups_of("evidence"):
        file.equal(f"evidence.{number}", evidence[int(number)])


def is_refused(text: str) -> bool:
    """Whether a code is refused."""
    try:
        read_code(text)
    except Refusal:
        return True
    return False


def is_refused_list(data: bytes) -> bool:
    """Whether a list is refused."""
    try:
        trust_list.read_list(data)
    except Refusal:
        return True
    return False
