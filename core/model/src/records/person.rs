//! One engagement of one person: what was said of it, and how far it has come (requirements §7.1).

use std::collections::BTreeSet;

mod flags;
mod history;
mod papers;

use super::{CertificateRecord, Heard, Lists, Said, said};
use crate::codes::coded;
use crate::ids::{MemberId, PersonId, SquadId, StatementRef};
use crate::law::{DayCount, Deadline, ExclusionGround, RepeatedOffences, Term, repeated_offences};
use crate::moment::Day;
use crate::register::{
    Application, ApplicationDecided, Cause, Check, CheckFinding, CheckKind, CheckOutcome, Circumstance,
    Engagement, ExclusionNotice, Identity, ListLine, Notice, NoticeAbout, Offence, Record, Registration,
    StrikeOff, Training,
};
use crate::squad::{NameOff, NameOn};
use crate::stated::Stated;
use crate::statement::Body;
use crate::words::Name;

pub use flags::RecordFlag;
pub use history::HistoryLine;

coded! {
    /// How far an engagement has come, by what is read of it (requirements §7.1).
    pub enum PersonState {
        /// On a squad's list (001-§19).
        Proposed = "proposed",
        /// An application came in (001-§16).
        Applied = "applied",
        /// The TS checks (001-§17, 19).
        InCheck = "in_check",
        /// A circumstance excludes; the LEB is to take the person off the roster (001-§19).
        Excluded = "excluded",
        /// Off the roster.
        OffRoster = "off_roster",
        /// The application was refused, without reasons (001-§17).
        Refused = "refused",
        /// The application was approved (001-§17).
        Approved = "approved",
        /// Registered (001-§18, 19).
        Registered = "registered",
        /// Registered, with a certificate (001-§18, 20).
        Certified = "certified",
        /// Registered and trained, without a certificate (001-§11).
        Trained = "trained",
        /// Registered, with a certificate, and trained.
        Active = "active",
        /// What it began with was taken back.
        TakenBack = "taken_back",
        /// Struck off (001-§22), and not told yet.
        StruckOff = "struck_off",
        /// Struck off and told, or dead (001-§22).
        Notified = "notified",
    }
}

/// One engagement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRecord {
    /// Which.
    pub person: PersonId,
    /// The lines of lists that name it, of lists that stand.
    pub listed: Vec<Said<ListLine>>,
    /// The rosters it is on or was: the squad, and whether it is still on.
    pub rosters: Vec<(Said<NameOn>, bool)>,
    /// Its application (001-§16).
    pub applications: Vec<Said<Application>>,
    /// What was decided about it (001-§17).
    pub decisions: Vec<Said<ApplicationDecided>>,
    /// What the registers said (001-§17, 19).
    pub checks: Vec<Said<Check>>,
    /// Its intentional administrative offences.
    pub offences: Vec<Said<Offence>>,
    /// The notices to remove it from a squad (001-§19).
    pub exclusions: Vec<Said<ExclusionNotice>>,
    /// Its registrations, earliest day first.
    pub registrations: Vec<Said<Registration>>,
    /// Its certificates, earliest day first.
    pub certificates: Vec<CertificateRecord>,
    /// Its training (001-§11), earliest day first.
    pub training: Vec<Said<Training>>,
    /// The circumstances of 001-§15, earliest day first.
    pub circumstances: Vec<Said<Circumstance>>,
    /// Its strike-offs, earliest day first.
    pub strike_offs: Vec<Said<StrikeOff>>,
    /// What it was told.
    pub notices: Vec<Said<Notice>>,
    /// Under which ids phones know it.
    pub members: Vec<MemberId>,
    /// Everything that was said, by day.
    pub history: Vec<HistoryLine>,
    in_check_since: Option<Day>,
    /// How he was called by what was taken back: for as long as it is held he is not shown without a name.
    former_name: Option<Name>,
}

