//! What the members of a district sign: a founding as it should be, with gaps, and then anything.

use jasaq_fieldbook::protocol::ids::{DocumentId, ExchangeKey, MemberId, SpaceId};
use jasaq_fieldbook::protocol::membership::{Join, Operation, Parent, Placement, Role, Season, SpaceKind};

use super::district::{
    CC, DEVICES, District, EPOCHS, HEAD, LEB, OTHER_HEAD, OTHER_SS, ROOT, SEALED, SS, SUCCESSOR, TS, VOL, id,
    invite_key, keys, office, territory,
};
use super::words;
use crate::chance::Chance;

/// The squads' rolls, and the spaces in them that somebody should make.
fn squad(ss: usize) -> SpaceId {
    SpaceId::derive(&territory(), &id(ss), &[SpaceKind::SquadRoll as u8; 16])
}

fn patrols() -> SpaceId {
    SpaceId::derive(&squad(SS), &id(SS), &[SpaceKind::Patrols as u8; 16])
}

/// Who should bring whom, as what.
const BROUGHT: [(usize, usize, Role); 11] = [
    (TS, SS, Role::Ss),
    (TS, OTHER_SS, Role::Ss),
    (TS, LEB, Role::Leb),
    (TS, CC, Role::Cc),
    (SS, HEAD, Role::Head),
    (HEAD, VOL, Role::Vol),
    (SS, OTHER_HEAD, Role::Head),
    (OTHER_HEAD, 10, Role::Nse),
    (OTHER_SS, 11, Role::Head),
    (11, 12, Role::Vol),
    (HEAD, 13, Role::Vol),
];

/// A founding: everything that stands in it may be missing, if seldom.
pub(super) fn found(district: &mut District, chance: &mut Chance) {
    let mut sign = |chance: &mut Chance, at, operation: Operation| {
        if chance.happens(98) {
            district.sign(chance, at, &operation);
        }
    };
    let of_root = (ROOT, territory());
    sign(chance, of_root, found_by_root(SUCCESSOR));
    sign(chance, of_root, add(TS, Role::Ts, None));
    for (by, device, role) in BROUGHT {
        let roll = roll_of(device);
        sign(chance, (by, roll), invite(device, role));
        sign(chance, (DEVICES + device, roll), join((device, device), by, 0));
        sign(chance, (by, roll), add(device, role, Some(device)));
        if role == Role::Ss {
            sign(chance, (device, territory()), space(SpaceKind::SquadRoll, device));
            for kind in [SpaceKind::Patrols, SpaceKind::Protected] {
                sign(chance, (device, squad(device)), space(kind, device));
            }
            sign(chance, (device, territory()), space(SpaceKind::ToSubdivision, device));
        }
        if device == CC {
            sign(chance, (TS, territory()), space(SpaceKind::Council, TS));
        }
    }
}

/// Anything, by anybody.
pub(super) fn say_anything(district: &mut District, chance: &mut Chance) {
    if chance.happens(25) {
        let signer = chance.pick(&[HEAD, VOL, OTHER_HEAD, 10, SS]);
        let space = if chance.happens(70) { patrols() } else { district.any_space(chance).0 };
        district.write(chance, (signer, space));
        return;
    }
    let (made, at, operation) = anything(district, chance);
    // Now and then by another, or elsewhere.
    let signer = if chance.happens(10) { chance.below(2 * DEVICES) } else { at.0 };
    let roll = if chance.happens(6) { district.any_roll(chance) } else { at.1 };
    if district.sign(chance, (signer, roll), &operation).is_some() {
        district.made.push(made);
    }
}

