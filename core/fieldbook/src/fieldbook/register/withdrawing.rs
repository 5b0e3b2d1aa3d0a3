//! Taking a list back, and names off a roster (001-§19): first what that would come to, then all of it or nothing.
//!
//! Promises that an akimat ends what it began and nothing else. Its console reads no register, so that it cannot know who of a
//! list was registered meanwhile: whoever was stays on the register until a strike-off on a ground of 001-§15
//! (decisions/0037). What is said here of an effect is what this device reads.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_model::guards::{RegisterRefused, is_running_head};
use jasaq_model::ids::{Author, ListId, PersonId, SquadId};
use jasaq_model::moment::Day;
use jasaq_model::records::{ListRecord, PersonRecord, Said};
use jasaq_model::register::{ListWithdrawn, Record};
use jasaq_model::squad::{NameOff, NameOn};
use jasaq_model::statement::{Body, Kind};
use jasaq_model::words::Text;
use jasaq_protocol::ids::{DeviceId, DocumentId, RootHash, SpaceId};
use jasaq_protocol::membership::SpaceKind;

use super::books::is_being_checked;
use super::{Desk, Fieldbook};
use crate::exchange::{self, Attached, Device, EnrolRefused};
use crate::refusal::FieldbookRefused;
use crate::surroundings::Surroundings;
use crate::vault::{Transaction, Vault};
use crate::views;

/// Where what comes with lists stands.
const WITH_LISTS: [SpaceKind; 1] = [SpaceKind::Submission];

/// What taking a list back would come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListWithdrawal {
    /// Since when the territorial subdivision has it; who of it is registered since stays so. If left unset, it has said nothing.
    pub received: Option<Day>,
    /// Whose names go off the squad's roster, in the order of the list.
    pub off: Vec<PersonId>,
    /// Who stays on it, since another list names him too.
    pub stay: Vec<PersonId>,
    /// Who stays on it, since another akimat put him on too, and takes off whom it put on.
    pub stay_with_others: Vec<PersonId>,
    /// How many of the squad's names are on its roster afterwards.
    pub left_on_roster: usize,
    /// Who of them heads the squad: several, if several appointments run.
    pub heads_off: Vec<PersonId>,
    /// How many copies and other papers are deleted.
    pub papers: usize,
}

/// What taking a name off a squad's roster comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameRemoval {
    /// Whether the person stays on it, since another akimat put him on too.
    pub stays_with_others: bool,
    /// Whether the name goes off of who heads the squad.
    pub is_head_off: bool,
    /// How many of the squad's names are on its roster afterwards.
    pub left_on_roster: usize,
}

impl Fieldbook {
    /// What [`Fieldbook::withdraw_list`] would do, as far as it is read here. LEB only.
    pub fn list_withdrawal(&mut self, list: ListId) -> Result<ListWithdrawal, FieldbookRefused> {
        self.desk(|desk| {
            let record = desk.list_to_withdraw(list)?;
            let squad = record.list.what.squad;
            let (off, stay) = desk.named_by(list)?;
            let is_on = |record: &&PersonRecord| record.squads().any(|on| on == squad);
            let held = desk.papers_held(&WITH_LISTS)?;
            let papers = held.behind(list, &off).count();
            let (off, with_others): (Vec<_>, Vec<_>) =
                off.iter().filter(is_on).partition(|record| desk.is_ours_alone(record, squad));
            let persons = |records: Vec<&PersonRecord>| -> Vec<PersonId> {
                records.into_iter().map(|record| record.person).collect()
            };
            let off = persons(off);
            let stay = stay.iter().filter(is_on).map(|record| record.person).collect();
            let of_squad = views::squad_record(desk.transaction, desk.device, squad)?;
            let on = desk.on_roster(squad)?;
            Ok(ListWithdrawal {
                received: record.received,
                left_on_roster: on.iter().filter(|person| !off.contains(person)).count(),
                heads_off: off
                    .iter()
                    .copied()
                    .filter(|person| is_running_head(&of_squad, *person))
                    .collect(),
                off,
                stay,
                stay_with_others: persons(with_others),
                papers,
            })
        })
    }

    /// Takes a list back as a whole: it lists nobody any more, the names that it alone put on the roster are off, and its papers are
    /// deleted here; the territorial subdivision deletes them for everybody when it hears of it. LEB only. Says how many names
    /// are off.
    pub fn withdraw_list(&mut self, list: ListId, reason: Text) -> Result<usize, FieldbookRefused> {
        self.desk(|desk| {
            let squad = desk.list_to_withdraw(list)?.list.what.squad;
            let (named, _) = desk.named_by(list)?;
            // Anywhere else it would end nothing.
            let submission = desk.space_about(list.as_bytes(), SpaceKind::Submission)?;
            let submission = submission.ok_or(RegisterRefused::ListUnknown)?;
            let withdrawn = ListWithdrawn { list, reason };
            desk.record((submission, list.as_bytes()), Record::ListWithdrawn(withdrawn))?;
            let mut off = 0;
            for record in &named {
                off += desk.take_off(squad, record)?;
            }
            let now_ms = desk.surroundings.now().unix_ms;
            for paper in desk.papers_held(&WITH_LISTS)?.behind(list, &named) {
                for root in roots_of(paper) {
                    Vault::erase_attachment(desk.transaction, &root, now_ms)?;
                }
            }
            Ok(off)
        })
    }