impl PersonRecord {
    /// The engagement of these statements; what concerns other persons is passed over. A list that was taken back lists nobody.
    #[must_use]
    pub fn from_statements(
        person: PersonId,
        statements: impl IntoIterator<Item = Stated>,
        lists: &Lists,
    ) -> Self {
        let heard = Heard::new(statements);
        let mut record = Self::nobody(person);
        let mut certificates = papers::Papers::default();
        let mut names_off: BTreeSet<(StatementRef, SquadId)> = BTreeSet::new();
        for stated in heard.standing() {
            match &stated.statement.body {
                Body::NameOn(on) if on.person.id == person => record.rosters.push((said(stated, on), true)),
                Body::NameOff(NameOff { squad, person: of, ends }) if *of == person => {
                    names_off.insert((ends.clone(), *squad));
                }
                Body::Register(of_register) if concerns(of_register) == Some(person) => {
                    record.hear(stated, of_register, lists);
                    certificates.hear(stated, of_register);
                }
                _ => {}
            }
        }
        for (on, is_on) in &mut record.rosters {
            *is_on = !names_off.contains(&(on.key.clone(), on.what.squad));
        }
        record.order();
        record.certificates =
            certificates.settle(record.registrations.is_empty() || !record.strike_offs.is_empty());
        record.history = history::history(person, &heard);
        if record.full_name().is_none() {
            record.former_name = former_name(person, &heard);
        }
        record
    }

    const fn nobody(person: PersonId) -> Self {
        Self {
            person,
            listed: Vec::new(),
            rosters: Vec::new(),
            applications: Vec::new(),
            decisions: Vec::new(),
            checks: Vec::new(),
            offences: Vec::new(),
            exclusions: Vec::new(),
            registrations: Vec::new(),
            certificates: Vec::new(),
            training: Vec::new(),
            circumstances: Vec::new(),
            strike_offs: Vec::new(),
            notices: Vec::new(),
            members: Vec::new(),
            history: Vec::new(),
            in_check_since: None,
            former_name: None,
        }
    }

    fn hear(&mut self, stated: &Stated, record: &Record, lists: &Lists) {
        match record {
            Record::ListLine(line) if !lists.is_withdrawn(line.list) => {
                if let Some(received) = lists.received(line.list) {
                    self.is_to_be_checked_from(received);
                }
                self.listed.push(said(stated, line));
            }
            Record::Application(application) => {
                self.is_to_be_checked_from(application.received);
                self.applications.push(said(stated, application));
            }
            Record::ApplicationDecided(decided) => self.decisions.push(said(stated, decided)),
            Record::Check(check) => self.checks.push(said(stated, check)),
            Record::Offence(offence) => self.offences.push(said(stated, offence)),
            Record::ExclusionNotice(notice) => self.exclusions.push(said(stated, notice)),
            Record::Registration(registration) => self.registrations.push(said(stated, registration)),
            Record::Training(training) => self.training.push(said(stated, training)),
            Record::Circumstance(circumstance) => self.circumstances.push(said(stated, circumstance)),
            Record::StrikeOff(strike_off) => self.strike_offs.push(said(stated, strike_off)),
            Record::Notice(notice) => self.notices.push(said(stated, notice)),
            Record::MemberIs(member) => self.members.push(member.member),
            _ => {}
        }
    }

    fn is_to_be_checked_from(&mut self, day: Day) {
        self.in_check_since = Some(self.in_check_since.map_or(day, |before| before.min(day)));
    }

    /// By the days they name; what names one day twice stands by key.
    fn order(&mut self) {
        self.registrations.sort_by_key(|said| said.what.day);
        self.training.sort_by_key(|said| said.what.day);
        self.circumstances.sort_by_key(|said| said.what.day);
        self.strike_offs.sort_by_key(|said| said.what.day);
        self.decisions.sort_by_key(|said| said.what.day);
        self.members.sort_unstable();
        self.members.dedup();
    }