type Said = (&'static str, (usize, SpaceId), Operation);

fn anything(district: &mut District, chance: &mut Chance) -> Said {
    match chance.below(20) {
        0..4 => removing(district, chance),
        4..8 => changing(district, chance),
        8..10 => counting_heads(district, chance),
        10..12 => deciding(district, chance),
        12 => ending(district, chance),
        13..15 => renewing(district, chance),
        15 if chance.happens(50) => wrapping(district, chance),
        15 => lacking(district, chance),
        16 => making(district, chance),
        17 if chance.happens(30) => bringing_two(district, chance),
        _ => bringing(chance),
    }
}

/// Whom to speak about, and the roll that he should be in.
fn subject(chance: &mut Chance) -> (usize, SpaceId) {
    let device =
        if chance.happens(60) { chance.pick(&[HEAD, VOL, OTHER_HEAD, 10]) } else { chance.below(DEVICES) };
    (device, roll_of(device))
}

/// The roll that a device should be in.
fn roll_of(device: usize) -> SpaceId {
    match device {
        11 | 12 => squad(OTHER_SS),
        HEAD..DEVICES => squad(SS),
        _ => territory(),
    }
}

fn removing(district: &mut District, chance: &mut Chance) -> Said {
    let (device, roll) = subject(chance);
    let signer = if roll == territory() {
        chance.pick(&[TS, ROOT, SUCCESSOR])
    } else {
        chance.pick(&[SS, SS, HEAD, OTHER_SS, TS])
    };
    let cut = words::cut(district, chance, device);
    let replaces = words::replaces(district, chance, device);
    ("a removal", (signer, roll), Operation::Remove { device: id(device), cut, replaces })
}

fn changing(district: &mut District, chance: &mut Chance) -> Said {
    let (device, roll) = subject(chance);
    let (signer, role) =
        (chance.pick(&[SS, SS, SS, OTHER_SS, HEAD]), chance.pick(&[Role::Head, Role::Vol, Role::Nse]));
    let cut = words::cut(district, chance, device);
    let replaces = words::replaces(district, chance, device);
    ("a role", (signer, roll), Operation::Role { device: id(device), role, cut, replaces })
}

fn counting_heads(district: &mut District, chance: &mut Chance) -> Said {
    let (device, roll) = subject(chance);
    let signer = chance.pick(&[HEAD, VOL, SS, TS, ROOT, device]);
    let heads = words::heads(district, chance, device);
    ("heads", (signer, roll), Operation::Heads { device: id(device), heads })
}

fn deciding(district: &mut District, chance: &mut Chance) -> Said {
    let (mut space, roll) =
        if chance.happens(80) { (patrols(), squad(SS)) } else { district.any_space(chance) };
    let stand = district.stands[chance.below(district.stands.len())];
    let written: Vec<_> = district
        .stands
        .iter()
        .filter(|stand| stand.place.space == space)
        .copied()
        .collect();
    let stand = if written.is_empty() { stand } else { written[chance.below(written.len())] };
    if chance.happens(10) {
        space = district.any_space(chance).0;
    }
    let (device, place) = (stand.signer, stand.head());
    let place = Placement { space, journal: place.journal, sequence: place.sequence, hash: place.hash };
    let keys = chance
        .pick(&[&[][..], &["a"], &["b", "a"]])
        .iter()
        .map(|key| (*key).to_owned())
        .collect();
    let replaces = words::replaces(district, chance, device);
    let admit =
        Operation::Admit { device: id(device), place, keys, is_admitted: chance.happens(60), replaces };
    ("a decision", (chance.pick(&[SS, HEAD, OTHER_HEAD, TS, ROOT, OTHER_SS]), roll), admit)
}

fn ending(district: &mut District, chance: &mut Chance) -> Said {
    let (space, roll) = district.any_space(chance);
    let signer = chance.pick(&[SS, TS, HEAD, OTHER_SS, ROOT]);
    if chance.happens(50) {
        return ("an end", (signer, roll), Operation::Close { space });
    }
    let document = Some(DocumentId::from_bytes([chance.pick(&[1, 2]); 16]));
    let erase = Operation::Erase { space, document, sections: Vec::new(), attachments: Vec::new() };
    ("an erasure", (signer, roll), erase)
}

fn renewing(district: &mut District, chance: &mut Chance) -> Said {
    let (space, roll) = if chance.happens(70) { (patrols(), squad(SS)) } else { district.any_space(chance) };
    let parents = (0..chance.below(4)).map(|_| sealed(chance)).collect();
    let rotate = Operation::Rotate { space, epoch: epoch(chance), parents };
    ("a rotation", (chance.pick(&[SS, HEAD, OTHER_HEAD, ROOT, SUCCESSOR, VOL]), roll), rotate)
}

fn wrapping(district: &mut District, chance: &mut Chance) -> Said {
    let (space, roll) = if chance.happens(70) { (patrols(), squad(SS)) } else { district.any_space(chance) };
    let Parent { epoch, key } = sealed(chance);
    let device = id(if chance.happens(70) {
        chance.pick(&[HEAD, VOL, OTHER_HEAD, 10, ROOT])
    } else {
        chance.below(DEVICES)
    });
    ("a wrap", (chance.pick(&[SS, HEAD, SS, ROOT]), roll), Operation::Wrap { space, epoch, device, key })
}

/// Says that a key does not open: wraps and rotations that are there, or anything.
fn lacking(district: &mut District, chance: &mut Chance) -> Said {
    let (space, roll) = if chance.happens(80) { (patrols(), squad(SS)) } else { district.any_space(chance) };
    let is_of_keys =
        |operation: &Operation| matches!(operation, Operation::Wrap { .. } | Operation::Rotate { .. });
    let named = (0..chance.below(4)).map(|_| {
        let mut given: Vec<_> =
            district.entries.iter().filter(|entry| is_of_keys(&entry.operation)).collect();
        if given.is_empty() || chance.happens(10) {
            given = district.entries.iter().collect();
        }
        given[chance.below(given.len())].id
    });
    let operations = named.collect();
    let epoch = sealed(chance).epoch;
    let signer = chance.pick(&[VOL, HEAD, VOL, OTHER_HEAD, 10, SS, ROOT, TS]);
    ("a lack", (signer, roll), Operation::Lack { space, epoch, operations })
}

fn making(district: &mut District, chance: &mut Chance) -> Said {
    if chance.happens(10) {
        let of = chance.pick(&[ROOT, SUCCESSOR, SS]);
        return ("a second founding", (chance.pick(&[ROOT, SUCCESSOR, TS]), territory()), found_by_root(of));
    }
    let (signer, kind) = (chance.pick(&[SS, TS, OTHER_SS, HEAD, ROOT]), chance.pick(&SpaceKind::ALL[1..]));
    let roll = if kind.is_of_a_squad() { district.any_roll(chance) } else { territory() };
    let of = if chance.happens(80) { signer } else { chance.pick(&[SS, OTHER_SS]) };
    ("a space", (signer, roll), space(kind, of))
}

/// Another asks with an invite that somebody came with, and is added too.
fn bringing_two(district: &mut District, chance: &mut Chance) -> Said {
    let (invited, device) = chance.pick(&[(VOL, 13), (13, VOL)]);
    district.sign(chance, (DEVICES + invited, squad(SS)), &join((invited, device), HEAD, 0));
    ("an invite used twice", (HEAD, squad(SS)), add(device, Role::Vol, Some(invited)))
}

/// An invite, a request or an add: mostly of who stands there, of whomever to whatever now and then.
fn bringing(chance: &mut Chance) -> Said {
    let (by, device, role) = chance.pick(&BROUGHT);
    let roll = roll_of(device);
    let (by, role) = if chance.happens(70) {
        (by, role)
    } else {
        (chance.pick(&[TS, SS, HEAD, OTHER_SS, ROOT, SUCCESSOR]), chance.pick(&Role::ALL))
    };
    let key = if chance.happens(70) { device } else { chance.below(DEVICES) };
    match chance.below(5) {
        0 => ("an invite", (by, roll), invite(key, role)),
        1 | 2 => ("a request", (DEVICES + key, roll), join((key, device), by, u32::from(chance.happens(50)))),
        _ => {
            let key = chance.happens(85).then_some(key);
            let mut add = add(device, role, key);
            if let (Operation::Add { member, .. }, true) = (&mut add, chance.happens(20)) {
                *member = member_of(chance.below(DEVICES));
            }
            ("an add", (by, roll), add)
        }
    }
}

fn found_by_root(successor: usize) -> Operation {
    Operation::Found { successor: keys(successor).public(), recovery: keys(ROOT).public().exchange }
}

fn member_of(device: usize) -> MemberId {
    MemberId::from_bytes([u8::try_from(device).unwrap(); 16])
}

fn add(device: usize, role: Role, invite: Option<usize>) -> Operation {
    let (public, office) = (keys(device).public(), office(role, device));
    Operation::Add { device: public, member: member_of(device), role, office, invite: invite.map(invite_key) }
}

fn invite(device: usize, role: Role) -> Operation {
    Operation::Invite { key: invite_key(device), role, office: office(role, device), expires_at_ms: 0 }
}

/// A request with the invite of a device, by it or by another.
fn join((invite, device): (usize, usize), inviter: usize, attempt: u32) -> Operation {
    Operation::Join(Join::make(invite_key(invite), id(inviter), attempt, keys(device)))
}

/// A space that serves the body of a device. Its first epoch is of its kind.
fn space(kind: SpaceKind, of: usize) -> Operation {
    let epoch = (!kind.is_roll()).then(|| *EPOCHS[usize::from(kind as u8) % 4].public().key());
    let offices = office(Role::Ss, of).into_iter().collect();
    Operation::Space { nonce: [kind as u8; 16], kind, season: Season(2026), offices, epoch }
}

fn epoch(chance: &mut Chance) -> ExchangeKey {
    *EPOCHS[chance.below(EPOCHS.len())].public().key()
}

/// The key of some epoch under the name of some epoch.
fn sealed(chance: &mut Chance) -> Parent {
    Parent { epoch: EPOCHS[chance.below(EPOCHS.len())].public().id(), key: SEALED.clone() }
}
