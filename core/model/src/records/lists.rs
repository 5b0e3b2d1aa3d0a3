//! The lists of squad members that went from akimats to the territorial subdivision (001-§19).

use std::collections::BTreeMap;

use super::{Heard, Said, said};
use crate::ids::ListId;
use crate::moment::Day;
use crate::register::{ListReceived, ListWithdrawn, Record, SquadList};
use crate::stated::Stated;
use crate::statement::Body;
use crate::words::Text;

/// One list, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRecord {
    /// What the LEB sent.
    pub list: Said<SquadList>,
    /// The day on which it came in; if left unset, the TS has not said so yet.
    pub received: Option<Day>,
    /// Why the LEB took it back; if left unset, it did not.
    pub withdrawn: Option<Text>,
}

/// All lists that a console reads.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lists(BTreeMap<ListId, ListRecord>);

impl Lists {
    /// The lists of these statements; those of other kinds are passed over.
    #[must_use]
    pub fn from_statements(statements: impl IntoIterator<Item = Stated>) -> Self {
        let heard = Heard::new(statements);
        let mut lists: BTreeMap<ListId, ListRecord> = BTreeMap::new();
        for stated in heard.standing() {
            if let Body::Register(Record::List(list)) = &stated.statement.body {
                let record = ListRecord { list: said(stated, list), received: None, withdrawn: None };
                lists.entry(list.list).or_insert(record);
            }
        }
        for stated in heard.standing() {
            match &stated.statement.body {
                Body::Register(Record::ListReceived(ListReceived { list, day })) => {
                    if let Some(record) = lists.get_mut(list) {
                        record.received = Some(record.received.map_or(*day, |before| before.min(*day)));
                    }
                }
                Body::Register(Record::ListWithdrawn(ListWithdrawn { list, reason })) => {
                    if let Some(record) = lists.get_mut(list) {
                        record.withdrawn.get_or_insert_with(|| reason.clone());
                    }
                }
                _ => {}
            }
        }
        Self(lists)
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, list: ListId) -> Option<&ListRecord> {
        self.0.get(&list)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (ListId, &ListRecord)> {
        self.0.iter().map(|(id, record)| (*id, record))
    }

    pub(super) fn is_withdrawn(&self, list: ListId) -> bool {
        self.get(list).is_some_and(|record| record.withdrawn.is_some())
    }

    pub(super) fn received(&self, list: ListId) -> Option<Day> {
        self.get(list).and_then(|record| record.received)
    }
}