    /// What [`Fieldbook::take_off_roster`] does; refused as that is. LEB only.
    pub fn roster_removal(
        &mut self,
        squad: SquadId,
        person: PersonId,
    ) -> Result<NameRemoval, FieldbookRefused> {
        self.desk(|desk| {
            let transaction = desk.transaction;
            Vault::tried(transaction, || desk.take_name_off(squad, person))
        })
    }

    /// Takes a name off a squad's roster. LEB only (001-§19).
    pub fn take_off_roster(&mut self, squad: SquadId, person: PersonId) -> Result<(), FieldbookRefused> {
        self.desk(|desk| desk.take_name_off(squad, person).map(drop))
    }

    /// Deletes for everybody what came with lists that were taken back, but for the copies of whoever was registered meanwhile:
    /// those went with his check, or were kept on purpose. Says how many. TS only; nothing on any other device.
    pub(super) fn delete_papers_of_withdrawn_lists(&mut self) -> Result<usize, FieldbookRefused> {
        let due = self.desk(|desk| desk.papers_of_withdrawn_lists())?;
        self.enrol(|transaction, device, surroundings| erase_papers(transaction, device, surroundings, &due))
    }
}

/// Deletes papers for everybody, where this device may. Says how many.
pub(super) fn erase_papers(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    due: &[Attached],
) -> Result<usize, EnrolRefused> {
    let (mut roots, mut count): (BTreeMap<SpaceId, Vec<RootHash>>, usize) = (BTreeMap::new(), 0);
    for paper in due.iter().filter(|paper| device.may_erase(&paper.space)) {
        roots.entry(paper.space).or_default().extend(roots_of(paper));
        count += 1;
    }
    for (space, roots) in &roots {
        exchange::erase_attachments(transaction, device, surroundings, (*space, roots))?;
    }
    Ok(count)
}

