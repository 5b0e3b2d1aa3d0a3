//! Rooms that requests stand in while they last. Nobody is kept out of one: where it is full, whoever has stood there
//! longest has to go.
//!
//! ```text
//! POST /v1/sync ─► anteroom ──its head comes, and its device is known──► the device's requests ─► answered
//!                  └─ until then, and all strangers to their end           └─ a few, and a place of all requests
//! GET /v1/wait ──its head is in a header, and its device is known──► the device's waits ─► answered
//! ```
//!
//! Promises: bodies that say nothing, or whose device nobody here knows, take no place from devices that are known, and
//! one device takes few from the others. Who is sent away has lost nothing: it is told to come back.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use jasaq_protocol::ids::DeviceId;
use tokio::sync::oneshot;

/// Where one stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Room {
    /// Syncs whose head has not come, or whose device is not known.
    Anteroom,
    /// Syncs of one device.
    Requests(DeviceId),
    /// Requests of one device for parts of attachments.
    Parts(DeviceId),
    /// Waits of one device.
    Waits(DeviceId),
}

/// Who stands where, in the order in which they came.
#[derive(Debug, Clone, Default)]
pub(super) struct Rooms(Arc<Mutex<BTreeMap<Room, VecDeque<oneshot::Sender<()>>>>>);

/// One that stands in a room, until it is dropped.
#[derive(Debug)]
#[must_use]
pub(super) struct Place {
    rooms: Rooms,
    room: Room,
    /// Ends with its other half, which is dropped when another takes the place.
    taken: oneshot::Receiver<()>,
}

impl Rooms {
    /// Takes a place in a room of so many, from whoever has stood there longest if need be.
    pub(super) fn enter(&self, room: Room, most: usize) -> Place {
        let (stands, taken) = oneshot::channel();
        let mut rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let standing = rooms.entry(room).or_default();
        standing.push_back(stands);
        while standing.len() > most {
            standing.pop_front();
        }
        drop(rooms);
        Place { rooms: self.clone(), room, taken }
    }

    /// How many stand in a room.
    pub(super) fn count(&self, room: Room) -> usize {
        let rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rooms.get(&room).map_or(0, VecDeque::len)
    }
}

impl Place {
    /// Returns when another has taken the place.
    pub(super) async fn lost(&mut self) {
        // Nothing is ever sent: the end says it.
        let _ = (&mut self.taken).await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.taken.close();
        let mut rooms = self.rooms.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(standing) = rooms.get_mut(&self.room) {
            standing.retain(|other| !other.is_closed());
            // Nothing is kept of who has gone.
            if standing.is_empty() {
                rooms.remove(&self.room);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has_lost(place: &mut Place) -> bool {
        place.taken.try_recv() == Err(oneshot::error::TryRecvError::Closed)
    }

    #[test]
    fn who_has_stood_longest_goes_and_who_leaves_makes_room() {
        let rooms = Rooms::default();
        let mut first = rooms.enter(Room::Anteroom, 2);
        let second = rooms.enter(Room::Anteroom, 2);
        let mut third = rooms.enter(Room::Anteroom, 2);
        assert!(has_lost(&mut first) && !has_lost(&mut third));
        drop((first, second));
        assert_eq!(rooms.count(Room::Anteroom), 1);
        let _fourth = rooms.enter(Room::Anteroom, 2);
        assert!(!has_lost(&mut third));
    }

    #[test]
    fn each_device_has_rooms_of_its_own_and_nothing_is_kept_of_who_has_gone() {
        let rooms = Rooms::default();
        let [one, other] = [1, 2].map(|byte| DeviceId::from_bytes([byte; 32]));
        let mut places =
            [Room::Requests(one), Room::Requests(other), Room::Waits(one)].map(|room| rooms.enter(room, 1));
        assert!(!places.iter_mut().any(has_lost));
        drop(places);
        assert!(rooms.0.lock().unwrap().is_empty());
    }
}
