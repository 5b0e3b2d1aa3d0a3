"""§6: the tables of who may enrol, make, read and write what."""

from __future__ import annotations

from .operations import Role, SpaceKind

ENROLS: dict[Role | None, tuple[Role, ...]] = {
    None: (Role.TS,),
    Role.TS: (Role.SS, Role.LEB, Role.CC),
    Role.SS: (Role.HEAD, Role.VOL, Role.NSE),
    Role.HEAD: (Role.VOL, Role.NSE),
}
MAKES: dict[Role, tuple[SpaceKind, ...]] = {
    Role.TS: (SpaceKind.REGISTER, SpaceKind.SUBDIVISION, SpaceKind.SUBMISSION, SpaceKind.COUNCIL),
    Role.SS: (SpaceKind.SQUAD_ROLL, SpaceKind.PATROLS, SpaceKind.PROTECTED, SpaceKind.TO_SUBDIVISION),
}
BOTH: dict[SpaceKind, tuple[Role, ...]] = {
    SpaceKind.TERRITORY_ROLL: (Role.TS, Role.SS),
    SpaceKind.SQUAD_ROLL: (Role.SS, Role.HEAD),
    SpaceKind.REGISTER: (Role.TS,),
    SpaceKind.SUBDIVISION: (Role.SS, Role.TS),
    SpaceKind.SUBMISSION: (Role.LEB, Role.TS),
    SpaceKind.COUNCIL: (Role.CC, Role.LEB, Role.SS, Role.TS),
    SpaceKind.PATROLS: (Role.HEAD, Role.VOL, Role.NSE, Role.SS),
    SpaceKind.PROTECTED: (Role.HEAD, Role.SS),
    SpaceKind.TO_SUBDIVISION: (Role.SS,),
}
READS_ONLY: dict[SpaceKind, tuple[Role, ...]] = {
    SpaceKind.TERRITORY_ROLL: (Role.LEB, Role.CC, Role.HEAD, Role.VOL, Role.NSE),
    SpaceKind.SQUAD_ROLL: (Role.TS, Role.VOL, Role.NSE),
}
WRITES_ONLY: dict[SpaceKind, tuple[Role, ...]] = {
    SpaceKind.PROTECTED: (Role.VOL, Role.NSE),
    SpaceKind.TO_SUBDIVISION: (Role.HEAD, Role.VOL, Role.NSE),
}


def may_enrol(role: Role | None, enrolled: Role) -> bool:
    """Whether a role (none: the root) may invite and add another."""
    return enrolled in ENROLS.get(role, ())


def needs_squad_roll(enrolled: Role) -> bool:
    """Squad roles are added in a squad's roll, others in the territory's."""
    return enrolled.of_squad


def may_make(role: Role, kind: SpaceKind) -> bool:
    """Whether a role may make a space of that kind."""
    return kind in MAKES.get(role, ())


def may_read(role: Role, kind: SpaceKind) -> bool:
    """Whether a role reads spaces of that kind that are in its scope."""
    return role in BOTH[kind] or role in READS_ONLY.get(kind, ())


def may_write(role: Role, kind: SpaceKind) -> bool:
    """Whether a role writes spaces of that kind that are in its scope."""
    return role in BOTH[kind] or role in WRITES_ONLY.get(kind, ())
