//! `PUT` and `GET /v1/part/{root}`: carries parts of attachments into the relay as they come, and out again.
//!
//! The signed head comes in a header, so that nothing of a body is taken from who is not known or may not. A part is stored
//! as soon as nothing more is there at once: of a link that breaks, less than a step is lost.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use hyper::body::Body as _;
use jasaq_protocol::attachment::{PartHead, PartVerb};
use jasaq_protocol::bytes::Malformed;
use jasaq_protocol::ids::RootHash;
use jasaq_protocol::limits::PARTS_BYTES_MAX;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Interval, timeout};

use super::failure::Failure;
use super::rooms::{Place, Room};
use super::sync::{deadline, piece};
use super::wait::read_hex;
use super::{Edge, Line, with_line};
use crate::limits::{DEVICE_REQUESTS_MAX, PIECE_BYTES};
use crate::parts::Bringing;
use crate::relay::Relay;
use crate::taking::SyncRefused;

/// The header with the signed head, in hex.
const HEAD: &str = "jasaq-part";

/// What happened in one request for parts: numbers only, for the trace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PartsTally {
    pub(super) bytes_in: usize,
    pub(super) bytes_out: usize,
    /// Steps that were stored.
    pub(super) stored: u64,
    /// Steps that were handed out.
    pub(super) sent: u64,
}

/// `PUT`.
pub(super) async fn bring(State(edge): State<Edge>, Path(root): Path<String>, request: Request) -> Response {
    let mut tally = PartsTally::default();
    let brought = match read_head(request.headers(), (&root, PartVerb::Put)) {
        Ok(head) => take(&edge, head, request.into_body(), &mut tally).await,
        Err(failure) => Err(failure),
    };
    answer(tally, brought)
}

/// `GET`.
pub(super) async fn give(State(edge): State<Edge>, Path(root): Path<String>, headers: HeaderMap) -> Response {
    let mut tally = PartsTally::default();
    let given = match read_head(&headers, (&root, PartVerb::Get)) {
        Ok(head) => fetch(&edge, head, &mut tally).await,
        Err(failure) => Err(failure),
    };
    answer(tally, given)
}

fn answer(mut tally: PartsTally, answered: Result<Vec<u8>, Failure>) -> Response {
    tally.bytes_out = answered.as_ref().map_or(0, Vec::len);
    let heads = [(header::CONTENT_TYPE, "application/octet-stream"), (header::CACHE_CONTROL, "no-store")];
    with_line(Line::Parts(tally), answered.map(|bytes| (heads, bytes)))
}

async fn fetch(edge: &Edge, head: PartHead, tally: &mut PartsTally) -> Result<Vec<u8>, Failure> {
    let _standing = Standing::enter(edge, &head).await?;
    let given = edge.relay.ask(move |relay| relay.give_parts(&head)).await??;
    tally.sent = given.steps;
    Ok(given.bytes)
}

async fn take(edge: &Edge, head: PartHead, body: Body, tally: &mut PartsTally) -> Result<Vec<u8>, Failure> {
    if body.size_hint().lower() > PARTS_BYTES_MAX as u64 {
        return Err(SyncRefused::TooLong.into());
    }
    let mut standing = Standing::enter(edge, &head).await?;
    let mut bringing = edge.relay.ask(move |relay| relay.begin_parts(head)).await??;
    let mut arriving = Arriving { body, standing: &mut standing };
    while bringing.is_open() {
        let came = match arriving.at_once().await {
            Some(came) => came,
            None if bringing.is_waiting() => {
                bringing = store(edge, bringing, tally).await?;
                continue;
            }
            None => arriving.next(edge).await,
        };
        let (taken, outcome) = take_piece(edge, bringing, came, tally).await?;
        bringing = taken;
        match outcome {
            Ok(true) => {}
            Ok(false) => break,
            Err(failure) => {
                let _over = store(edge, bringing, tally).await?;
                return Err(failure);
            }
        }
    }
    bringing = store(edge, bringing, tally).await?;
    Ok(edge.relay.ask(move |relay| relay.finish_parts(bringing)).await??)
}

/// Takes what came. Says whether more may come, or why not.
async fn take_piece(
    edge: &Edge,
    mut bringing: Bringing,
    came: Result<Option<Bytes>, Failure>,
    tally: &mut PartsTally,
) -> Result<(Bringing, Result<bool, Failure>), Failure> {
    let came = match came {
        Ok(Some(came)) => came,
        Ok(None) => return Ok((bringing, Ok(false))),
        Err(failure) => return Ok((bringing, Err(failure))),
    };
    for piece in came.chunks(PIECE_BYTES) {
        if let Err(refused) = bringing.take(piece) {
            return Ok((bringing, Err(refused.into())));
        }
        if bringing.is_full() {
            bringing = store(edge, bringing, tally).await?;
        }
    }
    Ok((bringing, Ok(true)))
}

async fn store(edge: &Edge, mut bringing: Bringing, tally: &mut PartsTally) -> Result<Bringing, Failure> {
    let store = move |relay: &mut Relay| relay.store_parts(&mut bringing).map(|()| bringing);
    let bringing = edge.relay.ask(store).await??;
    (tally.bytes_in, tally.stored) = bringing.tally();
    Ok(bringing)
}

/// A body that is still coming.
struct Arriving<'a> {
    body: Body,
    standing: &'a mut Standing,
}

impl Arriving<'_> {
    /// What is there now: a piece, the end, or nothing.
    async fn at_once(&mut self) -> Option<Result<Option<Bytes>, Failure>> {
        tokio::select! {
            biased;
            came = piece(&mut self.body) => Some(came),
            () = std::future::ready(()) => None,
        }
    }

    /// Waits for a piece, or the end, within the time that a sender has.
    async fn next(&mut self, edge: &Edge) -> Result<Option<Bytes>, Failure> {
        tokio::select! {
            came = timeout(edge.config.body_pause_max, piece(&mut self.body)) => came.map_err(|_| Failure::Slow)?,
            _ = self.standing.deadline.tick() => Err(Failure::Slow),
            () = self.standing.place.lost() => Err(Failure::Busy),
        }
    }
}

/// Where a request for parts of a known device stands, and how long it may.
struct Standing {
    deadline: Interval,
    place: Place,
    _permit: OwnedSemaphorePermit,
}

impl Standing {
    async fn enter(edge: &Edge, head: &PartHead) -> Result<Self, Failure> {
        let head = head.clone();
        let device = edge.relay.ask(move |relay| relay.part_device(&head)).await??;
        let place = edge.rooms.enter(Room::Parts(device), DEVICE_REQUESTS_MAX);
        let permit = Arc::clone(&edge.parts).try_acquire_owned();
        let permit = permit.map_err(|_| Failure::Busy)?;
        Ok(Self { deadline: deadline(edge.config.body_time_max).await, place, _permit: permit })
    }
}

fn read_head(headers: &HeaderMap, (root, verb): (&str, PartVerb)) -> Result<PartHead, Failure> {
    let text = headers.get(HEAD).and_then(|value| value.to_str().ok());
    let bytes = text.and_then(read_hex).ok_or(Failure::PartHead)?;
    let head = PartHead::decode(&bytes).map_err(|malformed| match malformed {
        Malformed::Newer => SyncRefused::Garbage(malformed).into(),
        _ => Failure::PartHead,
    })?;
    let is_about_this = root.parse::<RootHash>() == Ok(*head.name().root()) && head.verb() == verb;
    if is_about_this { Ok(head) } else { Err(Failure::PartHead) }
}
