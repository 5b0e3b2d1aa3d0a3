"""rolls.txt and envelopes.txt (§2 to §6)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from jasaq_wire import changes, ed25519, envelope, ids, membership, operations, sealing
from jasaq_wire import keys as wire_keys
from jasaq_wire.dictionary import dictionary_1
from jasaq_wire.erasures import Erasures
from jasaq_wire.envelope import KIND_OPERATION, Held, Verdict, signed_header, verify
from jasaq_wire.ids import Place
from jasaq_wire.operations import Kind, Role
from jasaq_wire.history import At, Links
from jasaq_wire.refusal import Refusal
from jasaq_wire.territory import TAKEN, Entry, Territory

from .load import VectorFile, Vectors, chance


@dataclass
class Journals:
    """What a reader holds of journals: the device, and the hash at every sequence."""

    devices: dict[bytes, bytes] = field(default_factory=dict)
    hashes: dict[tuple[bytes, int], bytes] = field(default_factory=dict)

    def held(self, place: Place) -> Held:
        """§4, *held*."""
        at = lambda sequence: self.hashes.get((place.journal, sequence))
        return Held(self.devices.get(place.journal), at(place.sequence - 1), at(place.sequence))

    def keep(self, place: Place, verdict: Verdict) -> None:
        """Keeps an envelope that continues its journal."""
        self.devices[place.journal] = verdict.signer
        self.hashes[place.journal, place.sequence] = verdict.hash


def place_of(file: VectorFile, name: str) -> Place:
    """Where an envelope of a file stands."""
    sequence = int.from_bytes(file[f"{name}.sequence"], "big")
    return Place(file[f"{name}.space"], file[f"{name}.journal"], sequence)


def check_envelope(vectors: Vectors, file: VectorFile, name: str, journals: Journals) -> Verdict:
    """Both forms verify, with one hash; the header signed again is the same."""
    place, verdict = place_of(file, name), None
    for part in ("space", "journal", "sequence"):
        file.agree(f"{name}.{part}", True)
    for form in ("wire_linked", "wire"):
        wire = file[f"{name}.{form}"]
        verdict = verify(place, wire, journals.held(place))
        file.agree(f"{name}.{form}", verdict.name == "continues", f"it is: {verdict.name}")
        if verdict.name != "continues":
            return verdict
        file.equal(f"{name}.hash", verdict.hash)
        file.equal(f"{name}.{form}", verdict.wire.to_bytes())
        linked = verdict.wire.link is not None
        file.agree(f"{name}.{form}", linked == (form == "wire_linked" or place.sequence == 1), "its link")
        header = signed_header(place, verdict.link, verdict.wire)
        again = ed25519.sign(vectors.seeds[verdict.signer], header)
        file.agree(f"{name}.{form}", again == verdict.wire.signature, "signed again it differs")
    journals.keep(place, verdict)
    known = verify(place, file[f"{name}.wire"], journals.held(place)).name
    file.agree(f"{name}.wire", known == "known", f"a second time it is: {known}")
    return verdict


def entries_of(place: Place, verdict: Verdict) -> list[Entry]:
    """The operations of an envelope."""
    return [
        Entry(ids.operation_id(verdict.hash, index), place, verdict.hash, verdict.signer, operations.read(section.content))
        for index, section in enumerate(verdict.wire.sections)
        if section.kind == KIND_OPERATION
    ]


@dataclass
class Rolls:
    """What a file of rolls holds, behind what stood before it."""

    journals: Journals = field(default_factory=Journals)
    entries: list[Entry] = field(default_factory=list)
    links: dict[At, bytes] = field(default_factory=dict)

    def read(self, vectors: Vectors, file: VectorFile) -> dict[bytes, tuple[bytes, At]]:
        """All envelopes of a file: every one verifies; by hash the signer and where it stands."""
        stands = {}
        for name in file.groups("wire"):
            verdict = check_envelope(vectors, file, name, self.journals)
            if verdict.wire is None:
                continue
            place = place_of(file, name)
            at = At(place.journal, place.sequence, verdict.hash)
            self.links[at], stands[verdict.hash] = verdict.link, (verdict.signer, at)
            self.entries += entries_of(place, verdict)
        return stands


def check_rolls(vectors: Vectors) -> None:
    """Every envelope verifies, and everything in them counts."""
    file, keys, rolls = vectors["rolls.txt"], vectors["keys.txt"], Rolls()
    rolls.read(vectors, file)
    state = membership.count(keys["root.id"], rolls.entries, Links(rolls.links))
    for index, entry in enumerate(rolls.entries):
        outcome = state.outcome[entry.id]
        file.agree(f"operation {index}", outcome == TAKEN, f"{entry.operation.kind.name}: {outcome}")
    for name, given in file.values.items():
        if name.startswith("operation_id."):
            file.equal(name, rolls.entries[int(name.partition(".")[2])].id)
    check_state(vectors, file, state)


def check_season(vectors: Vectors) -> None:
    """Behind the rolls: how each operation stands, what judges where, what is decided and what is sealed to."""
    file, keys, rolls = vectors["season.txt"], vectors["keys.txt"], Rolls()
    rolls.read(vectors, vectors["rolls.txt"])
    stands = rolls.read(vectors, file)
    state = membership.count(keys["root.id"], rolls.entries, Links(rolls.links))
    patrols = keys["patrols.space"]
    admits = {tuple(e.operation["place"].values()) for e in rolls.entries if e.operation.kind == Kind.ADMIT}
    epochs = iter(sorted(state.spaces[patrols].epochs))
    for name, value in file.values.items():
        sort, said = name.partition(".")[0], file.comments[name]
        if sort == "standing":
            file.equal(name, rolls.entries[int(name.partition(".")[2])].id)
            file.agree(name, state.outcome[value] == said.rpartition(": ")[2], state.outcome[value])
        elif sort == "judged":
            judged = state.judged(*stands[value])
            judged = f"role {int(judged)}" if isinstance(judged, Role) else judged
            file.agree(name, judged == said, judged)
        elif sort == "statement":
            counts = membership.decided(state, *admits, value.decode())
            file.agree(name, ("counts" if counts else "stays held") == said, f"decided: {counts}")
        elif sort == "epoch":
            file.equal(name, next(epochs))
            file.agree(name, wire_keys.is_clean(state, patrols, value) == (said == "clean"), "the other")
    file.agree("standings", len(file.groups_of("standing")) == len(rolls.entries), "not of each operation")
    made, vol = state.spaces[patrols], keys["vol.id"]
    file.equal("newest_epoch", wire_keys.newest_epoch(made, wire_keys.clean_epochs(state, patrols)))
    lacked = sorted(epoch for epoch in made.epochs if wire_keys.lacks(state, patrols, vol, epoch))
    file.agree("lacks", len(lacked) == len(file.groups_of("lacked")), "more or fewer are lacked")
    for number, epoch in enumerate(lacked, start=1):
        file.equal(f"lacked.{number}", epoch)
    file.equal("newest_for_others", wire_keys.newest_for_others(state, patrols, set(made.epochs)))
    file.agree("close", state.spaces[patrols].closed, "nothing ended")
    check_season_erased(file, state.erased)
    by_document = sorted(name for names in state.erased.documents.values() for name in names)
    for number, name in enumerate(by_document, 1):
        file.equal(f"erased.obeyed.{number}", name)
        file.agree(f"erased.obeyed.{number}", state.obeyed.get(name) == {keys["ss.id"]}, "by others")


def check_season_erased(file: VectorFile, erased: Erasures) -> None:
    """What is erased in patrols, in the order of their ids; of sections the envelope's hash, and which."""
    for sort, named in (("document", erased.documents), ("attachment", erased.attachments)):
        told = [file[f"erased.{sort}.{number}"] for number in range(1, len(file.groups_of(f"erased.{sort}")) + 1)]
        for number, (_, of) in enumerate(sorted(named), 1):
            file.agree(f"erased.{sort}.{number}", told[number - 1 : number] == [of], "another, or none")
    for number, (envelope, of) in enumerate(sorted(erased.sections.items()), 1):
        name = f"erased.sections.{number}"
        file.equal(name, envelope[3])
        file.agree(name, file.comments[name].endswith(": " + ", ".join(map(str, sorted(of)))), f"it is: {of}")


