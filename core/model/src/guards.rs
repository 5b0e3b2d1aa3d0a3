//! Why an intention of the register is refused: intentions are refused, facts are kept.
//!
//! Promises that whoever is refused is told one thing, with the paragraph it rests on; and that nothing here refuses what the
//! text allows: it has no deadline for a squad's check, no minimum age, no size of a squad (requirements §10).

use crate::codes::coded;
use crate::ids::PersonId;
use crate::law::{ExclusionGround, Paragraph};
use crate::list::is_card_number;
use crate::moment::Day;
use crate::records::{CertificateRecord, HeadState, PersonRecord, SquadRecord};
use crate::register::{CheckOutcome, IdDocument, IdDocumentKind, NoticeAbout};
use crate::statement::Kind;

coded! {
    /// Why the register does not take what somebody wants to record.
    pub enum RegisterRefused {
        /// The day lies in the future.
        DayInFuture = "day_in_future",
        /// No such squad, by any decision of a council that is read here.
        SquadUnknown = "squad_unknown",
        /// There is a squad of this name already.
        SquadExists = "squad_exists",
        /// Somebody stands on the squad's roster.
        SquadHasMembers = "squad_has_members",
        /// No squad that is read here is of a district of this name.
        DistrictUnknown = "district_unknown",
        /// The district is called so already.
        DistrictSame = "district_same",
        /// The council's squads are of a district that is called otherwise.
        DistrictOther = "district_other",
        /// One office is named twice where several are wanted.
        OfficeTwice = "office_twice",
        /// These offices meet in a council's space already.
        DistrictExists = "district_exists",
        /// No such person.
        PersonUnknown = "person_unknown",
        /// Several persons or squads are meant by this name.
        SeveralMeant = "several_meant",
        /// No such list.
        ListUnknown = "list_unknown",
        /// The list came in already.
        ListReceived = "list_received",
        /// A list was sent under this outgoing number already.
        ListNumberSent = "list_number_sent",
        /// The list was taken back.
        ListWithdrawn = "list_withdrawn",
        /// The person is not on the squad's roster.
        NotOnRoster = "not_on_roster",
        /// The head has to be a volunteer of the squad.
        HeadNotOfSquad = "head_not_of_squad",
        /// The subdivision said that this person's appointment is over.
        AppointmentEnded = "appointment_ended",
        /// The squad has a head, whose appointment runs.
        SecondHead = "second_head",
        /// The list has not been received, or no application came in: there is nothing to check.
        NotInCheck = "not_in_check",
        /// Not all three registers said that there is nothing.
        NotChecked = "not_checked",
        /// A register said that there is something.
        CircumstanceFound = "circumstance_found",
        /// Nothing was found or recorded that excludes.
        NothingFound = "nothing_found",
        /// The person is excluded.
        Excluded = "excluded",
        /// Excluded already.
        ExcludedAlready = "excluded_already",
        /// The application is not approved.
        NotApproved = "not_approved",
        /// Somebody with these papers applied, and nothing ended that.
        AppliedAlready = "applied_already",
        /// Somebody with these papers was struck off, and the application does not say whether it is he.
        BeforeUnsaid = "before_unsaid",
        /// It was decided already.
        DecidedAlready = "decided_already",
        /// Not the nine digits of an identity card.
        NotACardNumber = "not_a_card_number",
        /// The unit in whose book the person would stand erased this record.
        ErasedByUnit = "erased_by_unit",
        /// The person is registered already.
        RegisteredAlready = "registered_already",
        /// The person is not registered.
        NotRegistered = "not_registered",
        /// No subdivision supervises the squad yet.
        NotSupervised = "not_supervised",
        /// In whose book a non-staff employee is to stand was not said.
        UnitUnnamed = "unit_unnamed",
        /// No structural subdivision is called so here.
        UnitUnknown = "unit_unknown",
        /// Another subdivision supervises the squad, or several say that they do.
        SupervisedByOther = "supervised_by_other",
        /// The person has a certificate.
        CertificateExists = "certificate_exists",
        /// The number is taken.
        NumberTaken = "number_taken",
        /// No such certificate.
        CertificateUnknown = "certificate_unknown",
        /// The person has more than one certificate, and which is meant nobody can say.
        CertificatesSeveral = "certificates_several",
        /// The newest print is lost already.
        LostAlready = "lost_already",
        /// The person is struck off.
        StruckOff = "struck_off",
        /// An offence of this day is recorded already.
        OffenceRecorded = "offence_recorded",
        /// The wish to leave is recorded already, and stands.
        WishedAlready = "wished_already",
        /// The person is not struck off.
        NotStruckOff = "not_struck_off",
        /// The person is not one whom this unit registered and struck off, so that erasing him is the territorial subdivision's.
        NotInOwnBook = "not_in_own_book",
        /// Death is a ground of 15(4) alone.
        DeathIsHealth = "death_is_health",
        /// The dead are told nothing.
        NoticeToTheDead = "notice_to_the_dead",
        /// There is nothing of which this would tell.
        NothingToTell = "nothing_to_tell",
        /// The member is another person already.
        MemberTaken = "member_taken",
        /// It is no phone of a squad, but an office's console.
        NotOfASquad = "not_of_a_squad",
        /// The register knows the member, so his card follows from it.
        CardFromRegister = "card_from_register",
        /// What a circumstance follows from stands: offences, a register's answer, a notice to the akimat.
        CauseStands = "cause_stands",
        /// It was taken back before.
        TakenBackAlready = "taken_back_already",
        /// There is no such statement, or it cannot be taken back by whoever wants to.
        NotYoursToWithdraw = "not_yours_to_withdraw",
        /// What belongs to a list is taken back with the list as a whole.
        TakenBackWithItsList = "taken_back_with_its_list",
        /// This program's office does not do this.
        NotThisOffice = "not_this_office",
        /// Registrations, certificates, training and strike-offs are not read here.
        BooksNotRead = "books_not_read",
        /// Applications, and what the three registers said, are not read here.
        ChecksNotRead = "checks_not_read",
        /// Lists, and what belongs to them, are not read here.
        ListsNotRead = "lists_not_read",
        /// What councils decided, and who is on whose roster, is not read here.
        SquadsNotRead = "squads_not_read",
        /// Nothing of the register is read here.
        PersonsNotRead = "persons_not_read",
        /// The squads' phones are not read here.
        PhonesNotRead = "phones_not_read",
        /// Cards of the squads' members are not read here.
        CardsNotRead = "cards_not_read",
        /// Neither checks nor grounds are read here.
        GroundsNotRead = "grounds_not_read",
    }
}

