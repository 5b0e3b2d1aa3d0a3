//! `POST /v1/sync`: carries a body into the relay as it comes, and its answer back.
//!
//! What came is committed whenever nothing more is there at once, so that of a link that breaks only the envelope in the
//! air is lost.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::Response;
use http_body_util::BodyExt as _;
use hyper::body::Body as _;
use jasaq_protocol::limits::REQUEST_BYTES_MAX;
use tokio::time::{Interval, interval, timeout};

use super::failure::Failure;
use super::{Edge, Line, with_line};
use crate::answer::Answer;
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
    let _permit = edge.requests.try_acquire().map_err(|_| Failure::Busy)?;
    let mut arriving = Arriving { body, deadline: deadline(edge.config.body_time_max).await };
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
        if taking.is_full() {
            taking = commit(edge, taking, tally).await?;
        }
    }
}

/// A clock whose next tick is the end.
async fn deadline(time: Duration) -> Interval {
    let mut deadline = interval(time.max(Duration::from_millis(1)));
    deadline.tick().await;
    deadline
}

/// A body that is still coming.
struct Arriving {
    body: Body,
    deadline: Interval,
}

impl Arriving {
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
        }
    }
}

/// The next bytes of a body, or its end.
async fn piece(body: &mut Body) -> Result<Option<Bytes>, Failure> {
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