def check_state(vectors: Vectors, file: VectorFile, state: Territory) -> None:
    """The membership that comes out is that of keys.txt."""
    keys = vectors["keys.txt"]
    file.agree("devices", set(state.devices) == {keys[f"{name}.id"] for name in ("ts", "ss", "head")}, "others are in")
    spaces = {value for name, value in keys.values.items() if name.endswith(".space")}
    file.agree("spaces", set(state.spaces) == spaces, "others exist")
    file.agree("successor", state.successor == keys["successor.id"])
    for (space, epoch, device), given in state.wraps.items():
        for key in given.values():
            inside = sealing.open_key(space, epoch, vectors.device_exchange[device], key)
            file.agree("wraps", inside in vectors.exchange.values(), "an unknown key inside")


def check_envelopes(vectors: Vectors) -> None:
    """Every envelope verifies and opens to its changes; sealed again with the same chance it is the same."""
    file, journals = vectors["envelopes.txt"], Journals()
    names = file.groups("wire")
    chances = dict(zip(names, re.findall(r"\bc[0-9a-f]\b", file.prose)))
    documents: dict[tuple[bytes, bytes], changes.JournalInDocument] = {}
    for name in names:
        verdict = check_envelope(vectors, file, name, journals)
        if verdict.wire is None:
            continue
        place = place_of(file, name)
        for index, section in enumerate(verdict.wire.sections):
            if f"{name}.readable.{index}" in file:
                file.equal(f"{name}.readable.{index}", section.content)
        if verdict.wire.sealed:
            check_opened(vectors, file, name, place, verdict.wire, documents)
            check_sealed_again(vectors, file, name, place, verdict.wire, int(chances[name], 16))
            for left in (left for left in file.values if left.startswith(f"{name}.erased_")):
                check_erased(vectors, file, left, place, verdict)
    opened = [value[:16] for name, value in file.values.items() if ".opened." in name]
    file.equal("dictionary_1.blake3", ids.plain(dictionary_1()))
    file.agree("document", file["document"] in opened, "no change is in it")
    check_refused_journals(vectors, file)


