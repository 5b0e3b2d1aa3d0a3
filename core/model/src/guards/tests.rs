//! Who is refused, and who is not.

use super::*;
use crate::ids::PersonId;
use crate::records::tests::{
    ASKAR, SQUAD, active, application_decided, applied, appointed, circumstance, created, day,
    found_by_register, head_ended, off_roster, person, reprinted, squad, struck_off,
};
use crate::records::{Lists, RecordFlag};
use crate::register::{CheckFinding, CheckKind};
use crate::stated::Stated;

fn without(gone: usize) -> PersonRecord {
    let all = active();
    person(&all[..all.len() - gone])
}

fn with(more: Vec<Stated>) -> PersonRecord {
    person(&[active(), more].concat())
}

#[test]
fn a_certificate_before_the_registration_is_refused_and_a_second_one_too() {
    assert_eq!(check_certificate(&without(3)), Err(RegisterRefused::NotRegistered));
    assert_eq!(check_certificate(&without(2)), Ok(()));
    assert_eq!(check_certificate(&without(1)), Err(RegisterRefused::CertificateExists));
}

#[test]
fn nobody_is_registered_unchecked_twice_or_off_the_roster() {
    assert_eq!(check_registration(&without(3), day(21)), Ok(()));
    assert_eq!(check_registration(&without(4), day(21)), Err(RegisterRefused::NotChecked));
    assert_eq!(check_registration(&without(2), day(21)), Err(RegisterRefused::RegisteredAlready));
    let all = active();
    let off = [all[..7].to_vec(), vec![off_roster()]].concat();
    assert_eq!(check_registration(&person(&off), day(21)), Err(RegisterRefused::NotOnRoster));
    let found = [all[..7].to_vec(), vec![circumstance()]].concat();
    assert_eq!(check_registration(&person(&found), day(21)), Err(RegisterRefused::CircumstanceFound));
    assert_eq!(check_check(&person(&all[..3])), Err(RegisterRefused::NotInCheck), "the list has not come in");
    assert_eq!(check_check(&person(&all[..4])), Ok(()));
    let struck_off = [all[..4].to_vec(), vec![struck_off()]].concat();
    assert_eq!(
        check_check(&person(&struck_off)),
        Err(RegisterRefused::StruckOff),
        "nobody would register him"
    );
}

#[test]
fn nobody_is_struck_off_who_is_not_registered_or_is_struck_off() {
    let ground = (ExclusionGround::MovedOut, false);
    assert_eq!(check_strike_off(&without(3), ground), Err(RegisterRefused::NotRegistered));
    assert_eq!(check_strike_off(&without(0), ground), Ok(()));
    assert_eq!(check_strike_off(&with(vec![struck_off()]), ground), Err(RegisterRefused::StruckOff));
    let death = (ExclusionGround::OwnWish, true);
    assert_eq!(check_strike_off(&without(0), death), Err(RegisterRefused::DeathIsHealth));
}

#[test]
fn a_head_comes_from_the_squad_and_there_is_one() {
    const STRANGER: PersonId = PersonId::from_bytes([99; 16]);
    let volunteer = without(0);
    let stranger = PersonRecord::from_statements(STRANGER, active(), &Lists::default());
    assert_eq!(check_appointment(&squad([]), &volunteer), Err(RegisterRefused::SquadUnknown));
    assert_eq!(check_appointment(&squad([created()]), &stranger), Err(RegisterRefused::HeadNotOfSquad));
    assert_eq!(check_appointment(&squad([created()]), &volunteer), Ok(()));
    let headed = squad([created(), appointed(2, ASKAR)]);
    assert_eq!(check_appointment(&headed, &volunteer), Err(RegisterRefused::SecondHead));
    assert!(is_running_head(&headed, ASKAR) && !is_running_head(&headed, STRANGER));
    let free = squad([created(), appointed(2, STRANGER), head_ended(STRANGER)]);
    assert_eq!(check_appointment(&free, &volunteer), Ok(()));
    let over = squad([created(), appointed(2, volunteer.person), head_ended(volunteer.person)]);
    assert_eq!(check_appointment(&over, &volunteer), Err(RegisterRefused::AppointmentEnded));
    let struck = with(vec![struck_off()]);
    assert_eq!(check_appointment(&free, &struck), Err(RegisterRefused::HeadNotOfSquad));
    assert_eq!(squad([created()]).created.unwrap().what.id, SQUAD);
}

