"""§6: what comes after who is in: decisions, erasures and ends."""

from __future__ import annotations

from .access import may_make, may_write
from .enrolling import check_roll
from .operations import Role, SpaceKind
from .territory import NOT, TAKEN, WAITS, Decision, Entry, Territory

MEMBER = 4


def check_space(state: Territory, entry: Entry, space: bytes) -> str | None:
    """Space, roll and reading of admit, erase and close: none if nothing is wrong."""
    made, role = state.spaces.get(space), state.role_of(entry)
    if made is None:
        return WAITS
    if made.roll != entry.place.space or role is None:
        return NOT
    return None if state.reads(entry.signer, role, space) else NOT


def take_admit(state: Territory, entry: Entry) -> str:
    """Admit: a decision about an envelope of a device of lower rank."""
    operation, place = entry.operation, entry.operation["place"]
    wrong = check_space(state, entry, place["space"])
    if wrong:
        return wrong
    if operation["device"] not in state.devices:
        return WAITS
    rank = state.rank_of(entry)
    if state.spaces[place["space"]].kind.is_roll or rank >= MEMBER or rank >= state.devices[operation["device"]].present.rank:
        return NOT
    about = tuple(place.values())
    keys, replaces = tuple(operation["keys"]), tuple(operation["replaces"])
    state.decisions.append(Decision(entry.id, rank, about, keys, operation["counts"], replaces))
    return TAKEN


def may_erase(role: Role, kind: SpaceKind) -> bool:
    """TS, or SS where no council shares the space, who writes there too; no roll."""
    return (
        not kind.is_roll
        and may_write(role, kind)
        and (role is Role.TS or (role is Role.SS and kind is not SpaceKind.COUNCIL))
    )


def take_erase(state: Territory, entry: Entry) -> str:
    """Erase: who may erase in a space that he reads."""
    space = entry.operation["space"]
    wrong = check_space(state, entry, space)
    if wrong:
        return wrong
    if not may_erase(state.role_of(entry), state.spaces[space].kind):
        return NOT
    state.erased.note(entry.id, entry.operation)
    return TAKEN


def note_held_erase(state: Territory, entry: Entry) -> None:
    """Notes an `erase` that is held, if one of its signer's roles might have signed it."""
    space, subject = entry.operation["space"], state.devices[entry.signer]
    made = state.spaces.get(space)
    if made is None or made.roll != entry.place.space:
        return
    if any(state.reads(entry.signer, role, space) and may_erase(role, made.kind) for role in subject.roles):
        state.erased_by_held.note(entry.id, entry.operation)


def take_erased(state: Territory, entry: Entry) -> str:
    """Erased: in a roll in scope. Its signer has obeyed these, which need not have come."""
    wrong = check_roll(state, entry)
    if wrong:
        return wrong
    for operation in entry.operation["operations"]:
        state.obeyed.setdefault(operation, set()).add(entry.signer)
    return TAKEN


def take_close(state: Territory, entry: Entry) -> str:
    """Close: who may make spaces of this kind."""
    space = entry.operation["space"]
    wrong = check_space(state, entry, space)
    if wrong:
        return wrong
    kind = state.spaces[space].kind
    if kind.is_roll or not may_make(state.role_of(entry), kind):
        return NOT
    state.spaces[space].closed = True
    return TAKEN
