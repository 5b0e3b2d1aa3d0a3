"""What this decoder says of a district: §6, of operations as `random-envelopes.md` puts them."""

from __future__ import annotations

from typing import Callable

from . import keys, membership, operations
from .access import may_read, may_write
from .erasures import Envelope, Erasures
from .history import At, Links
from .ids import Place
from .operations import Kind, Role
from .territory import Entry, Territory


def unhex(value: str | None) -> bytes | None:
    """Bytes out of JSON; null stays none."""
    return None if value is None else bytes.fromhex(value)


def entry_of(told: list) -> Entry:
    """One operation."""
    name, space, journal, sequence, envelope, signer, content = told
    place = Place(unhex(space), unhex(journal), sequence)
    return Entry(unhex(name), place, unhex(envelope), unhex(signer), operations.read(unhex(content)))


def say_fold(line: dict) -> dict:
    """All that comes of a set of operations."""
    entries = [entry_of(told) for told in line["operations"]]
    links = Links({At(unhex(j), s, unhex(h)): unhex(before) for j, s, h, before in line["links"]})
    state = membership.count(unhex(line["root"]), entries, links)
    return {
        "standings": [state.outcome[entry.id] for entry in entries],
        "judged": [say_judged(state, *told) for told in line["places"]],
        "devices": [[d.hex(), s.member.hex(), int(s.present), s.removed] for d, s in sorted(state.devices.items())],
        "spaces": {space.hex(): say_space(state, space, line["devices"]) for space in sorted(state.spaces)},
        "invites": [[key.hex(), by.hex(), hexed(state.used.get((key, by)))] for key, by in sorted(state.invites)],
        "decisions": say_decisions(state, entries),
        **say_erasures(state, entries),
        "successor": hexed(state.successor),
    }


def hexed(value: bytes | None) -> str | None:
    """Bytes for JSON; none stays null."""
    return None if value is None else value.hex()


def say_judged(state: Territory, device: str, journal: str, sequence: int, envelope: str) -> int | str:
    """A role's number, `held`, `waiting`, or `not in`."""
    if unhex(device) not in state.devices:
        return "not in"
    judged = state.judged(unhex(device), At(unhex(journal), sequence, unhex(envelope)))
    return int(judged) if isinstance(judged, Role) else judged


def say_space(state: Territory, space: bytes, devices: list[str]) -> dict:
    """A space: its epochs and which are clean, what is sealed to, and who may do what in it."""
    made = state.spaces[space]
    return {
        "kind": int(made.kind),
        "epochs": [[epoch.hex(), keys.is_clean(state, space, epoch)] for epoch in sorted(made.epochs)],
        "newest": hexed(keys.newest_epoch(made, set(made.epochs))),
        "newest_clean": hexed(keys.newest_epoch(made, keys.clean_epochs(state, space))),
        "newest_for_others": hexed(keys.newest_for_others(state, space, keys.clean_epochs(state, space))),
        "given": say_of_devices(state, space, devices, keys.is_given),
        "lacked": say_of_devices(state, space, devices, keys.lacks),
        "access": "".join(say_access(state, unhex(device), space) for device in devices),
        "wraps": [[d.hex(), e.hex()] for of, e, d in sorted(state.wraps, key=lambda w: (w[2], w[1])) if of == space],
        "closed": made.closed,
    }


def say_of_devices(state: Territory, space: bytes, devices: list[str], is_so: Callable[..., bool]) -> list:
    """Devices and epochs of which something is so."""
    epochs = sorted(state.spaces[space].epochs)
    return [[device, e.hex()] for device in devices for e in epochs if is_so(state, space, unhex(device), e)]


def say_access(state: Territory, device: bytes, space: bytes) -> str:
    """`b` reads and writes, `r` reads, `w` writes, `-` nothing: the table of §6, in scope, and not who is removed."""
    kind, subject = state.spaces[space].kind, state.devices.get(device)
    if state.is_top(device):
        return "b" if kind.is_roll else "-"
    if subject is None or subject.removed or not state.in_scope(device, subject.present, space):
        return "-"
    reads, writes = may_read(subject.present, kind), may_write(subject.present, kind)
    return "b" if reads and writes else "r" if reads else "w" if writes else "-"


def say_decisions(state: Territory, entries: list[Entry]) -> list:
    """What was decided about the statements `a` and `c` of each envelope that a decision names."""
    places = {tuple(e.operation["place"].values()) for e in entries if e.operation.kind == Kind.ADMIT}
    return [
        [[s.hex(), j.hex(), n, h.hex()], *(membership.decided(state, (s, j, n, h), key) for key in "ac")]
        for s, j, n, h in sorted(places)
    ]


def say_envelope(envelope: Envelope) -> list:
    """An envelope as its space, journal, sequence and hash."""
    space, journal, sequence, hashed_to = envelope
    return [space.hex(), journal.hex(), sequence, hashed_to.hex()]


def say_erasures(state: Territory, entries: list[Entry]) -> dict:
    """What is erased, and of all that any `erase` names, what may be missing."""
    named = Erasures()
    for entry in entries:
        if entry.operation.kind == Kind.ERASE:
            named.note(entry.id, entry.operation)
    missing = ((envelope, [i for i in range(16) if state.explains(envelope, {i})]) for envelope in sorted(named.sections))
    return {
        "erased": {
            "documents": say_by(state.erased.documents),
            "sections": [[say_envelope(envelope), sorted(of)] for envelope, of in sorted(state.erased.sections.items())],
            "attachments": say_by(state.erased.attachments),
            "obeyed": [[of.hex(), [device.hex() for device in sorted(by)]] for of, by in sorted(state.obeyed.items())],
        },
        "explained": {
            "documents": [[s.hex(), d.hex()] for s, d in sorted(named.documents) if state.may_be_gone(s, d)],
            "sections": [[say_envelope(envelope), of] for envelope, of in missing if of],
        },
    }


def say_by(named: dict[tuple[bytes, bytes], set[bytes]]) -> list:
    """What is named in a space, with the operations that say so."""
    return [[space.hex(), of.hex(), [name.hex() for name in sorted(by)]] for (space, of), by in sorted(named.items())]
