//! Sockets: accepts connections, bounds their number and their time, ends them when told to.
//!
//! `axum::serve` bounds neither headers, connections nor closing, so connections are driven here with hyper itself. They
//! are owned: when [`run`] is dropped, so are they.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{interval, timeout};

use super::Edge;
use crate::config::HttpConfig;
use crate::relay::Relay;
use crate::storage::StorageError;
use crate::thread::RelayHandle;

/// Bytes that a connection holds back: the longest headers, a head of the most spaces in hex among them, and a step of a
/// body.
const CONNECTION_BYTES_MAX: usize = 64 * 1_024;

/// How long to leave the system alone after it could not give us a connection.
const ACCEPT_PAUSE: Duration = Duration::from_secs(1);

/// Why a relay stopped, or could not start.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The system gave no thread.
    #[error("the relay's thread could not be started: {0}")]
    Thread(#[from] std::io::Error),
    /// The thread that owns the database ended by itself, which is a defect.
    #[error("the relay's thread ended unexpectedly")]
    Ended,
    /// The database could not be closed. What was acknowledged is stored all the same.
    #[error("the database was not closed cleanly: {0}")]
    Close(#[from] StorageError),
}

/// Serves `relay` on `listener` until `shutdown` is over: then it stops accepting, ends waits at once, lets running requests
/// finish within their bound, and closes the database.
pub async fn run(
    relay: Relay,
    config: HttpConfig,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
) -> Result<(), RunError> {
    let id = relay.id();
    let (handle, mut closed) = RelayHandle::start(relay)?;
    let (close, closing) = watch::channel(false);
    let slots = Arc::new(Semaphore::new(config.connections_max));
    let mut connections = JoinSet::new();
    let edge = Edge::new(handle, id, config.clone(), closing.clone());
    let routes = edge.routes();
    let mut shutdown = pin!(shutdown);
    loop {
        tokio::select! {
            () = &mut shutdown => break,
            _ = &mut closed => return Err(RunError::Ended),
            Some(ended) = connections.join_next() => {
                if ended.is_err() {
                    tracing::error!("serving a connection panicked, which is a defect; the others go on");
                }
            }
            (stream, slot) = accept(&listener, &slots) => {
                let connection = Connection { config: config.clone(), closing: closing.clone(), _slot: slot };
                connections.spawn(connection.serve(stream, routes.clone()));
            }
        }
    }
    drop(listener);
    drop(routes);
    close.send_replace(true);
    tracing::info!(
        connections = connections.len(),
        "closing: no new connections, running requests may finish"
    );
    while connections.join_next().await.is_some() {}
    closed.await.map_err(|_| RunError::Ended)??;
    Ok(())
}

async fn accept(listener: &TcpListener, slots: &Arc<Semaphore>) -> (TcpStream, OwnedSemaphorePermit) {
    loop {
        let accepted = match Arc::clone(slots).acquire_owned().await {
            Ok(slot) => listener.accept().await.map(|(stream, _)| (stream, slot)),
            // Nobody closes the semaphore; if somebody did, there would be no slot ever again.
            Err(_) => std::future::pending().await,
        };
        match accepted {
            Ok(accepted) => return accepted,
            Err(error) => {
                tracing::warn!(%error, "no connection could be accepted; trying again in a second");
                let mut pause = interval(ACCEPT_PAUSE);
                pause.tick().await;
                pause.tick().await;
            }
        }
    }
}

/// One connection.
struct Connection {
    config: HttpConfig,
    closing: watch::Receiver<bool>,
    _slot: OwnedSemaphorePermit,
}

impl Connection {
    async fn serve(mut self, stream: TcpStream, routes: Router) {
        // Without it small answers wait for acknowledgements; if the system refuses, they do.
        let _ = stream.set_nodelay(true);
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(self.config.header_time_max)
            .max_buf_size(CONNECTION_BYTES_MAX);
        let mut connection =
            pin!(http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(routes)));
        let has_to_end = timeout(self.config.connection_time_max, self.closing.wait_for(|closing| *closing));
        tokio::select! {
            ended = connection.as_mut() => return trace_end(ended),
            _ = has_to_end => connection.as_mut().graceful_shutdown(),
        }
        if let Ok(ended) = timeout(self.config.closing_time_max, connection).await {
            trace_end(ended);
        } else {
            tracing::debug!("a connection was cut: its request did not end in time");
        }
    }
}

/// Links break all day: no more than a word for whoever looks closely.
fn trace_end(ended: Result<(), hyper::Error>) {
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke");
    }
}
