"""§6: epochs: who renews and wraps them, who says that a key does not open, and what is sealed to."""

from __future__ import annotations

from . import ids
from .access import may_read
from .territory import NOT, TAKEN, WAITS, Entry, Space, Territory

MEMBER = 4


def check_reading(state: Territory, entry: Entry, above_members: bool) -> str | None:
    """What rotate, wrap and lack have in common: none if nothing is wrong."""
    space, role = state.spaces.get(entry.operation["space"]), state.role_of(entry)
    if space is None:
        return WAITS
    if not state.is_top(entry.signer):
        if not may_read(role, space.kind) or (above_members and role.rank >= MEMBER):
            return NOT
    if space.kind.is_roll or space.roll != entry.place.space:
        return NOT
    return None if state.signer_in_scope(entry, entry.operation["space"]) else NOT


def take_rotate(state: Territory, entry: Entry) -> str:
    """Rotate: adds the epoch, or parents to it, and takes nothing away."""
    wrong = check_reading(state, entry, above_members=True)
    if wrong is None:
        parents = {parent["epoch"] for parent in entry.operation["parents"]}
        space = state.spaces[entry.operation["space"]]
        space.publish(ids.epoch_id(entry.operation["epoch"]), parents, entry.signer)
        state.givers[entry.id] = entry.signer
    return wrong or TAKEN


def take_wrap(state: Territory, entry: Entry) -> str:
    """Wrap: for root or successor, or a device that reads the space, or did in one of its roles."""
    wrong = check_reading(state, entry, above_members=True)
    device, space = entry.operation["device"], entry.operation["space"]
    if wrong:
        return wrong
    if not state.is_top(device):
        if device not in state.devices:
            return WAITS
        if not any(state.reads(device, role, space) for role in state.devices[device].roles):
            return NOT
    state.wraps.setdefault((space, entry.operation["epoch"], device), {})[entry.id] = entry.operation["key"]
    state.givers[entry.id] = entry.signer
    return TAKEN


def take_lack(state: Territory, entry: Entry) -> str:
    """Lack: who reads the space, of whatever rank, has no key."""
    wrong = check_reading(state, entry, above_members=False)
    if wrong is None:
        said = state.lacks.setdefault((entry.operation["space"], entry.signer), {})
        said.setdefault(entry.operation["epoch"], set()).update(entry.operation["operations"])
    return wrong or TAKEN


def refused_by(state: Territory, space: bytes, device: bytes) -> set[bytes]:
    """Whose wraps and rotations a device said that they do not open."""
    said = state.lacks.get((space, device), {})
    return {state.givers[name] for names in said.values() for name in names if name in state.givers}


def is_given(state: Territory, space: bytes, device: bytes, epoch: bytes) -> bool:
    """Whether a device has a key, as far as it says."""
    wraps, refused = state.wraps.get((space, epoch, device), {}), refused_by(state, space, device)
    if any(state.givers[name] not in refused for name in wraps):
        return True
    published = device in state.spaces[space].holders.get(epoch, ())
    return published and epoch not in state.lacks.get((space, device), {})


def lacks(state: Territory, space: bytes, device: bytes, epoch: bytes) -> bool:
    """Whether a device has no key, as far as it says."""
    told = epoch in state.lacks.get((space, device), {}) or (space, epoch, device) in state.wraps
    return told and not is_given(state, space, device, epoch)


def is_clean(state: Territory, space: bytes, epoch: bytes) -> bool:
    """Whether all who hold an epoch read the space, or are root or successor."""
    made = state.spaces[space]
    carriers, new = {epoch}, {epoch}
    while new:
        new = {later for later, parents in made.epochs.items() if parents & new} - carriers
        carriers |= new
    holders = {device for carrier in carriers for device in made.holders.get(carrier, ())}
    holders |= {device for of, wrapped, device in state.wraps if of == space and wrapped in carriers}
    return all(state.reads_now(device, space) for device in holders)


def clean_epochs(state: Territory, space: bytes) -> set[bytes]:
    """The epochs of a space that are clean."""
    return {epoch for epoch in state.spaces[space].epochs if is_clean(state, space, epoch)}


def newest_epoch(made: Space, among: set[bytes]) -> bytes | None:
    """The newest of some epochs, as if there were no others."""
    named = {parent for epoch in among for parent in made.epochs[epoch] if parent != epoch}
    left = [epoch for epoch in among if epoch not in named] or list(among)
    known = {epoch: len(made.epochs[epoch] & set(made.epochs)) for epoch in left}
    return max(left, key=lambda epoch: (known[epoch], epoch), default=None)


def newest_for_others(state: Territory, space: bytes, among: set[bytes]) -> bytes | None:
    """The newest of those of some epochs that fewest readers lack: of the highest rank first, then of the next."""
    ranks: dict[int, list[bytes]] = {}
    for device, subject in state.devices.items():
        if not state.is_top(device) and state.reads_now(device, space):
            ranks.setdefault(subject.present.rank, []).append(device)
    lacking = {
        epoch: [sum(lacks(state, space, reader, epoch) for reader in ranks[rank]) for rank in sorted(ranks)]
        for epoch in among
    }
    fewest = {epoch for epoch in among if lacking[epoch] == min(lacking.values())}
    return newest_epoch(state.spaces[space], fewest)