impl Desk<'_> {
    fn list_to_withdraw(&self, list: ListId) -> Result<ListRecord, FieldbookRefused> {
        self.check_office(Kind::ListWithdrawn)?;
        let record = self.list(list)?;
        if record.withdrawn.is_some() { Err(RegisterRefused::ListWithdrawn.into()) } else { Ok(record) }
    }

    /// Whom a list alone names for its squad, and whom another list of that squad that stands names too, in the order of its lines.
    fn named_by(&self, list: ListId) -> Result<(Vec<PersonRecord>, Vec<PersonRecord>), FieldbookRefused> {
        let (lists, mut named) = (self.lists()?, Vec::new());
        let mut lines = views::lines_by_list(self.transaction, self.device)?;
        for (_, person) in lines.remove(&list).unwrap_or_default() {
            named.push(views::person_record(self.transaction, self.device, (person, &lists))?);
        }
        let squad_of = |list: ListId| lists.get(list).map(|record| record.list.what.squad);
        let is_another = |other: ListId| other != list && squad_of(other) == squad_of(list);
        Ok(named
            .into_iter()
            .partition(|record| !record.listed.iter().any(|said| is_another(said.what.list))))
    }

    /// The papers in spaces of some kinds that are not deleted yet.
    pub(super) fn papers_held(&self, kinds: &[SpaceKind]) -> Result<Papers, FieldbookRefused> {
        let mut papers = Papers::default();
        for paper in exchange::attached(self.transaction)? {
            let kind = self.device.membership.space(&paper.space).map(|record| record.kind);
            if kind.is_some_and(|kind| kinds.contains(&kind))
                && !Vault::attachment(self.transaction, &paper.name)?.is_erased
            {
                papers.0.entry(paper.document).or_default().push(paper);
            }
        }
        Ok(papers)
    }

    /// What is to be deleted since its list was taken back. Nothing is looked at where nothing is held, or no list is taken back.
    fn papers_of_withdrawn_lists(&self) -> Result<Vec<Attached>, FieldbookRefused> {
        let (lists, held, mut due) = (self.lists()?, self.papers_held(&WITH_LISTS)?, Vec::new());
        let is_withdrawn = |(_, record): &(ListId, &ListRecord)| record.withdrawn.is_some();
        let mut withdrawn = lists.iter().filter(is_withdrawn).peekable();
        if held.0.is_empty() || withdrawn.peek().is_none() {
            return Ok(due);
        }
        let mut lines = views::lines_by_list(self.transaction, self.device)?;
        for (list, _) in withdrawn {
            due.extend(held.about(list.as_bytes()).cloned());
            for (_, person) in lines.remove(&list).unwrap_or_default() {
                let mut papers = held.about(person.as_bytes()).peekable();
                if papers.peek().is_some() {
                    let record = views::person_record(self.transaction, self.device, (person, &lists))?;
                    let goes_on = !record.listed.is_empty() || !record.registrations.is_empty();
                    due.extend(papers.filter(|_| !goes_on).cloned());
                }
            }
        }
        Ok(due)
    }

    /// Copies of the papers of those on a list whom nobody checks any more: they are registered already, or their part ended.
    pub(super) fn copies_without_check(&self, list: ListId) -> Result<Vec<Attached>, FieldbookRefused> {
        let (lists, held, mut due) = (self.lists()?, self.papers_held(&WITH_LISTS)?, Vec::new());
        let mut lines = views::lines_by_list(self.transaction, self.device)?;
        for (_, person) in lines.remove(&list).unwrap_or_default() {
            let record = views::person_record(self.transaction, self.device, (person, &lists))?;
            let is_checked = is_being_checked(&record);
            due.extend(held.about(person.as_bytes()).filter(|_| !is_checked).cloned());
        }
        Ok(due)
    }

    /// Who is on a squad's roster.
    fn on_roster(&self, squad: SquadId) -> Result<BTreeSet<PersonId>, FieldbookRefused> {
        let roster = views::roster(self.transaction, self.device)?;
        let on = roster
            .lines()
            .iter()
            .filter(|line| line.squad == squad && line.ended_by.is_none());
        Ok(on.map(|line| line.person.id).collect())
    }

    /// Takes a name off a squad's roster, and says what that came to.
    fn take_name_off(&mut self, squad: SquadId, person: PersonId) -> Result<NameRemoval, FieldbookRefused> {
        self.check_office(Kind::NameOff)?;
        let record = self.person(person)?;
        match self.take_off(squad, &record)? {
            // Of two akimats of a district neither takes off whom the other put on.
            0 if record.squads().any(|on| on == squad) => Err(RegisterRefused::NotYoursToWithdraw.into()),
            0 => Err(RegisterRefused::NotOnRoster.into()),
            _ => {
                let on = self.on_roster(squad)?;
                let stays_with_others = on.contains(&person);
                let of_squad = views::squad_record(self.transaction, self.device, squad)?;
                let is_head_off = !stays_with_others && is_running_head(&of_squad, person);
                Ok(NameRemoval { stays_with_others, is_head_off, left_on_roster: on.len() })
            }
        }
    }

    /// Ends every line with which this office put a person on a squad's roster, where it stands. Says how many.
    fn take_off(&mut self, squad: SquadId, record: &PersonRecord) -> Result<usize, FieldbookRefused> {
        let person = record.person;
        let spaces = views::names_on(self.transaction, person)?;
        let mut ended = 0;
        let own: Vec<_> = lines_on(record, squad).filter(|on| self.is_of_own_office(&on.author)).collect();
        for on in own {
            let space = spaces.get(&(on.author, on.key.clone()));
            let space = self.roster_space(*space.ok_or(RegisterRefused::NotOnRoster)?)?;
            let off = NameOff { squad, person, ends: on.key.clone() };
            self.state((space, person.as_bytes()), Body::NameOff(off))?;
            ended += 1;
        }
        Ok(ended)
    }

    /// Whether nobody but this office put a person on a squad's roster.
    fn is_ours_alone(&self, record: &PersonRecord, squad: SquadId) -> bool {
        lines_on(record, squad).all(|on| self.is_of_own_office(&on.author))
    }

    /// Whether a device of this console's office said it.
    pub(super) fn is_of_own_office(&self, author: &Author) -> bool {
        let author = DeviceId::from_bytes(*author.as_bytes());
        self.device.are_of_one_office(&self.device.id(), &author)
    }
}

/// The lines with which a person stands on a squad's roster.
fn lines_on(record: &PersonRecord, squad: SquadId) -> impl Iterator<Item = &Said<NameOn>> {
    let on_it = record
        .rosters
        .iter()
        .filter(move |(on, is_on)| *is_on && on.what.squad == squad);
    on_it.map(|(on, _)| on)
}

/// Under which roots an attachment and its small picture are kept.
fn roots_of(paper: &Attached) -> impl Iterator<Item = RootHash> {
    [Some(paper.name), paper.thumbnail]
        .into_iter()
        .flatten()
        .map(|name| *name.root())
}

/// Papers by the documents in which they are named.
#[derive(Default)]
pub(super) struct Papers(BTreeMap<DocumentId, Vec<Attached>>);

impl Papers {
    /// Those that are about a list or a person.
    pub(super) fn about<'a>(&'a self, about: &[u8; 16]) -> impl Iterator<Item = &'a Attached> + use<'a> {
        views::documents_about(about)
            .filter_map(|document| self.0.get(&document))
            .flatten()
    }

    /// Those that go with a list that names only these persons. A copy stays that another squad's list goes on with.
    fn behind<'a>(&'a self, list: ListId, persons: &'a [PersonRecord]) -> impl Iterator<Item = &'a Attached> {
        let is_alone = move |record: &&PersonRecord| record.listed.iter().all(|said| said.what.list == list);
        let of_persons = persons.iter().filter(is_alone);
        let of_persons = of_persons.flat_map(|record| self.about(record.person.as_bytes()));
        self.about(list.as_bytes()).chain(of_persons)
    }
}
