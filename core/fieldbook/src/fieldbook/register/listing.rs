//! Squad lists: an akimat sends one with its papers, the territorial subdivision has one (001-§19).

use std::collections::{BTreeMap, BTreeSet};

use jasaq_model::guards::{RegisterRefused, check_id_document, check_not_before};
use jasaq_model::ids::{ListId, PersonId, SquadId};
use jasaq_model::moment::Day;
use jasaq_model::person::Person;
use jasaq_model::records::{ListRecord, Lists};
use jasaq_model::register::{Identity, ListLine, ListReceived, Record, SquadList};
use jasaq_model::squad::NameOn;
use jasaq_model::statement::{Body, Kind};
use jasaq_model::words::Name;
use jasaq_protocol::ids::{DeviceId, DocumentId, SpaceId};
use jasaq_protocol::membership::SpaceKind;

use super::books::Kept;
use super::copies::Copies;
use super::{Desk, Fieldbook};
use crate::exchange;
use crate::fieldbook::NewAttachment;
use crate::refusal::FieldbookRefused;
use crate::views;

/// A list that an akimat sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewList {
    /// Whose members.
    pub squad: SquadId,
    /// The letter's outgoing number. If left unset, it has none yet.
    pub number: Option<Name>,
    /// The letter's day.
    pub day: Day,
    /// Whether the letter brings several lists, so that its number may have been sent before.
    pub same_letter: bool,
    /// The members, by their papers. An id that is all zeros is replaced by a new one: a new engagement.
    pub members: Vec<Identity>,
}

/// Papers that go along with a list.
#[derive(Debug, Clone, Default)]
pub struct ListPapers<'a> {
    /// Copies of the members' papers, by the member's place on the list, from 0.
    pub copies: BTreeMap<usize, Vec<NewAttachment<'a>>>,
    /// Of the list as a whole: the scan of the letter, a detached signature.
    pub enclosed: Vec<NewAttachment<'a>>,
    /// Copies of the papers of people who are on a list already; they are attached where none ever came with them.
    pub missing: Vec<(PersonId, NewAttachment<'a>)>,
}

/// A list that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SentList {
    /// Which.
    pub list: ListId,
    /// How many copies were attached of people who were on a list already.
    pub missing: usize,
}

impl Fieldbook {
    /// Sends a list without papers, as [`Fieldbook::submit_list_with`] does.
    pub fn submit_list(&mut self, new: NewList) -> Result<ListId, FieldbookRefused> {
        Ok(self.submit_list_with(new, &ListPapers::default())?.list)
    }

    /// Sends a list: the list, its lines, the names on the roster and the papers that go along, all in one transaction or nothing.
    /// LEB only (001-§19).
    pub fn submit_list_with(
        &mut self,
        new: NewList,
        papers: &ListPapers<'_>,
    ) -> Result<SentList, FieldbookRefused> {
        self.desk(|desk| {
            desk.check_step(Kind::List, new.day)?;
            desk.squad(new.squad)?;
            let submission = desk.own_space(SpaceKind::Submission)?;
            let roster = desk.roster_space(desk.home_of(new.squad)?)?;
            let list = ListId::from_bytes(desk.surroundings.make_id());
            let NewList { squad, number, day, same_letter, members } = new;
            if let Some(number) = number.as_ref().filter(|_| !same_letter)
                && desk.list_of_letter(number, day)?.is_some()
            {
                return Err(RegisterRefused::ListNumberSent.into());
            }
            for member in &members {
                check_id_document(member.id_document.as_ref())?;
            }
            let lines = u32::try_from(members.len()).unwrap_or(u32::MAX);
            let said = SquadList { list, squad, number, day, lines };
            desk.record((submission, list.as_bytes()), Record::List(said))?;
            for (place, member) in members.into_iter().enumerate() {
                let number = u32::try_from(place + 1).unwrap_or(u32::MAX);
                let line = ListLine { list, number, person: member };
                let person = desk.put_on_list((submission, roster), (squad, line))?;
                for copy in papers.copies.get(&place).into_iter().flatten() {
                    desk.attach((submission, person.as_bytes()), copy)?;
                }
            }
            for paper in &papers.enclosed {
                desk.attach((submission, list.as_bytes()), paper)?;
            }
            Ok(SentList { list, missing: desk.attach_missing(submission, &papers.missing)? })
        })
    }