impl RegisterRefused {
    /// What it rests on; nothing for what is no matter of the law.
    #[must_use]
    pub const fn paragraphs(self) -> &'static [Paragraph] {
        match self {
            Self::SquadUnknown
            | Self::SquadExists
            | Self::DistrictUnknown
            | Self::DistrictOther
            | Self::SquadsNotRead => &[Paragraph::P7A],
            Self::SquadHasMembers => &[Paragraph::P15, Paragraph::P22A],
            Self::HeadNotOfSquad | Self::AppointmentEnded | Self::SecondHead => &[Paragraph::P7B],
            Self::NotOnRoster
            | Self::ListUnknown
            | Self::ListReceived
            | Self::ListNumberSent
            | Self::ListWithdrawn
            | Self::TakenBackWithItsList
            | Self::ListsNotRead => &[Paragraph::P19A],
            Self::Excluded | Self::ExcludedAlready => &[Paragraph::P19C],
            Self::NotInCheck | Self::NotChecked | Self::ChecksNotRead => &[Paragraph::P17, Paragraph::P19A],
            Self::CircumstanceFound | Self::NothingFound | Self::CauseStands => {
                &[Paragraph::P15, Paragraph::P19C]
            }
            Self::NotApproved | Self::DecidedAlready | Self::AppliedAlready | Self::BeforeUnsaid => {
                &[Paragraph::P17, Paragraph::P18]
            }
            Self::RegisteredAlready => &[Paragraph::P18, Paragraph::P19B],
            Self::NotRegistered
            | Self::CertificateExists
            | Self::CertificateUnknown
            | Self::CertificatesSeveral => &[Paragraph::P20],
            Self::NotSupervised | Self::SupervisedByOther => &[Paragraph::P3_2, Paragraph::P19B],
            Self::UnitUnnamed | Self::UnitUnknown => &[Paragraph::P18],
            Self::PhonesNotRead | Self::CardsNotRead => &[Paragraph::P3_2],
            Self::NumberTaken | Self::LostAlready => &[Paragraph::P21B],
            Self::StruckOff | Self::NotStruckOff | Self::NotInOwnBook => &[Paragraph::P22A],
            Self::NoticeToTheDead => &[Paragraph::P22B],
            Self::OffenceRecorded => &[Paragraph::P15_2],
            Self::WishedAlready => &[Paragraph::P15_5],
            Self::DeathIsHealth => &[Paragraph::P15_4],
            Self::NothingToTell => &[Paragraph::P17, Paragraph::P18, Paragraph::P22B],
            Self::BooksNotRead | Self::PersonsNotRead | Self::GroundsNotRead => {
                &[Paragraph::P23A, Paragraph::P23B]
            }
            Self::DayInFuture
            | Self::OfficeTwice
            | Self::DistrictExists
            | Self::PersonUnknown
            | Self::SeveralMeant
            | Self::NotACardNumber
            | Self::ErasedByUnit
            | Self::MemberTaken
            | Self::NotOfASquad
            | Self::DistrictSame
            | Self::CardFromRegister
            | Self::TakenBackAlready
            | Self::NotYoursToWithdraw
            | Self::NotThisOffice => &[],
        }
    }
}

