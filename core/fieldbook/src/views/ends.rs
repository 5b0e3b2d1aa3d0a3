//! What ends somebody's part, and in which units' books that has to be told (decisions/0035).
//!
//! Promises that what is told names the statement that it follows from, so that it stands for as long as that does; and that
//! two consoles which hold the same statements would tell the same.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_model::ids::{Author, PersonId, StatementRef};
use jasaq_model::law::ExclusionGround;
use jasaq_model::moment::Day;
use jasaq_model::records::{Lists, PersonRecord, Said};
use jasaq_model::register::{Cause, CheckFinding, Circumstance, Record};
use jasaq_model::stated::Stated;
use jasaq_model::statement::{Body, Kind, Statement};
use jasaq_protocol::ids::{DeviceId, SpaceId};
use jasaq_protocol::membership::{Role, SpaceKind};

use super::lawful::Lawful;
use super::register::{readable, rows_about};
use super::speakers::Speakers;
use crate::exchange::Device;
use crate::vault::{Connection, StatementRow, Vault, VaultRefused};

/// What the TS's program has to say about somebody in the books.
#[derive(Debug, Default)]
pub(crate) struct ToTell {
    /// What follows from what is known, and is not told in this book yet.
    pub(crate) say: Vec<(SpaceId, Circumstance)>,
    /// What was told and follows from nothing any more.
    pub(crate) take_back: Vec<(SpaceId, Author, StatementRef)>,
}

/// Everybody about whom there may be something to tell: an akimat was told to remove him, a register answered that there is
/// something, he committed an offence, a circumstance of a candidate is known, or he stands in two units' books.
pub(crate) fn ends_to_tell(
    connection: &Connection,
    device: &Device,
) -> Result<BTreeSet<PersonId>, VaultRefused> {
    let found = CheckFinding::Circumstance.code();
    let mut rows = Vault::statements_of_kind_saying(connection, (Kind::Check.code(), found))?;
    rows.extend(Vault::statements_of_kind(connection, Kind::ExclusionNotice.code())?);
    rows.extend(Vault::statements_of_kind(connection, Kind::Offence.code())?);
    let is_of_register = |row: &StatementRow| kind_of(device, row.space) == Some(SpaceKind::Register);
    let circumstances = Vault::statements_of_kind(connection, Kind::Circumstance.code())?;
    rows.extend(circumstances.into_iter().filter(is_of_register));
    let person = |(_, said): (StatementRow, Statement)| match said.body {
        Body::Register(Record::ExclusionNotice(notice)) => Some(notice.person),
        Body::Register(Record::Offence(offence)) => Some(offence.person),
        Body::Register(Record::Check(check)) => Some(check.person),
        Body::Register(Record::Circumstance(circumstance)) => Some(circumstance.person),
        _ => None,
    };
    let registered_twice = Vault::documents_in_several_spaces(connection, Kind::Registration.code())?;
    let registered_twice = registered_twice.iter().map(|first| PersonId::from_bytes(*first.as_bytes()));
    Ok(readable(rows).into_iter().filter_map(person).chain(registered_twice).collect())
}

/// The subdivisions' spaces in whose books a person's registration stands.
pub(crate) fn books_of(
    connection: &Connection,
    device: &Device,
    person: PersonId,
) -> Result<BTreeSet<SpaceId>, VaultRefused> {
    Ok(Known::of(connection, device, person)?.books())
}

