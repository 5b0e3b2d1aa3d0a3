//! Who is refused, and who is not.

use super::*;
use crate::ids::PersonId;
use crate::records::Lists;
use crate::records::tests::{
    ASKAR, SQUAD, active, appointed, circumstance, created, day, head_ended, off_roster, person, squad,
    struck_off,
};
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
}

#[test]
fn nobody_is_struck_off_who_is_not_registered_or_is_struck_off() {
    let ground = (ExclusionGround::MovedOut, false);
    assert_eq!(check_strike_off(&without(3), ground, day(21)), Err(RegisterRefused::NotRegistered));
    assert_eq!(check_strike_off(&without(0), ground, day(21)), Ok(()));
    assert_eq!(check_strike_off(&with(vec![struck_off()]), ground, day(21)), Err(RegisterRefused::StruckOff));
    let early = check_strike_off(&without(0), ground, day(3));
    assert_eq!(early, Err(RegisterRefused::DayBeforeRegistration));
    let death = (ExclusionGround::OwnWish, true);
    assert_eq!(check_strike_off(&without(0), death, day(21)), Err(RegisterRefused::DeathIsHealth));
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
    let free = squad([created(), appointed(2, ASKAR), head_ended(ASKAR)]);
    assert_eq!(check_appointment(&free, &volunteer), Ok(()));
    let struck = with(vec![struck_off()]);
    assert_eq!(check_appointment(&free, &struck), Err(RegisterRefused::HeadNotOfSquad));
    assert_eq!(squad([created()]).created.unwrap().what.id, SQUAD);
}

#[test]
fn a_notice_tells_what_was_recorded() {
    assert_eq!(check_notice(&without(0), NoticeAbout::StrikeOff), Err(RegisterRefused::NothingToTell));
    assert_eq!(check_notice(&with(vec![struck_off()]), NoticeAbout::StrikeOff), Ok(()));
    assert_eq!(check_notice(&without(0), NoticeAbout::Refusal), Err(RegisterRefused::NothingToTell));
    assert_eq!(check_notice(&without(0), NoticeAbout::Registration), Ok(()));
}

#[test]
fn an_exclusion_rests_on_something_that_was_found() {
    assert_eq!(check_exclusion(&without(3), day(28)), Err(RegisterRefused::NothingFound));
    assert_eq!(check_exclusion(&with(vec![circumstance()]), day(28)), Ok(()));
}

#[test]
fn tomorrow_has_not_happened() {
    assert_eq!(check_day(day(21), day(21)), Ok(()));
    assert_eq!(check_day(day(22), day(21)), Err(RegisterRefused::DayInFuture));
}
