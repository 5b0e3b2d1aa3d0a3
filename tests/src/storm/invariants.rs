//! What must hold, and how it is looked at. The list stands at the top of [`crate::storm`].

use std::collections::BTreeSet;

use jasaq_fieldbook::Custody;
use jasaq_fieldbook::model::ids::PatrolId;

use super::steps::Storm;
use super::{Broken, Scenario, erasing, photos, register_rest};
use crate::field::Phone;
use crate::inside::{self, Hash};

/// Rounds of contacts after which a district must be at rest.
const ROUNDS_MAX: usize = 60;

/// What an empty vault takes at most, in bytes: its tables have a page each, which are as many for one row as for ten, and the
/// roster has an index and what fills it.
const VAULT_BYTES_EMPTY_MAX: i64 = 200 * 1_024;

/// What a vault takes at most for each byte of the envelopes in it: the bytes, the statements and changes out of them, and
/// indexes over all three.
const VAULT_BYTES_PER_BYTE_MAX: i64 = 4;

/// The same of a register's: everybody has a document of his own in each space, whose changes hold one statement each, and
/// what changes have in common is said again in each; and the roster's index has a line of his, with the terms he is found by.
const REGISTER_BYTES_PER_BYTE_MAX: i64 = 8;

/// What a vault takes at most for each byte of attachments: a part that grew was written anew, and left its pages free.
const VAULT_BYTES_PER_PART_BYTE_MAX: i64 = 3;

/// What must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Invariant {
    /// Every acknowledged entry is shown by every reader.
    NothingLost,
    /// Nobody shows what nobody wrote, or anything twice.
    NothingInvented,
    /// All readers show alike.
    AllAlike,
    /// Whoever may not read shows nothing, and the relay's file holds no word.
    NobodyElse,
    /// Custody claims what is true.
    CustodyTrue,
    /// Nothing is left unsealed, and authors know that the SS has it.
    AllSealed,
    /// A removed phone's words beyond its removal count nowhere.
    RemovedCountNot,
    /// Photos are where they are said to be, and with who asked for them.
    PhotosThere,
    /// Of what was erased nothing is left.
    ErasedGone,
    /// Whoever was struck off may go out nowhere.
    StruckOffOut,
    /// Every vault is whole.
    DoctorWhole,
    /// The relay's file is whole.
    RelayWhole,
    /// Nobody is alarmed where nobody lies.
    NoFalseAlarm,
    /// A relay that lies by silence is told of.
    LiarTold,
    /// Contacts come to an end, and cursors agree.
    ComesToRest,
    /// Outboxes and vaults hold no more than they must.
    Bounded,
    /// Nothing panics or is refused without a reason.
    NoSurprise,
}

type Check = fn(&mut Storm) -> Result<(), String>;