    /// The person's name: as the register's book has it, else as his papers, else as a roster, else as what was taken back.
    #[must_use]
    pub fn full_name(&self) -> Option<&Name> {
        let registered = self.registrations.last().map(|said| &said.what.full_name);
        let by_papers = || self.identity().map(|identity| &identity.full_name);
        let on_roster = || self.rosters.last().map(|(on, _)| &on.what.person.full_name);
        registered.or_else(by_papers).or_else(on_roster).or(self.former_name.as_ref())
    }

    /// Who he is by his papers, where this console reads them.
    #[must_use]
    pub fn identity(&self) -> Option<&Identity> {
        let listed = self.listed.last().map(|said| &said.what.person);
        listed.or_else(|| self.applications.last().map(|said| &said.what.person))
    }

    /// The squads on whose rosters he is.
    pub fn squads(&self) -> impl Iterator<Item = SquadId> {
        self.rosters.iter().filter(|(_, is_on)| *is_on).map(|(on, _)| on.what.squad)
    }

    /// The registration that stands: the earliest.
    #[must_use]
    pub fn registration(&self) -> Option<&Registration> {
        self.registrations.first().map(|said| &said.what)
    }

    /// Whether he is on the register by all that is read here: registered, neither struck off nor excluded, which wins over a
    /// registration of another console's (001-§19, 22; decisions/0038). Extracts and trust lists say so.
    #[must_use]
    pub fn is_on_register(&self) -> bool {
        !self.registrations.is_empty() && self.strike_offs.is_empty() && self.exclusions.is_empty()
    }

    /// The certificate that stands: of several, which two consoles gave him while apart, the earliest that can be shown, since any
    /// of them lets him go on patrol.
    #[must_use]
    pub fn certificate(&self) -> Option<&CertificateRecord> {
        let shown = self.certificates.iter().find(|certificate| certificate.can_be_shown());
        shown.or(self.certificates.first())
    }

    /// What a register said about him; none if it was not asked. A circumstance that was found stands, whatever day another answer
    /// names, until whoever recorded it takes it back; that there is nothing is no answer about a list that came in later, unless
    /// he was registered before it did: nobody is checked twice.
    #[must_use]
    pub fn finding(&self, kind: CheckKind) -> Option<CheckFinding> {
        let counts = |check: &Check| {
            check.finding == CheckFinding::Circumstance
                || !self.registrations.is_empty()
                || self.in_check_since.is_none_or(|since| check.day >= since)
        };
        let of_kind = self.checks.iter().map(|said| &said.what).filter(|check| check.kind == kind);
        of_kind.filter(|check| counts(check)).map(|check| check.finding).max()
    }

    /// The latest day on which one of the registers answered.
    #[must_use]
    pub fn last_answer(&self) -> Option<Day> {
        self.checks.iter().map(|said| said.what.day).max()
    }

    /// How his application was decided; none if it was not, or both ways by two who did not know of one another.
    #[must_use]
    pub fn decision(&self) -> Option<CheckOutcome> {
        let mut outcomes = self.decisions.iter().map(|said| said.what.outcome);
        let first = outcomes.next()?;
        outcomes.all(|other| other == first).then_some(first)
    }

    /// Whether all three registers said that there is nothing.
    #[must_use]
    pub fn is_checked(&self) -> bool {
        CheckKind::ALL
            .iter()
            .all(|kind| self.finding(*kind) == Some(CheckFinding::Nothing))
    }

    /// Since when a circumstance of 001-§15 or a strike-off ends his part; none if nothing does.
    #[must_use]
    pub fn ended(&self) -> Option<Day> {
        self.end().map(|(_, day)| day)
    }

    /// The same, with the ground that was recorded with it, if one was.
    #[must_use]
    pub fn end(&self) -> Option<(Option<ExclusionGround>, Day)> {
        let circumstances = self.circumstances.iter().map(|said| (said.what.ground, said.what.day));
        let strike_offs = self.strike_offs.iter().map(|said| (Some(said.what.ground), said.what.day));
        circumstances.chain(strike_offs).min_by_key(|(ground, day)| (*day, *ground))
    }