/// What somebody wants to record happened on this day, as this day's calendar has it.
pub fn check_day(day: Day, today: Day) -> Result<(), RegisterRefused> {
    if day <= today { Ok(()) } else { Err(RegisterRefused::DayInFuture) }
}

/// Whoever names an identity card names the nine digits of its number.
pub fn check_id_document(paper: Option<&IdDocument>) -> Result<(), RegisterRefused> {
    let is_fit = |paper: &IdDocument| {
        paper.kind != IdDocumentKind::IdentityCard || is_card_number(paper.number.as_str())
    };
    if paper.is_none_or(is_fit) { Ok(()) } else { Err(RegisterRefused::NotACardNumber) }
}

/// What is to be recorded follows something that happened later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the day lies before that of what it follows: {kind}")]
pub struct DayTooEarly {
    /// What it follows.
    pub kind: Kind,
    /// When that was.
    pub day: Day,
}

impl DayTooEarly {
    /// Its identifier, beside those of [`RegisterRefused`].
    pub const CODE: &str = "day_too_early";
}

/// What follows something does not happen before it: a check not before the list or the application came in, a registration not
/// before the answers and the decision, training, a certificate and a strike-off not before the registration, a new print not
/// before the one before.
pub fn check_order(record: &PersonRecord, kind: Kind, day: Day) -> Result<(), DayTooEarly> {
    check_not_before(day, followed(record, kind))
}

/// What a step about a person follows, and when that was: the latest.
fn followed(record: &PersonRecord, kind: Kind) -> Option<(Kind, Day)> {
    let decided = record.decisions.iter().map(|said| said.what.day).max();
    let came = if record.applications.is_empty() { Kind::ListReceived } else { Kind::Application };
    let came = record.in_check_since().map(|day| (came, day));
    match kind {
        Kind::Check | Kind::ApplicationDecided | Kind::ExclusionNotice => came,
        Kind::Registration => {
            let decided = decided.map(|day| (Kind::ApplicationDecided, day));
            let answered = record.last_answer().map(|day| (Kind::Check, day));
            [came, decided, answered].into_iter().flatten().max_by_key(|(_, day)| *day)
        }
        Kind::Training | Kind::Certificate | Kind::StrikeOff => {
            record.registration().map(|registration| (Kind::Registration, registration.day))
        }
        Kind::CertificateLost | Kind::CertificateReprinted => {
            let newest = record.certificate()?;
            let is_first = newest.reprints.is_empty();
            let print = if is_first { Kind::Certificate } else { Kind::CertificateReprinted };
            Some((print, newest.newest_print_day()))
        }
        _ => None,
    }
}

