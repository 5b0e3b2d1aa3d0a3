"""§6: founding, spaces, invites, joins, adds, heads, roles and removals."""

from __future__ import annotations

from . import ids, joins
from .access import may_make
from .history import Subject, Word
from .operations import Role, SpaceKind
from .territory import NOT, TAKEN, WAITS, Entry, Territory

OFFICE, HEAD = 2, 3


def take_found(state: Territory, entry: Entry) -> str:
    """Found: by the root, in the territory's roll, the first."""
    successor = entry.operation["successor"]["device"]
    if entry.signer != state.root or entry.place.space != state.territory_roll:
        return NOT
    if state.successor is not None or successor == state.root:
        return NOT
    state.successor = successor
    return TAKEN


def take_space(state: Territory, entry: Entry) -> str:
    """Space: a role that may make the kind, in the right roll, in scope."""
    operation, role, roll = entry.operation, state.role_of(entry), entry.place.space
    kind = SpaceKind(operation["kind"])
    if role is None or not may_make(role, kind):
        return NOT
    if not kind.of_squad and roll != state.territory_roll:
        return NOT
    if roll not in state.spaces:
        return WAITS
    if kind.of_squad and state.spaces[roll].kind != SpaceKind.SQUAD_ROLL:
        return NOT
    if not state.signer_in_scope(entry, roll):
        return NOT
    if role == Role.SS and state.devices[entry.signer].office not in operation["offices"]:
        return NOT
    made = ids.space_id(roll, entry.signer, operation["nonce"])
    if made in state.spaces:
        return NOT
    state.add_space(made, kind, entry)
    return TAKEN


def check_roll(state: Territory, entry: Entry) -> str | None:
    """That the roll it stands in exists, is one, and is in scope."""
    roll = entry.place.space
    if roll not in state.spaces:
        return WAITS
    if not state.spaces[roll].kind.is_roll or not state.signer_in_scope(entry, roll):
        return NOT
    return None


def check_enrolment(state: Territory, entry: Entry) -> str | None:
    """What invite and add have in common: none if nothing is wrong."""
    role = Role(entry.operation["role"])
    if not state.enrols(entry, role):
        return NOT
    wrong = check_roll(state, entry)
    if wrong:
        return wrong
    wanted = SpaceKind.SQUAD_ROLL if role.of_squad else SpaceKind.TERRITORY_ROLL
    return None if state.spaces[entry.place.space].kind == wanted else NOT


def take_invite(state: Territory, entry: Entry) -> str:
    """Invite: no other of this key and this signer."""
    wrong = check_enrolment(state, entry)
    named = (entry.operation["key"], entry.signer)
    if wrong or named in state.invites:
        return wrong or NOT
    state.invites[named] = (entry.place.space, Role(entry.operation["role"]), entry.operation["office"])
    return TAKEN


def take_join(state: Territory, entry: Entry) -> str:
    """Join: by an invite that counts, in its roll, proven."""
    request = entry.operation["request"]
    invite = state.invites.get((entry.signer, request["inviter"]))
    if invite is None:
        return WAITS
    if invite[0] != entry.place.space or not joins.is_proven(entry.signer, entry.operation):
        return NOT
    state.joins.add((entry.signer, request["inviter"], request["device"]["device"], request["device"]["exchange"]))
    return TAKEN


def take_add(state: Territory, entry: Entry) -> str:
    """Add: as invite; an invite of the signer's with a join of just this device; used once."""
    operation = entry.operation
    device = operation["device"]["device"]
    wrong = check_enrolment(state, entry)
    if wrong or device in state.devices or state.is_top(device):
        return wrong or NOT
    roll, role, rank = entry.place.space, Role(operation["role"]), state.rank_of(entry)
    if operation["head"] is not None and rank >= HEAD:
        return NOT
    wrong = use_invite(state, entry)
    if wrong:
        return wrong
    word = Word(entry.id, rank, role, None, ())
    member = ids.member_id(roll, *bringer(state, entry), operation["nonce"])
    state.devices[device] = Subject(operation["device"]["exchange"], member, operation["office"], roll, [word])
    return TAKEN


def bringer(state: Territory, entry: Entry) -> tuple[int, bytes]:
    """The rank and the name of who brings the member of an add: the signer, or the head whom it names."""
    rank, head = state.rank_of(entry), entry.operation["head"]
    if head is not None:
        return HEAD, head
    if rank < OFFICE:
        return rank, b""
    own = state.devices[entry.signer]
    return rank, own.office if rank == OFFICE else own.member


def use_invite(state: Territory, entry: Entry) -> str | None:
    """The invite of an add, which is used with it; none if nothing is wrong."""
    operation = entry.operation
    if operation["invite"] is None:
        return None if state.is_top(entry.signer) else NOT
    named = (operation["invite"], entry.signer)
    invite = state.invites.get(named)
    if invite is None:
        return WAITS
    if invite != (entry.place.space, Role(operation["role"]), operation["office"]):
        return NOT
    if (*named, operation["device"]["device"], operation["device"]["exchange"]) not in state.joins:
        return WAITS
    if named in state.used:
        return NOT
    state.used[named] = operation["device"]["device"]
    return None


def take_heads(state: Territory, entry: Entry) -> str:
    """Heads: in a roll in scope. A part is there whether it counts or not."""
    return check_roll(state, entry) or TAKEN


def check_word(state: Territory, entry: Entry) -> str | None:
    """What role and remove have in common: none if nothing is wrong."""
    device = entry.operation["device"]
    wrong = NOT if device == entry.signer else check_roll(state, entry)
    if wrong:
        return wrong
    if device not in state.devices:
        return WAITS
    return None if state.devices[device].roll == entry.place.space else NOT


def take_role(state: Territory, entry: Entry) -> str:
    """Role: an SS of whoever has a role of a squad."""
    wrong = check_word(state, entry)
    if wrong:
        return wrong
    if state.role_of(entry) != Role.SS or not state.devices[entry.operation["device"]].present.of_squad:
        return NOT
    return say(state, entry, Role(entry.operation["role"]))


def take_remove(state: Territory, entry: Entry) -> str:
    """Remove: who may enrol the device's present role."""
    wrong = check_word(state, entry)
    if wrong:
        return wrong
    if not state.enrols(entry, state.devices[entry.operation["device"]].present):
        return NOT
    return say(state, entry, None)


def say(state: Territory, entry: Entry, role: Role | None) -> str:
    """Notes a word about a device."""
    operation = entry.operation
    word = Word(entry.id, state.rank_of(entry), role, operation["cut"], tuple(operation["replaces"]))
    state.devices[operation["device"]].words.append(word)
    return TAKEN
