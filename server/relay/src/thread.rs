//! The one thread that owns the relay and its database. Everybody else asks it.
//!
//! Promises: one job at a time, in the order asked; a job that was taken up is done, also when nobody waits for it any
//! more; whoever listens hears of every change after it was committed; when nobody asks, what was erased and closed is taken
//! away, a step at a time. It ends, and closes the database, when the last
//! [`RelayHandle`] is gone.

use std::collections::BTreeSet;
use std::sync::Arc;

use jasaq_protocol::ids::SpaceId;
use tokio::sync::mpsc::error::TryRecvError;
use tokio::sync::{broadcast, mpsc, oneshot};

use crate::relay::Relay;
use crate::storage::StorageError;

/// Jobs that wait for the thread; askers beyond that wait themselves.
const JOBS_MAX: usize = 64;

/// Changes that a slow listener may be behind before it takes any change for news.
const CHANGES_KEPT: usize = 64;

type Job = Box<dyn FnOnce(&mut Relay) + Send>;

/// The relay's thread has ended: the server is closing, or the thread failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the relay's thread has ended")]
pub(crate) struct Ended;

/// Spaces that something was stored in.
pub(crate) type Changed = Arc<BTreeSet<SpaceId>>;

/// What the thread says when it has closed the database.
pub(crate) type Closed = oneshot::Receiver<Result<(), StorageError>>;

/// A way to ask the thread.
#[derive(Debug, Clone)]
pub(crate) struct RelayHandle {
    jobs: mpsc::Sender<Job>,
    changes: broadcast::Sender<Changed>,
}

/// What the thread does next. A step of taking away what is to go follows each.
enum Next {
    Job(Job),
    /// Nothing but that step.
    Clear,
}

/// Who asks goes first. Nothing, once nobody is left who might ask.
fn next(jobs: &mut mpsc::Receiver<Job>, is_due: bool) -> Option<Next> {
    match jobs.try_recv() {
        Ok(job) => Some(Next::Job(job)),
        Err(TryRecvError::Disconnected) => None,
        Err(TryRecvError::Empty) if is_due => Some(Next::Clear),
        Err(TryRecvError::Empty) => jobs.blocking_recv().map(Next::Job),
    }
}

impl RelayHandle {
    /// Gives the relay to a new thread.
    pub(crate) fn start(mut relay: Relay) -> std::io::Result<(Self, Closed)> {
        let (jobs, mut taken) = mpsc::channel::<Job>(JOBS_MAX);
        let (changes, _) = broadcast::channel(CHANGES_KEPT);
        let (closing, closed) = oneshot::channel();
        let told = changes.clone();
        // Nobody could listen before.
        relay.take_changed();
        std::thread::Builder::new().name("relay".to_owned()).spawn(move || {
            // What was left off is gone on with, whether anybody asks or not.
            let mut is_due = true;
            while let Some(next) = next(&mut taken, is_due) {
                if let Next::Job(job) = next {
                    job(&mut relay);
                }
                let changed = relay.take_changed();
                if !changed.is_empty() {
                    // Nobody may be waiting.
                    let _ = told.send(Arc::new(changed));
                }
                is_due = relay.clear();
            }
            // Nobody may be waiting for this either.
            let _ = closing.send(relay.close());
        })?;
        Ok((Self { jobs, changes }, closed))
    }

    /// Has a job done and returns what came of it.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Relay) -> T + Send + 'static,
    ) -> Result<T, Ended> {
        let (answer, answered) = oneshot::channel();
        let job = Box::new(move |relay: &mut Relay| {
            // Whoever asked may have gone.
            let _ = answer.send(job(relay));
        });
        self.jobs.send(job).await.map_err(|_| Ended)?;
        answered.await.map_err(|_| Ended)
    }

    /// Hears of every change from now on.
    pub(crate) fn listen(&self) -> broadcast::Receiver<Changed> {
        self.changes.subscribe()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::ENVELOPES_CLEARED_AT_ONCE;
    use crate::storage::open_beside;
    use crate::world::{District, PATROLS, SQUAD, chance, close, statements};

    #[test]
    fn who_asks_goes_first_and_what_is_due_is_done_when_nobody_does() {
        let (jobs, mut taken) = mpsc::channel::<Job>(JOBS_MAX);
        jobs.try_send(Box::new(|_| ())).unwrap();
        assert!(matches!(next(&mut taken, true), Some(Next::Job(_))));
        assert!(matches!(next(&mut taken, true), Some(Next::Clear)));
        jobs.try_send(Box::new(|_| ())).unwrap();
        assert!(matches!(next(&mut taken, false), Some(Next::Job(_))), "nothing is due: it waits");
        drop(jobs);
        assert!(next(&mut taken, true).is_none());
    }

    /// A squad's relay whose patrols' space was closed, with more in it than goes in a step, and what stays.
    fn closed(folder: &std::path::Path) -> (Relay, u64) {
        let mut district = District::new();
        let root = district.root.id();
        let mut relay = Relay::open(&folder.join("relay.db"), &[root], &mut chance(50)).unwrap();
        district.bring_rolls(&mut relay);
        let entries = statements(&mut district.vol, PATROLS, 2 * ENVELOPES_CLEARED_AT_ONCE + 1);
        for part in entries.chunks(500) {
            relay.answer(&district.vol.request(&relay.id(), part).1).unwrap();
        }
        let closed = district.ss.operate(SQUAD, &close(PATROLS));
        relay.answer(&district.ss.request(&relay.id(), &[closed]).1).unwrap();
        (relay, district.rolls.len() as u64 + 1)
    }

    #[test]
    fn a_closed_space_is_dropped_to_its_end_though_nobody_asks() {
        let folder = tempfile::tempdir().unwrap();
        let (relay, rolls) = closed(folder.path());
        let looking = open_beside(&folder.path().join("relay.db")).unwrap();
        let count = || {
            let envelopes = "SELECT count(*) FROM envelopes";
            looking.query_row(envelopes, [], |row| row.get::<_, u64>(0)).unwrap()
        };
        assert_eq!(count(), rolls + ENVELOPES_CLEARED_AT_ONCE as u64 + 1, "otherwise nothing is proved");
        let (_handle, _closed) = RelayHandle::start(relay).unwrap();
        while count() > rolls {
            std::thread::yield_now();
        }
    }

    #[tokio::test]
    async fn it_is_dropped_to_its_end_though_others_ask_without_a_pause() {
        let folder = tempfile::tempdir().unwrap();
        let (relay, rolls) = closed(folder.path());
        let (handle, _closed) = RelayHandle::start(relay).unwrap();
        // A step follows each, and after two nothing is left.
        for _ in 0..2 {
            handle.ask(|_| ()).await.unwrap();
        }
        let stock = handle.ask(|relay| relay.stock()).await.unwrap().unwrap();
        assert_eq!(stock.envelopes, rolls);
    }
}