/// What follows something does not happen before it.
pub fn check_not_before(day: Day, followed: Option<(Kind, Day)>) -> Result<(), DayTooEarly> {
    match followed {
        Some((kind, earliest)) if day < earliest => Err(DayTooEarly { kind, day: earliest }),
        _ => Ok(()),
    }
}

/// A head is appointed from among the squad's volunteers, while nobody else's appointment runs (001-§7, R04).
pub fn check_appointment(squad: &SquadRecord, head: &PersonRecord) -> Result<(), RegisterRefused> {
    let created = squad.created.as_ref().ok_or(RegisterRefused::SquadUnknown)?;
    if squad.head() != HeadState::Vacant {
        return Err(RegisterRefused::SecondHead);
    }
    if !head.squads().any(|on| on == created.what.id) || head.ended().is_some() {
        return Err(RegisterRefused::HeadNotOfSquad);
    }
    // It would be over as soon as it is recorded.
    let mut before = squad.appointments.iter().filter(|before| before.person == head.person);
    if before.any(|before| !before.ended_by.is_empty()) {
        return Err(RegisterRefused::AppointmentEnded);
    }
    Ok(())
}

/// A register is asked about who stands on a list that came in, or who applied (001-§17, 19).
pub fn check_check(record: &PersonRecord) -> Result<(), RegisterRefused> {
    if !record.strike_offs.is_empty() {
        Err(RegisterRefused::StruckOff)
    } else if record.is_in_check() {
        Ok(())
    } else {
        Err(RegisterRefused::NotInCheck)
    }
}

/// A notice to remove somebody rests on a circumstance that was found (001-§19).
pub fn check_exclusion(record: &PersonRecord, today: Day) -> Result<(), RegisterRefused> {
    if !record.exclusions.is_empty() {
        Err(RegisterRefused::ExcludedAlready)
    } else if !record.circumstances.is_empty() || record.is_end_found(today) {
        Ok(())
    } else {
        Err(RegisterRefused::NothingFound)
    }
}

/// An application is decided once, and positively only if the three registers said that there is nothing (001-§17).
pub fn check_decision(
    record: &PersonRecord,
    outcome: CheckOutcome,
    today: Day,
) -> Result<(), RegisterRefused> {
    if record.applications.is_empty() {
        Err(RegisterRefused::NotInCheck)
    } else if !record.decisions.is_empty() {
        Err(RegisterRefused::DecidedAlready)
    } else if outcome == CheckOutcome::Approved {
        check_findings(record, today)
    } else {
        Ok(())
    }
}

fn check_findings(record: &PersonRecord, today: Day) -> Result<(), RegisterRefused> {
    if !record.circumstances.is_empty() || record.is_end_found(today) {
        Err(RegisterRefused::CircumstanceFound)
    } else if record.is_checked() {
        Ok(())
    } else {
        Err(RegisterRefused::NotChecked)
    }
}

/// Who is registered was checked, is neither excluded nor struck off, and stands on a roster or has a positive decision
/// (001-§18, 19).
pub fn check_registration(record: &PersonRecord, today: Day) -> Result<(), RegisterRefused> {
    if !record.strike_offs.is_empty() {
        return Err(RegisterRefused::StruckOff);
    }
    if !record.registrations.is_empty() {
        return Err(RegisterRefused::RegisteredAlready);
    }
    if !record.exclusions.is_empty() {
        return Err(RegisterRefused::Excluded);
    }
    if !record.circumstances.is_empty() || record.is_end_found(today) {
        return Err(RegisterRefused::CircumstanceFound);
    }
    if record.applications.is_empty() {
        if record.squads().next().is_none() {
            return Err(RegisterRefused::NotOnRoster);
        }
        check_check(record)?;
        check_findings(record, today)
    } else if record.decision() == Some(CheckOutcome::Approved) {
        Ok(())
    } else {
        Err(RegisterRefused::NotApproved)
    }
}