    /// Whether the TS knows something that ends his part, beside circumstances that were recorded: offences that are repeated, an
    /// answer of the registers, a notice to the akimat.
    #[must_use]
    pub fn is_end_found(&self, on: Day) -> bool {
        self.found().next().is_some() || !self.exclusions.is_empty() || self.repeated_offences(on).is_some()
    }

    /// The answers that there is something.
    fn found(&self) -> impl Iterator<Item = &Said<Check>> {
        self.checks
            .iter()
            .filter(|said| said.what.finding == CheckFinding::Circumstance)
    }

    /// From what his circumstance has to follow, on which ground where the record has one, and since when: the earliest first,
    /// those with a ground before the others. What a register's answer means is left to who reads it (001-§15).
    #[must_use]
    pub fn causes(&self) -> Vec<(Cause, Option<ExclusionGround>, Day)> {
        // Whatever the day is: two consoles whose clocks differ have to come to the same.
        let known = self.offences.iter().map(|said| said.what.day).max();
        let second = known
            .and_then(|day| self.repeated_offences(day))
            .map(|repeated| repeated.second);
        let offences = self.offences.iter().filter(|said| Some(said.what.day) == second);
        let offences =
            offences.map(|said| (cause(said), Some(ExclusionGround::RepeatAdminOffences), said.what.day));
        let found = self.found().map(|said| (cause(said), None, said.what.day));
        let notified = self.exclusions.iter().map(|said| (cause(said), None, said.what.day));
        let entered = self.circumstances.iter().filter(|said| said.what.follows.is_none());
        let entered = entered.map(|said| (cause(said), said.what.ground, said.what.day));
        let struck_off = self.strike_offs.iter();
        let struck_off = struck_off.map(|said| (cause(said), Some(said.what.ground), said.what.day));
        let mut causes: Vec<_> =
            offences.chain(found).chain(notified).chain(entered).chain(struck_off).collect();
        causes.sort_by(|one, other| {
            (one.1.is_none(), one.2, &one.0).cmp(&(other.1.is_none(), other.2, &other.0))
        });
        causes
    }

    /// Whether his intentional offences are repeated, as it stood on a day (001-§15(2), R20).
    #[must_use]
    pub fn repeated_offences(&self, on: Day) -> Option<RepeatedOffences> {
        let days: Vec<Day> = self.offences.iter().map(|said| said.what.day).collect();
        repeated_offences(&days, on)
    }

    /// By when his application is to be decided (001-§17, R14); none if none came in or it is decided. A squad's list has no
    /// deadline in the text.
    #[must_use]
    pub fn term(&self, counting: DayCount) -> Option<Term> {
        let received = self.applications.iter().map(|said| said.what.received).min()?;
        self.decisions
            .is_empty()
            .then(|| Deadline::NonStaffDecision.term(received, counting))
    }

    fn was_told(&self, about: NoticeAbout) -> bool {
        self.notices.iter().any(|said| said.what.about == about)
    }

    /// Whether a squad's member stands on no roster; a non-staff employee stands on none by law.
    pub(crate) fn is_off_roster(&self) -> bool {
        let is_of_squad = |said: &Said<Registration>| said.what.engagement != Engagement::NonStaffEmployee;
        let was_on = !self.rosters.is_empty() || self.registrations.iter().any(is_of_squad);
        was_on && self.squads().next().is_none()
    }

    /// Whether the roster ends his part. Who is registered leaves the register by a strike-off alone, whatever became of rosters and
    /// lists (001-§15, 22; decisions/0037); the flags show it.
    pub(crate) fn ends_with_roster(&self) -> bool {
        self.registrations.is_empty() && self.is_off_roster()
    }

    /// Whether there is something to check: a list that came in, or an application (001-§17, 19).
    #[must_use]
    pub const fn is_in_check(&self) -> bool {
        self.in_check_since.is_some()
    }

    /// Since when there is: the earliest day on which a list or an application came in.
    #[must_use]
    pub const fn in_check_since(&self) -> Option<Day> {
        self.in_check_since
    }

