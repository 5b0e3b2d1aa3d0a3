//! `GET /v1/invite`: what an invite leads to, for who heard its ten words.
//!
//! The key stands in a header and not in the address: addresses are written into logs.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use jasaq_protocol::ids::InviteKey;

use super::failure::Failure;
use super::{Edge, Line, with_line};
use crate::taking::SyncRefused;

/// The header with the invite's key, in hex.
const INVITE: &str = "jasaq-invite";

/// The route.
pub(super) async fn invite(State(edge): State<Edge>, headers: HeaderMap) -> Response {
    let headings = [(header::CONTENT_TYPE, "application/octet-stream"), (header::CACHE_CONTROL, "no-store")];
    let terms = terms_of(&edge, &headers).await;
    with_line(Line::Invite, terms.map(|terms| (headings, terms)))
}

async fn terms_of(edge: &Edge, headers: &HeaderMap) -> Result<Vec<u8>, Failure> {
    let text = headers.get(INVITE).and_then(|value| value.to_str().ok());
    let key: InviteKey = text.and_then(|text| text.parse().ok()).ok_or(Failure::Invite)?;
    let terms = edge.relay.ask(move |relay| relay.invite_terms(&key)).await?;
    Ok(terms.map_err(SyncRefused::from)?)
}