/// A certificate follows the registration, and nobody has two (001-§20, R17). Whether the number is free is not asked here.
pub fn check_certificate(record: &PersonRecord) -> Result<(), RegisterRefused> {
    check_print(record)?;
    if record.certificates.is_empty() { Ok(()) } else { Err(RegisterRefused::CertificateExists) }
}

/// The certificate that is lost, or printed, or printed anew: of two that two consoles gave while apart, one is taken back first
/// (001-§20, 21).
pub fn only_certificate(record: &PersonRecord) -> Result<&CertificateRecord, RegisterRefused> {
    match record.certificates.as_slice() {
        [] => Err(RegisterRefused::CertificateUnknown),
        [only] => Ok(only),
        _ => Err(RegisterRefused::CertificatesSeveral),
    }
}

/// A certificate is printed for who is on the register, not to be removed from his squad, and whose part has not ended
/// (001-§15, 19, 20).
pub fn check_print(record: &PersonRecord) -> Result<(), RegisterRefused> {
    check_on_register(record)?;
    if !record.exclusions.is_empty() {
        Err(RegisterRefused::Excluded)
    } else if record.ended().is_some() {
        Err(RegisterRefused::CircumstanceFound)
    } else {
        Ok(())
    }
}

/// Who is trained, struck off or has a paper printed anew is on the register.
pub fn check_on_register(record: &PersonRecord) -> Result<(), RegisterRefused> {
    if !record.strike_offs.is_empty() {
        Err(RegisterRefused::StruckOff)
    } else if record.registrations.is_empty() {
        Err(RegisterRefused::NotRegistered)
    } else {
        Ok(())
    }
}

/// Who is struck off was registered; death is a ground of 15(4) alone (001-§15, 22, R19).
pub fn check_strike_off(
    record: &PersonRecord,
    (ground, is_death): (ExclusionGround, bool),
) -> Result<(), RegisterRefused> {
    check_on_register(record)?;
    if is_death && ground != ExclusionGround::HealthOrDeath {
        return Err(RegisterRefused::DeathIsHealth);
    }
    Ok(())
}

/// Whoever is on the register is struck off before what is said of him is erased: phones go on showing the last that they heard.
pub fn check_erasing(record: &PersonRecord) -> Result<(), RegisterRefused> {
    if record.registrations.is_empty() || !record.strike_offs.is_empty() {
        Ok(())
    } else {
        Err(RegisterRefused::NotStruckOff)
    }
}

/// A person is told what was recorded of him, and the dead nothing (001-§17, 18, 22). Says what it was, and when: he is not told
/// before it.
pub fn check_notice(record: &PersonRecord, about: NoticeAbout) -> Result<(Kind, Day), RegisterRefused> {
    if record.strike_offs.iter().any(|said| said.what.is_death) {
        return Err(RegisterRefused::NoticeToTheDead);
    }
    let registered = record.registration().map(|registration| registration.day);
    let happened = match about {
        NoticeAbout::Registration => registered.map(|day| (Kind::Registration, day)),
        NoticeAbout::Refusal if record.decision() == Some(CheckOutcome::Refused) => {
            let decided = record.decisions.first();
            decided.map(|said| (Kind::ApplicationDecided, said.what.day))
        }
        NoticeAbout::Refusal => None,
        NoticeAbout::StrikeOff => record.strike_offs.first().map(|said| (Kind::StrikeOff, said.what.day)),
    };
    happened.ok_or(RegisterRefused::NothingToTell)
}

/// Whether a person is the head whose appointment a strike-off ends (001-§7, R05).
#[must_use]
pub fn is_running_head(squad: &SquadRecord, person: PersonId) -> bool {
    squad
        .appointments
        .iter()
        .any(|appointment| appointment.person == person && appointment.ended.is_none())
}

#[cfg(test)]
mod tests;