    /// The territorial subdivision has a list: its check begins. Of whoever stands on it and is not checked any more, since he is
    /// registered already or his part ended, the copies of papers are due, as where a check ends. Says how many were deleted. TS only
    /// (001-§19).
    pub fn receive_list(
        &mut self,
        list: ListId,
        day: Day,
        copies: Copies,
    ) -> Result<usize, FieldbookRefused> {
        self.ending_check(copies, |desk| {
            desk.receive(list, day)?;
            desk.copies_without_check(list)
        })
    }

    /// Attaches copies of the papers of people who are on a list already, where none ever came with them; all of it or nothing. Says
    /// how many. LEB only.
    pub fn attach_missing_copies(
        &mut self,
        copies: &[(PersonId, NewAttachment<'_>)],
    ) -> Result<usize, FieldbookRefused> {
        self.desk(|desk| {
            desk.check_office(Kind::List)?;
            desk.attach_missing(desk.own_space(SpaceKind::Submission)?, copies)
        })
    }

    /// A list that this office sent under an outgoing number in a day's year, and did not take back: a number names one letter.
    /// LEB only.
    pub fn list_of_letter(
        &mut self,
        number: &Name,
        day: Day,
    ) -> Result<Option<ListRecord>, FieldbookRefused> {
        self.desk(|desk| {
            desk.check_office(Kind::List)?;
            desk.list_of_letter(number, day)
        })
    }

    /// The lists under whose outgoing number another console of their office sent one too: each of the two may not have heard of the
    /// other. None where lists are not read.
    pub fn lists_of_one_number(&mut self) -> Result<Option<BTreeMap<ListId, Vec<ListId>>>, FieldbookRefused> {
        self.kept(Kept::Lists, |book| {
            let lists = views::lists(book.vault.read(), &book.device)?;
            let console = |record: &ListRecord| DeviceId::from_bytes(*record.list.author.as_bytes());
            let are_of_one = |one: &ListRecord, other: &ListRecord| {
                let (console, another) = (console(one), console(other));
                console != another
                    && letter_of(one).is_some_and(|letter| letter_of(other) == Some(letter))
                    && book.device.are_of_one_office(&console, &another)
            };
            let others = |list: &ListRecord| -> Vec<ListId> {
                let others = lists.iter().filter(|(_, other)| are_of_one(list, other));
                others.map(|(other, _)| other).collect()
            };
            let all = lists.iter().map(|(list, record)| (list, others(record)));
            Ok(all.filter(|(_, others)| !others.is_empty()).collect())
        })
    }

    /// Who somebody is by his papers, with the lists that they came with, taken back or not; none if no papers of him are read
    /// here.
    pub fn papers_of(
        &mut self,
        person: PersonId,
    ) -> Result<Option<(Identity, BTreeSet<ListId>)>, FieldbookRefused> {
        self.refresh()?;
        // No list is known to be taken back.
        let of = (person, &Lists::default());
        let record = views::person_record(self.vault.read(), &self.device, of)?;
        let lists = record.listed.iter().map(|said| said.what.list).collect();
        Ok(record.identity().cloned().map(|identity| (identity, lists)))
    }

    /// Whether a person was erased where a list names people or a roster stands: nothing more is said under that id.
    pub fn is_erased_from_lists(&mut self, person: PersonId) -> Result<bool, FieldbookRefused> {
        self.refresh()?;
        let of_lists = |kind| matches!(kind, SpaceKind::Submission | SpaceKind::Council);
        let mut spaces = self.device.membership.spaces().filter(|(_, record)| of_lists(record.kind));
        let document = DocumentId::from_bytes(*person.as_bytes());
        Ok(spaces.any(|(space, _)| self.device.is_erased(space, &document)))
    }
}

/// Of which letter a list is that was not taken back: a number names one letter of a year.
fn letter_of(record: &ListRecord) -> Option<(&Name, i16)> {
    let sent = &record.list.what;
    let number = sent.number.as_ref().filter(|_| record.withdrawn.is_none());
    number.map(|number| (number, sent.day.year()))
}

impl Desk<'_> {
    fn list_of_letter(&self, number: &Name, day: Day) -> Result<Option<ListRecord>, FieldbookRefused> {
        let is_of_letter = |record: &&ListRecord| {
            letter_of(record) == Some((number, day.year())) && self.is_of_own_office(&record.list.author)
        };
        Ok(self.lists()?.iter().map(|(_, record)| record).find(is_of_letter).cloned())
    }

    fn receive(&mut self, list: ListId, day: Day) -> Result<(), FieldbookRefused> {
        self.check_step(Kind::ListReceived, day)?;
        let record = self.list(list)?;
        if record.withdrawn.is_some() {
            return Err(RegisterRefused::ListWithdrawn.into());
        }
        if record.received.is_some() {
            return Err(RegisterRefused::ListReceived.into());
        }
        check_not_before(day, Some((Kind::List, record.list.what.day)))?;
        let space = self.space_about(list.as_bytes(), SpaceKind::Submission)?;
        let space = space.ok_or(RegisterRefused::ListUnknown)?;
        let received = ListReceived { list, day };
        self.record((space, list.as_bytes()), Record::ListReceived(received)).map(drop)
    }

    pub(super) fn list(&self, list: ListId) -> Result<ListRecord, FieldbookRefused> {
        let lists = self.lists()?;
        Ok(lists.get(list).cloned().ok_or(RegisterRefused::ListUnknown)?)
    }

    fn attach_missing(
        &mut self,
        submission: SpaceId,
        copies: &[(PersonId, NewAttachment<'_>)],
    ) -> Result<usize, FieldbookRefused> {
        if copies.is_empty() {
            return Ok(0);
        }
        let attached = exchange::attached(self.transaction)?;
        let documents: BTreeSet<DocumentId> = attached.iter().map(|paper| paper.document).collect();
        let is_without = |person: &PersonId| {
            !views::documents_about(person.as_bytes()).any(|document| documents.contains(&document))
        };
        let mut count = 0;
        for (person, copy) in copies.iter().filter(|(person, _)| is_without(person)) {
            self.attach((submission, person.as_bytes()), copy)?;
            count += 1;
        }
        Ok(count)
    }

    /// One line of a list, and the name on the roster.
    fn put_on_list(
        &mut self,
        (submission, roster): (SpaceId, SpaceId),
        (squad, mut line): (SquadId, ListLine),
    ) -> Result<PersonId, FieldbookRefused> {
        let is_new = line.person.id == PersonId::from_bytes([0; 16]);
        if is_new {
            line.person.id = PersonId::from_bytes(self.surroundings.make_id());
        }
        let id = line.person.id;
        let person = Person { id, full_name: line.person.full_name.clone() };
        self.record((submission, id.as_bytes()), Record::ListLine(line))?;
        if is_new || !self.is_on(squad, id)? {
            self.state((roster, id.as_bytes()), Body::NameOn(NameOn { squad, person }))?;
        }
        Ok(id)
    }

    fn is_on(&self, squad: SquadId, person: PersonId) -> Result<bool, FieldbookRefused> {
        // No list says who is on a roster.
        let record = views::person_record(self.transaction, self.device, (person, &Lists::default()))?;
        Ok(record.squads().any(|on| on == squad))
    }
}