    /// How far it has come.
    #[must_use]
    pub fn state(&self) -> PersonState {
        if let Some(strike_off) = self.strike_offs.first() {
            let is_told = strike_off.what.is_death || self.was_told(NoticeAbout::StrikeOff);
            return if is_told { PersonState::Notified } else { PersonState::StruckOff };
        }
        if self.ends_with_roster() || (self.is_off_roster() && !self.exclusions.is_empty()) {
            return PersonState::OffRoster;
        }
        if !self.exclusions.is_empty() {
            return PersonState::Excluded;
        }
        if !self.registrations.is_empty() {
            let is_certified = self.certificate().is_some_and(CertificateRecord::can_be_shown);
            return match (is_certified, !self.training.is_empty()) {
                (true, true) => PersonState::Active,
                (true, false) => PersonState::Certified,
                (false, true) => PersonState::Trained,
                (false, false) => PersonState::Registered,
            };
        }
        match self.decision() {
            Some(CheckOutcome::Refused) => PersonState::Refused,
            Some(CheckOutcome::Approved) => PersonState::Approved,
            None if self.is_in_check() && self.applications.is_empty() => PersonState::InCheck,
            None if !self.applications.is_empty() && self.checks.is_empty() => PersonState::Applied,
            None if !self.applications.is_empty() => PersonState::InCheck,
            None if self.listed.is_empty() && self.rosters.is_empty() => PersonState::TakenBack,
            None => PersonState::Proposed,
        }
    }
}

/// How a person was called last by whatever was said, of which nothing stands.
fn former_name(person: PersonId, heard: &Heard) -> Option<Name> {
    let called = heard.statements.iter().filter_map(|((key, author), stated)| {
        let name = name_of(person, &stated.statement.body)?;
        Some(((stated.statement.happened_at().day(), key, author), name))
    });
    called.max_by_key(|(said, _)| *said).map(|(_, name)| name)
}

/// What a statement calls a person.
fn name_of(person: PersonId, body: &Body) -> Option<Name> {
    let name = match body {
        Body::NameOn(on) if on.person.id == person => &on.person.full_name,
        Body::Register(Record::ListLine(line)) if line.person.id == person => &line.person.full_name,
        Body::Register(Record::Application(application)) if application.person.id == person => {
            &application.person.full_name
        }
        Body::Register(Record::Registration(registration)) if registration.person == person => {
            &registration.full_name
        }
        _ => return None,
    };
    Some(name.clone())
}

fn cause<T>(said: &Said<T>) -> Cause {
    Cause { author: said.author, key: said.key.clone() }
}

/// Whom a record concerns; none for what concerns a squad, a list or whoever says it.
pub(super) const fn concerns(record: &Record) -> Option<PersonId> {
    match record {
        Record::ListLine(line) => Some(line.person.id),
        Record::Application(application) => Some(application.person.id),
        Record::ApplicationDecided(decided) => Some(decided.person),
        Record::Check(check) => Some(check.person),
        Record::Offence(offence) => Some(offence.person),
        Record::ExclusionNotice(notice) => Some(notice.person),
        Record::Registration(registration) => Some(registration.person),
        Record::Certificate(certificate) => Some(certificate.person),
        Record::CertificateLost(lost) => Some(lost.person),
        Record::CertificateReprinted(reprinted) => Some(reprinted.person),
        Record::Training(training) => Some(training.person),
        Record::Circumstance(circumstance) => Some(circumstance.person),
        Record::StrikeOff(strike_off) => Some(strike_off.person),
        Record::Notice(notice) => Some(notice.person),
        Record::MemberIs(member) => Some(member.person),
        Record::Read(read) => Some(read.person),
        Record::Decision(_)
        | Record::HeadEnded(_)
        | Record::Review(_)
        | Record::Remark(_)
        | Record::List(_)
        | Record::ListReceived(_)
        | Record::ListWithdrawn(_)
        | Record::NumberGiven(_)
        | Record::Supervision(_)
        | Record::WishToLeave(_)
        | Record::Withdrawn(_) => None,
    }
}
