"""§6: what comes after who is in: decisions, erasures and ends."""

from __future__ import annotations

from .access import may_make, may_write
from .operations import Role
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


def take_erase(state: Territory, entry: Entry) -> str:
    """Erase: TS or SS, who writes there too."""
    space, role = entry.operation["space"], state.role_of(entry)
    wrong = check_space(state, entry, space)
    if wrong:
        return wrong
    kind = state.spaces[space].kind
    if kind.is_roll or role not in (Role.TS, Role.SS) or not may_write(role, kind):
        return NOT
    state.spaces[space].erased.add(entry.operation["document"])
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
