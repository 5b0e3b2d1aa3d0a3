//! The HTTP edge: four routes over one relay. It carries bytes and knows status codes; it decides nothing.
//!
//! | route | asks | answers |
//! |---|---|---|
//! | `POST /v1/sync` | a request in frames | an answer in frames |
//! | `GET /v1/wait` | `jasaq-head`: a signed head in hex | 200 there is something to ask for, 204 there is nothing |
//! | `PUT /v1/part/{root}` | `jasaq-part`: a signed head in hex; steps of an attachment | the relay's word on how much it holds |
//! | `GET /v1/part/{root}` | `jasaq-part`: a signed head in hex | the same, and steps |
//! | `GET /v1/invite` | `jasaq-invite`: an invite's key in hex | the terms of the invites of this key, none if it knows none |
//! | `GET /v1/health` | nothing | JSON: status, version, and the relay's identity, which heads are signed for |
//!
//! On a listener of its own, `GET /metrics`: what an operator may watch.
//!
//! Each request leaves one line in the trace, of numbers alone: who asks and for what is nobody's business.

mod crowd;
mod failure;
mod invite;
mod parts;
mod rooms;
mod serve;
mod sync;
mod wait;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use jasaq_protocol::ids::RelayId;
use serde_json::json;
use tokio::sync::{Semaphore, watch};
use tower_http::trace::TraceLayer;
use tracing::Span;

use crate::config::HttpConfig;
use crate::limits::Quotas;
use crate::metrics::{CONTENT_TYPE, Metrics, Moment};
use crate::storage::Stock;
use crate::taking::{SyncRefused, Tally};
use crate::thread::RelayHandle;
use crate::tls::Tls;
use failure::Failure;
use rooms::{Room, Rooms};

pub use serve::{Listeners, RunError, run};

/// What every handler may use.
#[derive(Debug, Clone)]
pub(crate) struct Edge {
    relay: RelayHandle,
    id: RelayId,
    config: Arc<HttpConfig>,
    requests: Arc<Semaphore>,
    waits: Arc<Semaphore>,
    parts: Arc<Semaphore>,
    rooms: Rooms,
    closing: watch::Receiver<bool>,
    metrics: Arc<Metrics>,
}

impl Edge {
    fn new(relay: RelayHandle, id: RelayId, config: HttpConfig, closing: watch::Receiver<bool>) -> Self {
        let (requests, waits) = (Semaphore::new(config.requests_max), Semaphore::new(config.waits_max));
        let (requests, waits) = (Arc::new(requests), Arc::new(waits));
        let parts = Arc::new(Semaphore::new(config.parts_max));
        let (rooms, metrics) = (Rooms::default(), Arc::new(Metrics::new()));
        Self { relay, id, config: Arc::new(config), requests, waits, parts, rooms, closing, metrics }
    }

    fn routes(self) -> Router {
        let metrics = Arc::clone(&self.metrics);
        let traced = TraceLayer::new_for_http()
            .make_span_with(|_: &Request| Span::none())
            .on_request(())
            .on_response(move |response: &Response, taken: Duration, _: &Span| {
                count(&metrics, response);
                trace(response, taken);
            })
            .on_body_chunk(())
            .on_eos(())
            .on_failure(());
        Router::new()
            .route("/v1/sync", post(sync::sync))
            .route("/v1/part/{root}", put(parts::bring).get(parts::give))
            .route("/v1/wait", get(wait::wait))
            .route("/v1/invite", get(invite::invite))
            .route("/v1/health", get(health))
            .layer(traced)
            .with_state(self)
    }
}

/// What a handler adds to the line about its request.
#[derive(Debug, Clone)]
enum Line {
    Sync(Tally),
    Parts(parts::PartsTally),
    Wait,
    Invite,
    Health,
}

fn count(metrics: &Metrics, response: &Response) {
    let route = match response.extensions().get::<Line>() {
        Some(Line::Sync(tally)) => {
            metrics.note_sync(tally);
            "sync"
        }
        Some(Line::Parts(_)) => "part",
        Some(Line::Wait) => "wait",
        Some(Line::Invite) => "invite",
        Some(Line::Health) => "health",
        None => "other",
    };
    metrics.note_answer(route, response.status().as_u16());
}

/// One line a request. The path is not in it: whoever calls another route may have put anything there.
fn trace(response: &Response, taken: Duration) {
    let (status, ms) = (response.status().as_u16(), taken.as_millis());
    match response.extensions().get::<Line>() {
        Some(Line::Sync(tally)) => tracing::info!(
            status,
            ms,
            bytes_in = tally.bytes_in,
            bytes_out = tally.bytes_out,
            pushed = tally.pushed,
            stored = tally.stored,
            known = tally.known,
            refused = ?tally.refused,
            sent = tally.sent,
            rewound = tally.rewound,
            "a sync was answered"
        ),
        Some(Line::Parts(tally)) => tracing::info!(
            status,
            ms,
            bytes_in = tally.bytes_in,
            bytes_out = tally.bytes_out,
            stored = tally.stored,
            sent = tally.sent,
            "a request for parts was answered"
        ),
        Some(Line::Wait) => tracing::info!(status, ms, "a wait was answered"),
        Some(Line::Invite) => tracing::info!(status, ms, "an invite was asked for"),
        Some(Line::Health) => tracing::debug!(status, ms, "a health check was answered"),
        None => tracing::info!(status, ms, "a request for nothing we have was answered"),
    }
}

fn with_line(line: Line, response: impl IntoResponse) -> Response {
    let mut response = response.into_response();
    response.extensions_mut().insert(line);
    response
}

async fn health(State(edge): State<Edge>) -> Response {
    // The thread that owns the database answers, or nothing is well.
    let answered = edge.relay.ask(|_| ()).await.map_err(Failure::from);
    let health =
        json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION"), "relay": edge.id.to_string() });
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    with_line(Line::Health, answered.map(|()| (headers, health.to_string())))
}

/// What the metrics are gathered from.
#[derive(Debug, Clone)]
struct Watched {
    edge: Edge,
    connections: Arc<Semaphore>,
    tls: Option<Tls>,
}

impl Watched {
    fn routes(self) -> Router {
        Router::new().route("/metrics", get(metrics)).with_state(self)
    }

    fn at_this_moment(&self, (stock, quotas, to_erase): (Stock, Quotas, usize)) -> Moment {
        let Edge { config, requests, waits, .. } = &self.edge;
        let used = |most: usize, left: &Semaphore| most.saturating_sub(left.available_permits());
        Moment {
            connections: used(config.connections_max, &self.connections),
            waiting: used(config.waits_max, waits),
            requests: used(config.requests_max, requests),
            anteroom: self.edge.rooms.count(Room::Anteroom),
            stock,
            quotas,
            to_erase,
            certificate: self.tls.as_ref().map(|tls| (tls.days_left(), tls.is_renewal_refused())),
        }
    }
}

async fn metrics(State(watched): State<Watched>) -> Result<Response, Failure> {
    let asked = watched
        .edge
        .relay
        .ask(|relay| Ok((relay.stock()?, *relay.quotas(), relay.count_due())));
    let stored = asked.await?.map_err(|error| Failure::Sync(SyncRefused::Storage(error)))?;
    let text = watched.edge.metrics.encode(&watched.at_this_moment(stored));
    let text = text.map_err(|_| Failure::Closing)?;
    Ok(([(header::CONTENT_TYPE, CONTENT_TYPE)], text).into_response())
}

#[cfg(test)]
mod bounds_tests;
#[cfg(test)]
mod parts_tests;
#[cfg(test)]
mod removed_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tls_tests;
