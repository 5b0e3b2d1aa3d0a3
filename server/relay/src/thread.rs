//! The one thread that owns the relay and its database. Everybody else asks it.
//!
//! Promises: one job at a time, in the order asked; a job that was taken up is done, also when nobody waits for it any
//! more; whoever listens hears of every change after it was committed. It ends, and closes the database, when the last
//! [`RelayHandle`] is gone.

use std::collections::BTreeSet;
use std::sync::Arc;

use jasaq_protocol::ids::SpaceId;
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
            while let Some(job) = taken.blocking_recv() {
                job(&mut relay);
                let changed = relay.take_changed();
                if !changed.is_empty() {
                    // Nobody may be waiting.
                    let _ = told.send(Arc::new(changed));
                }
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
