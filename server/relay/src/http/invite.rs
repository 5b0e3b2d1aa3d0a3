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

#[cfg(test)]
mod tests {
    use jasaq_protocol::membership::{InviteTerms, Role};

    use crate::config::HttpConfig;
    use crate::http::tests::server;
    use crate::world::{Device, District, SQUAD, invite};

    #[test]
    fn an_invite_is_told_of_by_its_key_which_stands_in_no_address() {
        let mut district = District::new();
        let server = server(&mut district, HttpConfig::for_testing());
        let key = Device::new(40);
        let invited = district.head.operate(SQUAD, &invite(&key, Role::Vol));
        server.sync(&mut district.head, &[invited]);
        let ask = |header: &str| {
            let mut connection = server.connect();
            connection.send(format!("GET /v1/invite HTTP/1.1\r\nhost: relay\r\n{header}\r\n").as_bytes());
            connection.response()
        };
        let told = |key: &Device| {
            let response = ask(&format!("jasaq-invite: {}\r\n", key.invite_key()));
            assert_eq!(response.status, 200);
            InviteTerms::read_all(&response.body).unwrap()
        };
        let told_of = told(&key);
        assert_eq!(told_of.iter().map(|terms| terms.inviter).collect::<Vec<_>>(), [district.head.id()]);
        assert_eq!(told(&Device::new(41)), []);
        for wrong in ["", "jasaq-invite: zz\r\n", "jasaq-invite: 00\r\n"] {
            assert_eq!(ask(wrong).status, 400, "{wrong}");
        }
        server.stop();
    }
}
