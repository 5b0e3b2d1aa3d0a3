"""attachments.txt (§16)."""

from __future__ import annotations

import re

from jasaq_wire import attachments, ed25519
from jasaq_wire.attachments import Name
from jasaq_wire.refusal import Refusal

from .load import Vectors, chance, chance_in


def check_attachments(vectors: Vectors) -> None:
    """Sealed again they are the same; what is there opens; every proof leads to the root, and no other does."""
    file, keys = vectors["attachments.txt"], vectors["keys.txt"]
    names = {}
    for of in file.groups("key"):
        key, comment = file[f"{of}.key"], file.comments[f"{of}.key"]
        length = int(re.search(r"content of (\d+) bytes", comment)[1])
        content = chance(chance_in(comment), length)
        parts = attachments.seal(key, content)
        name = names[of] = Name(file[f"{of}.root"], int.from_bytes(file[f"{of}.bytes"], "big"))
        file.agree(f"{of}.key", len(set(key)) == 1, "not one byte repeated")
        file.equal(f"{of}.bytes", sum(map(len, parts)).to_bytes(8, "big"))
        file.agree(f"{of}.root", opened(key, name, parts) == content, "its parts do not open")
        for number, part in enumerate(parts):
            proof = f"{of}.proof.{number}"
            file.equal(proof, attachments.proof(parts, number))
            file.agree(proof, attachments.check_proof(name, number, file[proof], part), "it does not lead to the root")
            changed = part[:-1] + bytes([part[-1] ^ 1])
            file.agree(proof, not attachments.check_proof(name, number, file[proof], changed), "a changed part passes")
            if f"{of}.part.{number}" in file:
                file.equal(f"{of}.part.{number}", part)
    head = keys["head.secret"][:32], ed25519.public_of(keys["relay.secret"])
    space = keys["patrols.space"]
    file.equal("put.head", attachments.head(*head, 1, space, names["long"], 17, b"\xa9" * 16))
    file.equal("put.answer", attachments.answer(keys["relay.secret"], file["put.head"], 0, 36))


def opened(key: bytes, name: Name, parts: list[bytes]) -> bytes | None:
    """What is in all parts, unless one does not open."""
    try:
        return b"".join(attachments.open_part(key, name, number, part) for number, part in enumerate(parts))
    except Refusal:
        return None