impl Invariant {
    /// Every invariant with its name.
    pub const NAMES: [(Self, &'static str); 17] = [
        (Self::NothingLost, "nothing-lost"),
        (Self::NothingInvented, "nothing-invented"),
        (Self::AllAlike, "all-alike"),
        (Self::NobodyElse, "nobody-else"),
        (Self::CustodyTrue, "custody-true"),
        (Self::AllSealed, "all-sealed"),
        (Self::RemovedCountNot, "removed-count-not"),
        (Self::PhotosThere, "photos-there"),
        (Self::ErasedGone, "erased-gone"),
        (Self::StruckOffOut, "struck-off-out"),
        (Self::DoctorWhole, "doctor-whole"),
        (Self::RelayWhole, "relay-whole"),
        (Self::NoFalseAlarm, "no-false-alarm"),
        (Self::LiarTold, "liar-told"),
        (Self::ComesToRest, "comes-to-rest"),
        (Self::Bounded, "bounded"),
        (Self::NoSurprise, "no-surprise"),
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES
            .into_iter()
            .find(|(invariant, _)| *invariant == self)
            .map_or("", |(_, name)| name)
    }
}

/// In the order in which they are looked at once it is quiet: the worst first.
const AT_REST: [(Invariant, Check); 17] = [
    (Invariant::NothingLost, nothing_lost),
    (Invariant::NothingInvented, nothing_invented),
    (Invariant::AllAlike, all_alike),
    (Invariant::NobodyElse, nobody_else),
    (Invariant::CustodyTrue, custody_true),
    (Invariant::AllSealed, all_sealed),
    (Invariant::RemovedCountNot, removed_count_not),
    (Invariant::PhotosThere, photos::all_there),
    (Invariant::ErasedGone, erasing::all_gone),
    (Invariant::NothingLost, register_rest::nothing_lost),
    (Invariant::AllAlike, register_rest::all_alike),
    (Invariant::StruckOffOut, register_rest::struck_off_out),
    (Invariant::NobodyElse, register_rest::nobody_else),
    (Invariant::ErasedGone, register_rest::erased_gone),
    (Invariant::DoctorWhole, doctor_whole),
    (Invariant::RelayWhole, relay_whole),
    (Invariant::NoFalseAlarm, no_false_alarm),
];

fn look(storm: &mut Storm, (invariant, check): (Invariant, Check)) -> Result<(), Broken> {
    check(storm).map_err(|found| Broken { invariant, found })
}

/// In the middle of it.
pub(super) fn check_any_time(storm: &mut Storm) -> Result<(), Broken> {
    look(storm, (Invariant::CustodyTrue, custody_true))?;
    look(storm, (Invariant::PhotosThere, photos::custody_true))
}

/// The weather clears; everybody comes to rest; everything is looked at.
pub(super) fn check_at_rest(storm: &mut Storm) -> Result<(), Broken> {
    check_any_time(storm)?;
    storm.under_way.clear();
    storm.field.faults = crate::Faults::default();
    storm.field.restart_relay();
    let relay = storm.field.relay().id();
    for phone in storm.field.everybody() {
        storm.field.clock(phone).jump_to_skew(0);
        storm.field.book(phone).set_relay("memory:", Some(relay)).unwrap();
    }
    look(storm, (Invariant::ComesToRest, comes_to_rest))?;
    for squad in 0..storm.squads.len() {
        storm.confirm_all(squad)?;
    }
    look(storm, (Invariant::ComesToRest, comes_to_rest))?;
    if !storm.photos.is_empty() {
        look(storm, (Invariant::ComesToRest, photos::come_to_rest))?;
        look(storm, (Invariant::ComesToRest, comes_to_rest))?;
    }
    storm.forget_removals_that_fell();
    AT_REST.into_iter().try_for_each(|check| look(storm, check))?;
    look(storm, (Invariant::Bounded, bounded))?;
    look(storm, (Invariant::ComesToRest, another_contact_moves_nothing))?;
    if storm.plan.scenario == Scenario::Lies {
        look(storm, (Invariant::LiarTold, super::liar::a_liar_is_told_of))?;
    }
    Ok(())
}

/// Everybody in turn, until nothing moves.
fn comes_to_rest(storm: &mut Storm) -> Result<(), String> {
    let field = &mut storm.field;
    for _ in 0..ROUNDS_MAX {
        let mut moved = false;
        for phone in field.everybody() {
            let outbox = field.book(phone).status().unwrap().outbox_envelopes;
            let (report, outcome) = field.try_contact(phone);
            outcome.map_err(|refused| format!("{phone:?} over a good link: {refused}"))?;
            moved |= report.received > 0 || report.more || report.rewound > 0;
            moved |= field.book(phone).status().unwrap().outbox_envelopes != outbox;
        }
        if !moved {
            return Ok(());
        }
    }
    Err(format!("still moving after {ROUNDS_MAX} rounds"))
}

fn another_contact_moves_nothing(storm: &mut Storm) -> Result<(), String> {
    for phone in storm.field.everybody() {
        let report = storm.field.contact(phone);
        if report.received > 0 || report.rewound > 0 || report.more {
            return Err(format!("{phone:?}: {report:?}"));
        }
    }
    Ok(())
}

/// Who reads a squad's patrols: its phones, whoever joined, and the SS.
pub(super) fn readers(storm: &mut Storm, squad: usize) -> Vec<Phone> {
    let mut readers = storm.squads[squad].phones.clone();
    readers.extend(storm.ss.iter().copied());
    for (of, phone) in storm.joining.clone() {
        if of == squad && storm.field.book(phone).status().unwrap().role.is_some() {
            readers.push(phone);
        }
    }
    readers.retain(|phone| !storm.is_removed(*phone));
    readers
}

/// Every patrol that somebody wrote into, with its readers.
fn patrols(storm: &mut Storm) -> Vec<(PatrolId, Vec<Phone>)> {
    let all: Vec<_> = storm.patrols.iter().map(|(patrol, (squad, _))| (*patrol, *squad)).collect();
    all.into_iter().map(|(patrol, squad)| (patrol, readers(storm, squad))).collect()
}

fn nothing_lost(storm: &mut Storm) -> Result<(), String> {
    for (patrol, readers) in patrols(storm) {
        let said = storm.said.iter().filter(|said| said.patrol == patrol && storm.must_stand(said));
        let said: Vec<_> = said.cloned().collect();
        if said.is_empty() {
            continue;
        }
        for reader in readers {
            let shown = storm.field.texts(reader, patrol);
            if let Some(lost) = said.iter().find(|said| !shown.contains(&said.text)) {
                return Err(format!("{reader:?} does not show {:?} of {:?}", lost.text, lost.author));
            }
        }
    }
    Ok(())
}

fn removed_count_not(storm: &mut Storm) -> Result<(), String> {
    for (patrol, readers) in patrols(storm) {
        let beyond = storm
            .said
            .iter()
            .filter(|said| said.patrol == patrol && storm.must_not_count(said));
        let beyond: Vec<_> = beyond.cloned().collect();
        for reader in readers {
            let shown = beyond.iter().find(|said| storm.field.can_read(reader, patrol, &said.key));
            if let Some(shown) = shown {
                return Err(format!(
                    "{reader:?} shows {:?} of {:?}, who was removed",
                    shown.text, shown.author
                ));
            }
        }
    }
    Ok(())
}

fn nothing_invented(storm: &mut Storm) -> Result<(), String> {
    for (patrol, readers) in patrols(storm) {
        let began = storm.patrols[&patrol].1.clone();
        for reader in readers {
            if storm.field.book(reader).patrol(patrol).is_err() {
                continue;
            }
            let shown = storm.field.texts(reader, patrol);
            let once: BTreeSet<_> = shown.iter().cloned().collect();
            if once.len() < shown.len() || !once.is_subset(&began) {
                return Err(format!("{reader:?} shows {shown:?} of {} texts", began.len()));
            }
        }
    }
    Ok(())
}

/// A patrol of which nothing counts is shown by whoever can open what is held of it, which need not be everybody.
fn all_alike(storm: &mut Storm) -> Result<(), String> {
    for (patrol, readers) in patrols(storm) {
        let shown = |reader: &Phone| {
            let digest = storm.field.book(*reader).patrol_digest(patrol).ok()?;
            inside::counts_anything(storm.field.home(*reader), patrol).then_some(digest)
        };
        let digests: Vec<_> = readers.iter().map(shown).collect();
        if digests.windows(2).any(|pair| pair[0] != pair[1]) {
            return Err(format!("{readers:?} show {patrol:?} as {digests:?}"));
        }
    }
    Ok(())
}

fn nobody_else(storm: &mut Storm) -> Result<(), String> {
    for (patrol, readers) in patrols(storm) {
        for phone in storm.field.everybody() {
            let may = readers.contains(&phone) || storm.is_removed(phone);
            if !may && storm.field.book(phone).patrol(patrol).is_ok() {
                return Err(format!("{phone:?} shows {patrol:?} of another squad"));
            }
        }
    }
    let relay = std::fs::read(storm.field.relay_file()).unwrap();
    for said in &storm.said {
        let words = said.text.as_bytes();
        if relay.windows(words.len()).any(|window| window == words) {
            return Err(format!("the relay's file holds {:?}", said.text));
        }
    }
    Ok(())
}

/// What the vaults claim of the relay, some relay had; who is said to hold an entry shows it.
fn custody_true(storm: &mut Storm) -> Result<(), String> {
    let relay = inside::relay_of(&storm.field.relay_file());
    let mut had = inside::hashes(&relay, "SELECT hash FROM envelopes");
    had.extend(storm.ever_at_relay.iter().cloned());
    for phone in storm.field.everybody() {
        let vault = inside::vault_of(storm.field.home(phone));
        let claimed: BTreeSet<Hash> = inside::hashes(&vault, "SELECT hash FROM envelopes WHERE at_relay = 1");
        let false_claims = claimed.difference(&had).count();
        if false_claims > 0 {
            return Err(format!("{phone:?} claims of {false_claims} envelopes that a relay has them"));
        }
    }
    for said in storm.said.clone() {
        if storm.is_removed(said.author) {
            continue;
        }
        let holders = match storm.field.custody(said.author, said.patrol, &said.key) {
            Custody::OnThisPhone | Custody::AtRelay => continue,
            Custody::WithSs => storm.ss.clone(),
            Custody::WithHead => [storm.everybody_once_head(), storm.ss.clone()].concat(),
        };
        if !holders
            .iter()
            .any(|holder| storm.field.can_read(*holder, said.patrol, &said.key))
        {
            return Err(format!("{:?} of {:?} is said to be with {holders:?}", said.text, said.author));
        }
    }
    Ok(())
}

fn all_sealed(storm: &mut Storm) -> Result<(), String> {
    for phone in storm.field.everybody() {
        let status = storm.field.book(phone).status().unwrap();
        if status.role.is_some() && status.pending > 0 {
            return Err(format!("{phone:?} keeps {} statements pending", status.pending));
        }
    }
    for said in storm.said.clone() {
        if storm.is_removed(said.author) {
            continue;
        }
        // Who holds another line than the author cannot say so in words that his device understands.
        let custody = storm.field.custody(said.author, said.patrol, &said.key);
        if custody != Custody::WithSs && !storm.twins.contains(&said.author) {
            return Err(format!("{:?} of {:?} stands at {custody:?}", said.text, said.author));
        }
    }
    Ok(())
}

fn doctor_whole(storm: &mut Storm) -> Result<(), String> {
    let has_clones = !storm.twins.is_empty();
    for phone in storm.field.everybody() {
        let report = storm.field.book(phone).doctor().unwrap();
        let is_well = report.is_whole && report.defects == 0 && report.rows_rebuilt == 0;
        if !is_well || (!has_clones && (report.conflicts > 0 || report.branches > 0)) {
            return Err(format!("{phone:?}: {report:?}"));
        }
    }
    Ok(())
}

/// Whole as an operator is told: pages, numbers, hashes, links, signatures, sums.
fn relay_whole(storm: &mut Storm) -> Result<(), String> {
    let report = jasaq_relay::keeping::check(&storm.field.relay_file(), &mut |_| {}).unwrap();
    let is_known = report.relay == Some(storm.field.relay().id());
    if report.is_sound() && is_known { Ok(()) } else { Err(format!("{report:?}")) }
}

/// Of a clone's two lines everybody holds one, so that others may well hold what does not come.
fn no_false_alarm(storm: &mut Storm) -> Result<(), String> {
    for phone in storm.field.everybody() {
        let status = storm.field.book(phone).status().unwrap();
        if status.differing > 0 || (status.missing > 0 && storm.twins.is_empty()) {
            return Err(format!("{phone:?} is alarmed: {status:?}"));
        }
        // What a hand signs with a phone's keys, so that it is of a newer program, is a twin's too.
        let is_alone = storm.twins.is_empty() && storm.field.tally.count("statement of a newer program") == 0;
        if is_alone && !status.twins.is_empty() {
            return Err(format!("{phone:?} is told of a twin that nobody has: {:?}", status.twins));
        }
        storm.field.tally.note_many("devices told of a twin", status.twins.len() as u64);
        let vault = inside::vault_of(storm.field.home(phone));
        let compared = inside::number(&vault, "SELECT count(*) FROM accounts WHERE compared = 1");
        storm.field.tally.note_many("acks that were compared", compared.cast_unsigned());
    }
    Ok(())
}

/// Outboxes are empty. Vaults hold lines as they are at the relay, and what clones left beside them.
fn bounded(storm: &mut Storm) -> Result<(), String> {
    let relay = inside::relay_of(&storm.field.relay_file());
    let stored = inside::number(&relay, "SELECT count(*) FROM envelopes");
    for phone in storm.field.everybody() {
        let status = storm.field.book(phone).status().unwrap();
        let is_in = status.role.is_some() && storm.twins.is_empty();
        if is_in && (status.outbox_envelopes > 0 || status.refused > 0) {
            return Err(format!("{phone:?} keeps {} in its outbox: {status:?}", status.outbox_envelopes));
        }
        let vault = inside::vault_of(storm.field.home(phone));
        let held = inside::number(&vault, "SELECT count(*) FROM envelopes");
        if is_in && held > stored {
            return Err(format!("{phone:?} holds {held} envelopes of {stored}"));
        }
        let carried = inside::number(
            &vault,
            "SELECT coalesce(sum(length(wire)), 0) FROM (SELECT wire FROM envelopes UNION ALL SELECT wire FROM branches)",
        );
        let parts =
            inside::number(&vault, "SELECT coalesce(sum(length(sealed) + length(proof)), 0) FROM parts");
        let pages = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
        let bytes = inside::number(&vault, pages);
        let per_byte = match storm.plan.scenario {
            Scenario::Register => REGISTER_BYTES_PER_BYTE_MAX,
            _ => VAULT_BYTES_PER_BYTE_MAX,
        };
        if bytes > VAULT_BYTES_EMPTY_MAX + per_byte * carried + VAULT_BYTES_PER_PART_BYTE_MAX * parts {
            return Err(format!("{phone:?} takes {bytes} bytes for {carried} of envelopes"));
        }
    }
    Ok(())
}
