//! `GET /v1/wait`: holds the request until there is something to ask for, or for as long as is allowed.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use jasaq_protocol::bytes::Malformed;
use jasaq_protocol::ids::SpaceId;
use jasaq_protocol::sync::Head;
use tokio::sync::broadcast;
use tokio::time::timeout;

use super::failure::Failure;
use super::rooms::Room;
use super::{Edge, Line, with_line};
use crate::limits::DEVICE_REQUESTS_MAX;
use crate::relay::Watch;
use crate::taking::SyncRefused;
use crate::thread::Changed;

/// The header with the signed head, in hex: a GET has no body that every proxy would carry.
const HEAD: &str = "jasaq-head";

/// The route.
pub(super) async fn wait(State(edge): State<Edge>, headers: HeaderMap) -> Response {
    let status = wait_for_news(edge, &headers).await;
    let uncached = [(header::CACHE_CONTROL, "no-store")];
    with_line(Line::Wait, status.map(|status| (status, uncached)))
}

async fn wait_for_news(mut edge: Edge, headers: &HeaderMap) -> Result<StatusCode, Failure> {
    let head = read_head(headers)?;
    // Listens before it asks, so that nothing falls between.
    let changes = edge.relay.listen();
    let device = head.device();
    let watch = edge.relay.ask(move |relay| relay.watch(&head)).await??;
    let spaces = match watch {
        Watch::News => return Ok(StatusCode::OK),
        Watch::Quiet(spaces) => spaces,
    };
    // Only now is the device known: a stranger takes no place, and a device none but its own.
    let mut place = edge.rooms.enter(Room::Waits(device), DEVICE_REQUESTS_MAX);
    let _permit = edge.waits.try_acquire().map_err(|_| Failure::Busy)?;
    tokio::select! {
        _ = edge.closing.wait_for(|closing| *closing) => Err(Failure::Closing),
        () = place.lost() => Err(Failure::Busy),
        woken = timeout(edge.config.wait_time_max, next_news(changes, &spaces)) => match woken {
            Ok(Ok(())) => Ok(StatusCode::OK),
            Ok(Err(failure)) => Err(failure),
            Err(_) => Ok(StatusCode::NO_CONTENT),
        },
    }
}

/// Returns when one of these spaces has changed. Who fell behind may have missed it, and is woken.
async fn next_news(
    mut changes: broadcast::Receiver<Changed>,
    spaces: &std::collections::BTreeSet<SpaceId>,
) -> Result<(), Failure> {
    loop {
        match changes.recv().await {
            Ok(changed) if changed.is_disjoint(spaces) => {}
            Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => return Ok(()),
            Err(broadcast::error::RecvError::Closed) => return Err(Failure::Closing),
        }
    }
}

fn read_head(headers: &HeaderMap) -> Result<Head, Failure> {
    let text = headers.get(HEAD).and_then(|value| value.to_str().ok());
    let bytes = text.and_then(read_hex).ok_or(Failure::Head)?;
    Head::decode(&bytes).map_err(|malformed| match malformed {
        // As a sync answers it: the relay must be renewed, not the device.
        Malformed::Newer => SyncRefused::Garbage(malformed).into(),
        _ => Failure::Head,
    })
}

pub(super) fn read_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .map(|digit| digit.to_digit(16).and_then(|value| u8::try_from(value).ok()))
        .collect();
    let digits = digits.filter(|digits| digits.len().is_multiple_of(2))?;
    Some(
        digits
            .chunks(2)
            .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use axum::response::IntoResponse as _;
    use tokio::sync::watch;
    use tokio::task::{JoinHandle, yield_now};

    use super::*;
    use crate::config::HttpConfig;
    use crate::thread::RelayHandle;
    use crate::world::{Device, District, PATROLS, statements, sync};

    struct Waiting {
        edge: Edge,
        close: watch::Sender<bool>,
        answer: JoinHandle<Result<StatusCode, Failure>>,
    }

    /// A device that has everything, and waits.
    async fn wait(district: &mut District, who: impl Fn(&mut District) -> &mut Device) -> Waiting {
        let mut relay = district.founded();
        sync(&mut relay, who(district), &[]);
        let (id, (handle, _)) = (relay.id(), RelayHandle::start(relay).unwrap());
        let (close, closing) = watch::channel(false);
        let edge = Edge::new(handle, id, HttpConfig { waits_max: 1, ..HttpConfig::for_testing() }, closing);
        let head = who(district).head(&id).encode();
        let hex = head.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        let headers = HeaderMap::from_iter([(HEAD.parse().unwrap(), HeaderValue::try_from(hex).unwrap())]);
        let own = edge.clone();
        let answer = tokio::spawn(async move { wait_for_news(own, &headers).await });
        while edge.waits.available_permits() > 0 && !answer.is_finished() {
            yield_now().await;
        }
        // The thread works in order, so once it has answered this, it has looked for news and found none.
        edge.relay.ask(|_| ()).await.unwrap();
        Waiting { edge, close, answer }
    }

    async fn push(waiting: &Waiting, device: &mut Device) {
        let entries = statements(device, PATROLS, 1);
        let (_, request) = device.request(&waiting.edge.id, &entries);
        waiting
            .edge
            .relay
            .ask(move |relay| relay.answer(&request).unwrap())
            .await
            .unwrap();
    }

    #[tokio::test]
    async fn what_is_stored_wakes_who_reads_it() {
        let mut district = District::new();
        let waiting = wait(&mut district, |district| &mut district.head).await;
        push(&waiting, &mut district.vol).await;
        assert_eq!(waiting.answer.await.unwrap().unwrap(), StatusCode::OK);
    }

    #[tokio::test]
    async fn what_it_does_not_read_wakes_nobody_and_closing_does() {
        let mut district = District::new();
        let waiting = wait(&mut district, |district| &mut district.ts).await;
        push(&waiting, &mut district.vol).await;
        waiting.close.send_replace(true);
        assert!(matches!(waiting.answer.await.unwrap(), Err(Failure::Closing)));
    }

    #[test]
    fn a_head_of_a_newer_program_is_told_from_garbage() {
        let mut district = District::new();
        let mut head = district.head.head(&jasaq_protocol::ids::RelayId::from_bytes([7; 32])).encode();
        let mut status = |version| {
            head[3] = version;
            let hex = head.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
            let headers = [(HEAD.parse().unwrap(), HeaderValue::try_from(hex).unwrap())];
            let read = read_head(&HeaderMap::from_iter(headers));
            read.map_err(|failure| failure.into_response().status()).map(drop)
        };
        assert_eq!(status(1), Ok(()));
        assert_eq!(status(2), Err(StatusCode::NOT_IMPLEMENTED));
        assert_eq!(
            read_head(&HeaderMap::new()).unwrap_err().into_response().status(),
            StatusCode::BAD_REQUEST
        );
    }

    #[test]
    fn hex_is_read_or_refused() {
        assert_eq!(read_hex("00fF10"), Some(vec![0, 255, 16]));
        assert_eq!(read_hex(""), Some(vec![]));
        assert_eq!([read_hex("0"), read_hex("0g"), read_hex("+1")], [None, None, None]);
    }
}