#[test]
fn a_notice_tells_what_was_recorded() {
    assert_eq!(check_notice(&without(0), NoticeAbout::StrikeOff), Err(RegisterRefused::NothingToTell));
    assert!(check_notice(&with(vec![struck_off()]), NoticeAbout::StrikeOff).is_ok());
    assert_eq!(check_notice(&without(0), NoticeAbout::Refusal), Err(RegisterRefused::NothingToTell));
}

#[test]
fn an_exclusion_rests_on_something_that_was_found() {
    assert_eq!(check_exclusion(&without(3), day(28)), Err(RegisterRefused::NothingFound));
    assert_eq!(check_exclusion(&with(vec![circumstance()]), day(28)), Ok(()));
}

#[test]
fn nothing_happens_before_what_it_follows_and_the_refusal_names_it() {
    let early = |kind, on| Err(DayTooEarly { kind, day: day(on) });
    let (issued, reprinted) = (without(0), with(vec![reprinted(20)]));
    for (record, kind, on, due) in [
        (&without(4), Kind::Check, 1, early(Kind::ListReceived, 2)),
        (&without(4), Kind::Check, 2, Ok(())),
        (&without(3), Kind::Registration, 1, early(Kind::Check, 3)),
        (&without(2), Kind::Certificate, 3, early(Kind::Registration, 4)),
        (&without(2), Kind::Certificate, 4, Ok(())),
        (&without(2), Kind::Training, 3, early(Kind::Registration, 4)),
        (&without(2), Kind::Training, 4, Ok(())),
        (&issued, Kind::StrikeOff, 3, early(Kind::Registration, 4)),
        (&issued, Kind::CertificateLost, 4, early(Kind::Certificate, 5)),
        (&reprinted, Kind::CertificateLost, 8, early(Kind::CertificateReprinted, 9)),
        (&reprinted, Kind::CertificateLost, 9, Ok(())),
        (&without(4), Kind::Offence, 1, Ok(())),
    ] {
        assert_eq!(check_order(record, kind, day(on)), due, "{kind} on the {on}.");
    }
    assert_eq!(check_notice(&issued, NoticeAbout::Registration), Ok((Kind::Registration, day(4))));
}

#[test]
fn an_application_that_was_decided_both_ways_is_decided_neither() {
    let decided = |number, outcome| vec![applied(), application_decided(number, outcome)];
    let refused = person(&decided(31, CheckOutcome::Refused));
    assert!(check_notice(&refused, NoticeAbout::Refusal).is_ok());
    let both = [decided(31, CheckOutcome::Refused), decided(32, CheckOutcome::Approved)].concat();
    let both = person(&both);
    assert_eq!(both.decision(), None);
    assert_eq!(both.flags(), [RecordFlag::DecidedBothWays]);
    assert_eq!(check_registration(&both, day(21)), Err(RegisterRefused::NotApproved));
    let told = check_notice(&both, NoticeAbout::Refusal);
    assert_eq!(told, Err(RegisterRefused::NothingToTell));
}

#[test]
fn a_circumstance_that_a_register_named_stands_whatever_another_answer_says() {
    let found = person(&[active()[..7].to_vec(), vec![found_by_register(40)]].concat());
    assert_eq!(found.finding(CheckKind::CriminalRecord), Some(CheckFinding::Circumstance));
    assert_eq!(found.flags(), [RecordFlag::ChecksDisagree]);
    let causes: Vec<_> = found.causes().into_iter().map(|(_, ground, day)| (ground, day)).collect();
    assert_eq!(causes, [(None, day(2))]);
    assert_eq!(check_registration(&found, day(21)), Err(RegisterRefused::CircumstanceFound));
}

#[test]
fn tomorrow_has_not_happened() {
    assert_eq!(check_day(day(21), day(21)), Ok(()));
    assert_eq!(check_day(day(22), day(21)), Err(RegisterRefused::DayInFuture));
}