def secret_of(vectors: Vectors, epoch: bytes) -> bytes:
    """The secret of an epoch by its id."""
    return next(s for public, s in vectors.exchange.items() if ids.epoch_id(public) == epoch)


def check_opened(vectors: Vectors, file: VectorFile, name: str, place: Place, wire: envelope.Wire, documents: dict) -> None:
    """The changes are those of the vectors, and each that is one follows the one before."""
    try:
        opened = sealing.open_envelope(place, wire, secret_of(vectors, wire.epoch))
    except Refusal as refusal:
        file.agree(f"{name}.wire", False, f"it does not open: {refusal}")
        return
    for found in opened:
        vector = f"{name}.opened.{found.index}"
        file.equal(vector, found.document + found.change)
        if found.change.startswith(changes.MAGIC):
            try:
                change = changes.read(found.change, place.journal)
                key = (place.journal, found.document)
                documents.setdefault(key, changes.JournalInDocument()).take(change)
            except Refusal as refusal:
                file.agree(vector, False, str(refusal))


def check_erased(vectors: Vectors, file: VectorFile, left: str, place: Place, whole: Verdict) -> None:
    """A form without the sections that its name counts: one envelope with the whole one, which opens to the others."""
    linked, name = left.endswith("_linked"), left.removesuffix("_linked")
    gone = {int(index) for index in name.partition(".erased_")[2].split("_")}
    erased = whole.wire.erase(gone, place.sequence)
    link = whole.link if linked or place.sequence == 1 else None
    file.equal(left, replace(erased, link=link).to_bytes())
    file.agree(left, erased.erase(gone, place.sequence) == erased, "erased again it differs")
    held = Held(whole.signer, whole.link if place.sequence > 1 else None)
    came = verify(place, file[left], held)
    file.agree(left, came.name == "continues", f"it is: {came.name}")
    file.agree(left, came.hash == whole.hash and came.wire.erased == gone, "another envelope")
    known = verify(place, file[left], replace(held, here=whole.hash)).name
    file.agree(left, known == "known", f"beside the whole one it is: {known}")
    secret = secret_of(vectors, whole.wire.epoch)
    others = [found for found in sealing.open_envelope(place, whole.wire, secret) if found.index not in gone]
    file.agree(left, sealing.open_envelope(place, came.wire, secret) == others, "it opens to something else")


def check_sealed_again(vectors: Vectors, file: VectorFile, name: str, place: Place, wire: envelope.Wire, byte: int) -> None:
    """§18: HPKE draws 32 bytes of the chance; with them the same encapsulation and ciphertexts come out."""
    secret = secret_of(vectors, wire.epoch)
    info = sealing.section_info(place, wire.epoch)
    public = sealing.hpke.public_of(secret)
    encapsulation, context = sealing.hpke.setup_sender(chance(byte, 32), public, info)
    file.agree(f"{name}.wire", encapsulation == wire.encapsulation, "another encapsulation of the same chance")
    for index, content in sealing.open_sections(place, wire, secret).items():
        label = sealing.section_label(info, wire.sections[index].kind, index)
        same = sealing.seal(context, label, content) == wire.sections[index].content
        file.agree(f"{name}.wire", same, f"section {index} sealed again differs")


def check_refused_journals(vectors: Vectors, file: VectorFile) -> None:
    """The journals of refused.txt are journals of a device of keys.txt."""
    for name in ("change.journal", "open.journal"):
        good = any(ids.is_journal_of(file[name], device) for device in vectors.seeds)
        file.agree(name, good, "nobody's journal")