/// What is to be told of a person.
pub(crate) fn to_tell(
    connection: &Connection,
    device: &Device,
    person: PersonId,
) -> Result<ToTell, VaultRefused> {
    let known = Known::of(connection, device, person)?;
    let causes = known.record.causes();
    let mut told = ToTell::default();
    for book in known.books() {
        // What somebody recorded in this book himself need not be told there.
        let mut ends = known.recorded_in(book);
        let mut due: BTreeSet<&Cause> = BTreeSet::new();
        let already = known.told_in(device, book);
        for (cause, ground, day) in &causes {
            if known.places.get(cause) == Some(&book) || !adds(&ends, (*ground, *day)) {
                continue;
            }
            ends.push((*ground, *day));
            due.insert(cause);
            if !already.iter().any(|(follows, _)| *follows == cause) {
                let (ground, day, follows) = (*ground, *day, Some(cause.clone()));
                told.say.push((book, Circumstance { person, ground, day, follows }));
            }
        }
        // What something follows from may not have come here yet: then nobody knows that it does not stand.
        let is_over = |follows: &Cause| known.places.contains_key(follows) && !due.contains(follows);
        let over = already.into_iter().filter(|(follows, _)| is_over(follows));
        told.take_back
            .extend(over.map(|(_, said)| (book, said.author, said.key.clone())));
    }
    Ok(told)
}

/// Whether something says more than is said already: the first end, an earlier one, or a ground.
fn adds(ends: &[(Option<ExclusionGround>, Day)], (ground, day): (Option<ExclusionGround>, Day)) -> bool {
    let is_earlier = ends.iter().all(|(_, other)| day < *other);
    let is_another_ground = ground.is_some() && ends.iter().all(|(other, _)| *other != ground);
    is_earlier || is_another_ground
}

/// What is known of a person here, with the space of each statement.
struct Known {
    record: PersonRecord,
    places: BTreeMap<Cause, SpaceId>,
}

impl Known {
    fn of(connection: &Connection, device: &Device, person: PersonId) -> Result<Self, VaultRefused> {
        let rows = readable(rows_about(connection, person.as_bytes())?.0);
        let lawful = Lawful::of(device, &rows);
        let counted = rows.iter().filter(|(row, said)| lawful.counts(row, said));
        let (mut places, mut said): (BTreeMap<Cause, SpaceId>, Vec<Stated>) = Default::default();
        let mut speakers = Speakers::of(connection, device);
        for (row, statement) in counted {
            let stated = speakers.stated(row, statement.clone())?;
            places.insert(name(stated.author, &stated.key), row.space);
            said.push(stated);
        }
        Ok(Self { record: PersonRecord::from_statements(person, said, &Lists::default()), places })
    }

    fn books(&self) -> BTreeSet<SpaceId> {
        let registrations = self.record.registrations.iter();
        registrations
            .filter_map(|said| self.places.get(&name(said.author, &said.key)).copied())
            .collect()
    }

    fn is_in(&self, book: SpaceId, author: Author, key: &StatementRef) -> bool {
        self.places.get(&name(author, key)) == Some(&book)
    }

    /// What somebody recorded in one book that ends his part.
    fn recorded_in(&self, book: SpaceId) -> Vec<(Option<ExclusionGround>, Day)> {
        let entered = self.record.circumstances.iter().filter(|said| said.what.follows.is_none());
        let entered = entered.filter(|said| self.is_in(book, said.author, &said.key));
        let strike_offs = self.record.strike_offs.iter();
        let strike_offs = strike_offs.filter(|said| self.is_in(book, said.author, &said.key));
        entered
            .map(|said| (said.what.ground, said.what.day))
            .chain(strike_offs.map(|said| (Some(said.what.ground), said.what.day)))
            .collect()
    }

    /// What the TS's programs told one book, with what it follows from.
    fn told_in(&self, device: &Device, book: SpaceId) -> Vec<(&Cause, &Said<Circumstance>)> {
        let told = self.record.circumstances.iter().filter_map(|said| {
            let follows = said.what.follows.as_ref()?;
            (self.is_in(book, said.author, &said.key) && is_of_ts(device, said.author))
                .then_some((follows, said))
        });
        told.collect()
    }
}

fn name(author: Author, key: &StatementRef) -> Cause {
    Cause { author, key: key.clone() }
}

fn kind_of(device: &Device, space: SpaceId) -> Option<SpaceKind> {
    device.membership.space(&space).map(|record| record.kind)
}

fn is_of_ts(device: &Device, author: Author) -> bool {
    let author = DeviceId::from_bytes(*author.as_bytes());
    device
        .membership
        .known_device(&author)
        .is_some_and(|enrolled| enrolled.role == Role::Ts)
}
