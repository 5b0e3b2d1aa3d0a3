//! What the members of a district sign: a founding as it should be, with gaps, and then anything.

use jasaq_fieldbook::protocol::ids::{ExchangeKey, MemberId, SpaceId};
use jasaq_fieldbook::protocol::membership::{
    Bringer, Join, Operation, Parent, Placement, Role, Season, SpaceKind,
};

use super::district::{
    CC, DEVICES, District, EPOCHS, HEAD, LEB, OTHER_HEAD, OTHER_SS, ROOT, SEALED, SECOND, SS, SUCCESSOR, TS,
    VOL, id, invite_key, keys, office, territory,
};
use super::{erasing, words};
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
    match chance.below(23) {
        0..4 => removing(district, chance),
        4..8 => changing(district, chance),
        8..10 => counting_heads(district, chance),
        10..12 => deciding(district, chance),
        12 => ending(district, chance),
        13..15 => renewing(district, chance),
        15 if chance.happens(50) => wrapping(district, chance),
        15 if chance.happens(50) => lacking(district, chance),
        15 => disputing(district, chance),
        16 => making(district, chance),
        20..22 => erasing(district, chance),
        22 => obeying(district, chance),
        17 if chance.happens(30) => bringing_two(district, chance),
        18 => bringing_beside(district, chance),
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
    ("an end", (signer, roll), Operation::Close { space })
}

fn obeying(district: &District, chance: &mut Chance) -> Said {
    let signer = chance.pick(&[SS, HEAD, VOL, TS, LEB, OTHER_SS, OTHER_HEAD, ROOT]);
    let roll = if chance.happens(70) { roll_of(signer) } else { district.any_roll(chance) };
    ("a word of who has obeyed", (signer, roll), erasing::obey(district, chance))
}

/// Of a console that is removed now and then, before anybody knows what it signs here.
fn erasing(district: &mut District, chance: &mut Chance) -> Said {
    let (space, roll) = if chance.happens(50) { (patrols(), squad(SS)) } else { district.any_space(chance) };
    let signer = chance.pick(&[SS, SS, SS, OTHER_SS, TS, TS, HEAD, VOL, LEB, CC, ROOT]);
    if chance.happens(20) && matches!(signer, SS | OTHER_SS | TS) {
        let by = if signer == TS { ROOT } else { TS };
        let (cut, replaces) = (words::cut(district, chance, signer), Vec::new());
        district.sign(chance, (by, territory()), &Operation::Remove { device: id(signer), cut, replaces });
        let erasure = erasing::erase(district, chance, space);
        return ("an erasure of one who is removed", (signer, roll), erasure);
    }
    ("an erasure", (signer, roll), erasing::erase(district, chance, space))
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

/// One publishes a key and calls every other one bad, and another says so of that.
fn disputing(district: &mut District, chance: &mut Chance) -> Said {
    let (space, roll) = (patrols(), squad(SS));
    let lack = |epoch| Operation::Lack { space, epoch, operations: Vec::new() };
    let (one, other) = chance.pick(&[(HEAD, SS), (SS, HEAD), (HEAD, VOL)]);
    let own = &EPOCHS[chance.below(EPOCHS.len())].public();
    let rotate = Operation::Rotate { space, epoch: *own.key(), parents: Vec::new() };
    district.sign(chance, (one, roll), &rotate);
    for epoch in EPOCHS
        .iter()
        .map(|epoch| epoch.public().id())
        .filter(|epoch| *epoch != own.id())
    {
        district.sign(chance, (one, roll), &lack(epoch));
    }
    ("lacks that contradict each other", (other, roll), lack(own.id()))
}

fn making(district: &mut District, chance: &mut Chance) -> Said {
    if chance.happens(10) {
        let of = chance.pick(&[ROOT, SUCCESSOR, SS]);
        return ("a second founding", (chance.pick(&[ROOT, SUCCESSOR, TS]), territory()), found_by_root(of));
    }
    let (signer, kind) = (chance.pick(&[SS, TS, OTHER_SS, HEAD, ROOT]), chance.pick(&SpaceKind::ALL[1..]));
    let is_elsewhere = kind.is_of_a_squad() || chance.happens(15);
    let roll = if is_elsewhere { district.any_roll(chance) } else { territory() };
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
            if let (Operation::Add { nonce, head, .. }, true) = (&mut add, chance.happens(20)) {
                (*nonce, *head) = (nonce_of(chance.below(DEVICES)), any_head(chance));
            }
            ("an add", (by, roll), add)
        }
    }
}

fn found_by_root(successor: usize) -> Operation {
    Operation::Found { successor: keys(successor).public(), recovery: keys(ROOT).public().exchange }
}

/// A second phone of somebody's, by who brought him or should not have, in his own name or in a head's.
fn bringing_beside(district: &mut District, chance: &mut Chance) -> Said {
    let (first, whom, role) = chance.pick(&BROUGHT);
    let by = if chance.happens(50) { first } else { chance.pick(&[TS, SS, OTHER_SS, HEAD, OTHER_HEAD, 11]) };
    let (device, roll) =
        (chance.pick(&SECOND), if chance.happens(90) { roll_of(whom) } else { squad(OTHER_SS) });
    district.sign(chance, (by, roll), &invite(device, role));
    district.sign(chance, (DEVICES + device, roll), &join((device, device), by, 0));
    let mut beside = add(device, role, Some(device));
    if let Operation::Add { nonce, head, .. } = &mut beside {
        (*nonce, *head) = (nonce_of(whom), any_head(chance));
    }
    ("a second phone", (by, roll), beside)
}

/// In whose name somebody adds: mostly his own.
fn any_head(chance: &mut Chance) -> Option<MemberId> {
    let heads = [None, None, Some((SS, HEAD)), Some((SS, OTHER_HEAD)), Some((OTHER_SS, 11))];
    chance.pick(&heads).map(member_of)
}

/// The head whom an SS should have brought, by office and roll.
fn member_of((ss, head): (usize, usize)) -> MemberId {
    let office = office(Role::Ss, ss).unwrap();
    Bringer::Office(office).member(&squad(ss), &nonce_of(head))
}

fn nonce_of(device: usize) -> [u8; 16] {
    [u8::try_from(device).unwrap(); 16]
}

fn add(device: usize, role: Role, invite: Option<usize>) -> Operation {
    let (office, invite) = (office(role, device), invite.map(invite_key));
    Operation::Add {
        device: keys(device).public(),
        nonce: nonce_of(device),
        role,
        office,
        invite,
        head: None,
    }
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
