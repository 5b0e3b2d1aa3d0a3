//! `POST /v1/sync`: carries a body into the relay as it comes, and its answer back.
//!
//! Until its head has come, and for a stranger to the end, a request stands in the anteroom; then it is its device's.
//! What came is committed whenever nothing more is there at once, so that of a link that breaks only the envelope in the
//! air is lost.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::Response;
use http_body_util::BodyExt as _;
use hyper::body::Body as _;
use jasaq_protocol::limits::REQUEST_BYTES_MAX;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Interval, interval, timeout};

use super::failure::Failure;
use super::rooms::{Place, Room};
use super::{Edge, Line, with_line};
use crate::answer::Answer;
use crate::limits::DEVICE_REQUESTS_MAX;
use crate::relay::Relay;
use crate::taking::{SyncRefused, Taking, Tally};

/// The route.
pub(super) async fn sync(State(edge): State<Edge>, request: Request) -> Response {
    let mut tally = Tally::default();
    let answered = match request.headers().get(header::CONTENT_ENCODING) {
        Some(encoding) if encoding != "identity" => Err(Failure::Encoded),
        _ => answer(&edge, request.into_body(), &mut tally).await,
    };
    let answered = answered.map(|answer| {
        tally = answer.tally;
        let connection = if answer.is_over_a_weak_link { "close" } else { "keep-alive" };
        let heads = [(header::CONTENT_TYPE, "application/octet-stream"), (header::CONNECTION, connection)];
        (heads, answer.bytes)
    });
    with_line(Line::Sync(tally), answered)
}

/// Takes the body and answers it. `tally` is kept up to date for the case that there is no answer.
async fn answer(edge: &Edge, body: Body, tally: &mut Tally) -> Result<Answer, Failure> {
    if body.size_hint().lower() > REQUEST_BYTES_MAX as u64 {
        return Err(SyncRefused::TooLong.into());
    }
    let mut arriving = Arriving::begin(edge, body).await;
    let mut taking = Taking::new(edge.id);
    loop {
        let piece = match arriving.at_once().await {
            Some(piece) => piece,
            None if taking.is_waiting() => {
                taking = commit(edge, taking, tally).await?;
                continue;
            }
            None => arriving.next(edge).await,
        };
        let taken = match piece {
            Ok(Some(bytes)) => taking.take(&bytes).map_err(Failure::from),
            Ok(None) => {
                if taking.is_waiting() {
                    taking = commit(edge, taking, tally).await?;
                }
                return finish(edge, taking).await;
            }
            Err(failure) => Err(failure),
        };
        tally.clone_from(taking.tally());
        if let Err(failure) = taken {
            let _over = commit(edge, taking, tally).await?;
            return Err(failure);
        }
        if !arriving.has_head && taking.has_head() {
            taking = arriving.show_head(edge, taking).await?;
        }
        if taking.is_full() {
            taking = commit(edge, taking, tally).await?;
        }
    }
}

/// A clock whose next tick is the end.
pub(super) async fn deadline(time: Duration) -> Interval {
    let mut deadline = interval(time.max(Duration::from_millis(1)));
    deadline.tick().await;
    deadline
}

/// A body that is still coming, and where it stands.
struct Arriving {
    body: Body,
    deadline: Interval,
    has_head: bool,
    place: Place,
    /// One of all requests of known devices.
    permit: Option<OwnedSemaphorePermit>,
}

impl Arriving {
    /// In the anteroom, with the time that a head has.
    async fn begin(edge: &Edge, body: Body) -> Self {
        let place = edge.rooms.enter(Room::Anteroom, edge.config.anteroom_max);
        let deadline = deadline(edge.config.head_time_max).await;
        Self { body, deadline, has_head: false, place, permit: None }
    }

    /// Its head has come: a known device leaves the anteroom, and the rest has the time that a body has.
    async fn show_head(&mut self, edge: &Edge, mut taking: Taking) -> Result<Taking, Failure> {
        let look = move |relay: &mut Relay| relay.known_device(&mut taking).map(|known| (taking, known));
        let (taking, known) = edge.relay.ask(look).await??;
        self.has_head = true;
        self.deadline = deadline(edge.config.body_time_max).await;
        if let Some(device) = known {
            self.place = edge.rooms.enter(Room::Requests(device), DEVICE_REQUESTS_MAX);
            let permit = Arc::clone(&edge.requests).try_acquire_owned();
            self.permit = Some(permit.map_err(|_| Failure::Busy)?);
        }
        Ok(taking)
    }

    /// What is there now: a piece, the end, or nothing.
    async fn at_once(&mut self) -> Option<Result<Option<Bytes>, Failure>> {
        tokio::select! {
            biased;
            piece = piece(&mut self.body) => Some(piece),
            () = std::future::ready(()) => None,
        }
    }

    /// Waits for a piece, or the end, within the time that a sender has.
    async fn next(&mut self, edge: &Edge) -> Result<Option<Bytes>, Failure> {
        tokio::select! {
            piece = timeout(edge.config.body_pause_max, piece(&mut self.body)) => piece.map_err(|_| Failure::Slow)?,
            _ = self.deadline.tick() => Err(Failure::Slow),
            () = self.place.lost() => Err(Failure::Busy),
        }
    }
}

/// The next bytes of a body, or its end.
pub(super) async fn piece(body: &mut Body) -> Result<Option<Bytes>, Failure> {
    loop {
        match body.frame().await {
            None => return Ok(None),
            Some(Err(_)) => return Err(Failure::Broken),
            // Trailers say nothing to us.
            Some(Ok(frame)) => {
                if let Ok(bytes) = frame.into_data() {
                    return Ok(Some(bytes));
                }
            }
        }
    }
}

async fn commit(edge: &Edge, taking: Taking, tally: &mut Tally) -> Result<Taking, Failure> {
    let step = move |relay: &mut Relay| {
        let mut taking = taking;
        let committed = relay.commit(&mut taking);
        (taking, committed)
    };
    // The first tick comes at once, and says when.
    let begun = interval(Duration::from_secs(1)).tick().await;
    let (taking, committed) = edge.relay.ask(step).await?;
    edge.metrics.note_commit(begun.elapsed());
    tally.clone_from(taking.tally());
    committed?;
    Ok(taking)
}

async fn finish(edge: &Edge, taking: Taking) -> Result<Answer, Failure> {
    let answered: Result<Answer, SyncRefused> = edge.relay.ask(move |relay| relay.finish(taking)).await?;
    Ok(answered?)
}
