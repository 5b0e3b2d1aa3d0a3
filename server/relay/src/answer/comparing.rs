//! What of each space there is to tell a device: more of it, or that the relay lacks its past.
//!
//! Who was removed is told of the rolls as far as they show that, and of what else he once read whether the relay has the past
//! that he names: not what it has instead. Only who was given that past can name its hash, so he learns nothing that he does
//! not hold; and he may be the last who holds it.

use std::collections::BTreeMap;

use jasaq_protocol::ids::{DeviceId, SpaceId};
use jasaq_protocol::limits::SPACES_MAX;
use jasaq_protocol::sync::{Cursor, Head};
use rusqlite::Connection;

use crate::storage::{SpaceRow, StorageError, load_number, load_running_head, load_space};
use crate::territories::{Removal, Territories};

/// Numbers of a space that are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    /// Before the first.
    pub(crate) after: u64,
    /// The last.
    pub(crate) last: u64,
}

/// How a device's copy of a space compares with the relay's.
#[derive(Debug)]
pub(crate) enum Comparison {
    /// Nothing to send.
    Equal,
    /// The relay has more.
    Behind(SpaceRow, Span),
    /// The device was given a past that the relay does not have. What it has instead, if the device may know.
    Rewound(Option<SpaceRow>),
}

impl Comparison {
    /// What of it is told to who may know the space up to a number.
    fn up_to(self, last: u64) -> Self {
        match self {
            Self::Behind(row, span) if span.after < last => Self::Behind(row, Span { last, ..span }),
            Self::Equal | Self::Behind(..) => Self::Equal,
            Self::Rewound(_) => Self::Rewound(None),
        }
    }
}

/// Compares a device's cursor with what is stored.
fn compare(
    connection: &Connection,
    space: &SpaceId,
    cursor: Option<&Cursor>,
) -> Result<Comparison, StorageError> {
    let asked = cursor.filter(|cursor| cursor.number > 0);
    let Some(row) = load_space(connection, space)? else {
        return Ok(asked.map_or(Comparison::Equal, |_| Comparison::Rewound(None)));
    };
    let behind = |after| Comparison::Behind(row, Span { after, last: row.number });
    let Some(asked) = asked else { return Ok(behind(0)) };
    Ok(match load_running_head(connection, &row, asked.number)? {
        Some(head) if head != asked.hash => Comparison::Rewound(Some(row)),
        None => Comparison::Rewound(Some(row)),
        Some(_) if asked.number == row.number => Comparison::Equal,
        Some(_) => behind(asked.number),
    })
}

/// Every space there is something to say about, in the order of the answer.
pub(crate) fn comparisons(
    connection: &Connection,
    territories: &Territories,
    head: &Head,
) -> Result<Vec<(SpaceId, Comparison)>, StorageError> {
    let mut cursors: BTreeMap<_, _> = head.cursors().iter().map(|cursor| (cursor.space, cursor)).collect();
    let device = head.device();
    // A full head leaves out what it has no room for, so it says nothing about what it does not list.
    let lists_all = head.cursors().len() < SPACES_MAX;
    let mut compared = Vec::new();
    for (space, last) in told_up_to(connection, territories, &device)? {
        let cursor = cursors.remove(&space);
        if cursor.is_some() || lists_all {
            compared.push((space, compare(connection, &space, cursor)?.up_to(last)));
        }
    }
    for space in territories.readable(&device) {
        let cursor = cursors.remove(&space);
        if cursor.is_some() || lists_all {
            compared.push((space, compare(connection, &space, cursor)?));
        }
    }
    // Who has been given a past that nothing here explains may be the one who can restore it.
    let is_known = territories.knows(&device);
    for (space, cursor) in cursors {
        let is_unexplained = !is_known || !territories.has_space(&space);
        let may_restore = is_unexplained || territories.has_left(&device, &space);
        if may_restore
            && !territories.is_closed(&space)
            && matches!(compare(connection, &space, Some(cursor))?, Comparison::Rewound(_))
        {
            compared.push((space, Comparison::Rewound(None)));
        }
    }
    compared.retain(|(_, comparison)| !matches!(comparison, Comparison::Equal));
    Ok(compared)
}

/// The rolls that a removed device is told something of, and up to which number: its removal, the first if there are several,
/// and what shows that its signer might do that. The territory's comes first.
fn told_up_to(
    connection: &Connection,
    territories: &Territories,
    device: &DeviceId,
) -> Result<Vec<(SpaceId, u64)>, StorageError> {
    let mut first: BTreeMap<SpaceId, (u64, Removal)> = BTreeMap::new();
    for removal in territories.removals_of(device) {
        let roll = removal.place.space;
        if let Some(number) = load_number(connection, &removal.place)?
            && first.get(&roll).is_none_or(|(before, _)| number < *before)
        {
            first.insert(roll, (number, removal));
        }
    }
    let mut told: BTreeMap<(bool, SpaceId), u64> = BTreeMap::new();
    for (roll, (number, removal)) in first {
        let mut places = vec![(roll, number)];
        for place in territories.explain(&removal) {
            places.push((place.space, load_number(connection, &place)?.unwrap_or(0)));
        }
        for (space, number) in places {
            let last = told.entry((space == roll, space)).or_default();
            *last = number.max(*last);
        }
    }
    Ok(told.into_iter().map(|((_, space), last)| (space, last)).collect())
}
