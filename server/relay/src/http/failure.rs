//! The one place that knows status codes. Each failure has a line for whoever asked; what they cannot mend is traced here,
//! once, for the operator.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jasaq_protocol::bytes::Malformed;

use crate::relay::WatchRefused;
use crate::storage::StorageError;
use crate::taking::SyncRefused;
use crate::thread::Ended;

/// Seconds after which whoever was sent away may come back.
const RETRY_AFTER_S: u16 = 5;

/// Why a request is not answered with what it asked for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The relay's core says no.
    #[error(transparent)]
    Sync(#[from] SyncRefused),
    /// The device may not wait.
    #[error("the device is not known here")]
    Unknown,
    /// The device was removed, and has been told so: there is nothing to wait for.
    #[error("the device was removed")]
    Removed,
    /// The header that names the device is missing or not one.
    #[error("the header jasaq-head must hold a signed head in hex")]
    Head,
    /// The header that asks for parts is missing, not one, or about something else than the path.
    #[error("the header jasaq-part must hold a signed head in hex, for this path and method")]
    PartHead,
    /// The header that names the invite is missing or not one.
    #[error("the header jasaq-invite must hold an invite's key in hex")]
    Invite,
    /// The body claims to be compressed.
    #[error("the body must come as it is, without content-encoding")]
    Encoded,
    /// The body stopped coming, or came too slowly.
    #[error("the request came too slowly; what was committed stays")]
    Slow,
    /// The body broke off. Nobody may be left to read this.
    #[error("the request broke off; what was committed stays")]
    Broken,
    /// Too many at once.
    #[error("the relay is busy")]
    Busy,
    /// The server is closing.
    #[error("the relay is closing")]
    Closing,
}

impl From<Ended> for Failure {
    fn from(_: Ended) -> Self {
        Self::Closing
    }
}

impl From<WatchRefused> for Failure {
    fn from(refused: WatchRefused) -> Self {
        match refused {
            WatchRefused::Unknown => Self::Unknown,
            WatchRefused::Removed => Self::Removed,
            WatchRefused::Sync(refused) => Self::Sync(refused),
        }
    }
}

impl Failure {
    fn status(&self) -> StatusCode {
        match self {
            // A request of a newer program: the relay must be renewed, and there is nothing wrong with the device.
            Self::Sync(SyncRefused::Garbage(Malformed::Newer)) => StatusCode::NOT_IMPLEMENTED,
            Self::Sync(SyncRefused::Garbage(_) | SyncRefused::Cut)
            | Self::Head
            | Self::PartHead
            | Self::Invite
            | Self::Broken => StatusCode::BAD_REQUEST,
            Self::Sync(SyncRefused::TooLong) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Sync(SyncRefused::Replayed) => StatusCode::CONFLICT,
            Self::Sync(SyncRefused::Storage(error)) => match error {
                StorageError::Full
                | StorageError::AtBound
                | StorageError::ReadOnly
                | StorageError::Failing(_) => StatusCode::INSUFFICIENT_STORAGE,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            },
            Self::Encoded => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Unknown | Self::Removed => StatusCode::FORBIDDEN,
            Self::Slow => StatusCode::REQUEST_TIMEOUT,
            Self::Busy | Self::Closing => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The line for whoever asked. What is wrong inside is not theirs to read.
    fn text(&self) -> String {
        match self {
            Self::Sync(SyncRefused::Storage(StorageError::Full | StorageError::AtBound)) => {
                "the relay's storage is full\n".to_owned()
            }
            Self::Sync(SyncRefused::Storage(_)) => "the relay's storage is failing\n".to_owned(),
            other => format!("{other}\n"),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        if let Self::Sync(SyncRefused::Storage(error)) = &self {
            tracing::error!(%error, "the relay's storage failed; nothing was acknowledged that is not stored");
        }
        let mut response = (self.status(), self.text()).into_response();
        if response.status() == StatusCode::SERVICE_UNAVAILABLE {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(RETRY_AFTER_S));
        }
        response
    }
}
