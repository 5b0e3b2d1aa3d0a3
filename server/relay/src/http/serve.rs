//! Sockets: accepts connections, bounds their number and their time, ends them when told to.
//!
//! `axum::serve` bounds neither headers, connections nor closing, so connections are driven here with hyper itself. They
//! are owned: when [`run`] is dropped, so are they.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{interval, timeout};
use tokio_rustls::TlsAcceptor;

use super::crowd::{Counted, Crowd};
use super::{Edge, Watched};
use crate::config::HttpConfig;
use crate::limits::METRICS_CONNECTIONS_MAX;
use crate::metrics::Metrics;
use crate::relay::Relay;
use crate::storage::StorageError;
use crate::thread::RelayHandle;
use crate::tls::Tls;

/// Bytes that a connection holds back: the longest headers, a head of the most spaces in hex among them, and a step of a
/// body.
const CONNECTION_BYTES_MAX: usize = 64 * 1_024;

/// How long to leave the system alone after it could not give us a connection.
const ACCEPT_PAUSE: Duration = Duration::from_secs(1);

/// How often the files of the certificate are looked at. A renewal comes weeks before the old one ends.
const CERTIFICATE_CHECK: Duration = Duration::from_mins(1);

/// Why a relay stopped, or could not start.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The system gave no thread.
    #[error("the relay's thread could not be started: {0}")]
    Thread(#[from] std::io::Error),
    /// The thread that owns the database ended by itself, which is a defect.
    #[error("the relay's thread ended unexpectedly")]
    Ended,
    /// The database is no longer what its name leads to, so the relay stopped.
    #[error("the database was deleted, moved or replaced while the relay ran")]
    Lost,
    /// The database could not be closed. What was acknowledged is stored all the same.
    #[error("the database was not closed cleanly: {0}")]
    Close(#[from] StorageError),
}

/// Where a relay is asked: the sockets are the caller's choice.
#[derive(Debug)]
pub struct Listeners {
    /// Where devices come.
    pub devices: TcpListener,
    /// What they see there. If left unset, clear text is spoken: on this machine, or behind a proxy.
    pub tls: Option<Tls>,
    /// Where the metrics are told, in clear text. If left unset, nowhere.
    pub metrics: Option<TcpListener>,
}

impl From<TcpListener> for Listeners {
    fn from(devices: TcpListener) -> Self {
        Self { devices, tls: None, metrics: None }
    }
}

/// Serves `relay` on `listeners` until `shutdown` is over, or its database is lost: then it stops accepting, ends waits at
/// once, lets running requests finish within their bound, and closes the database.
pub async fn run(
    relay: Relay,
    config: HttpConfig,
    listeners: impl Into<Listeners>,
    shutdown: impl Future<Output = ()>,
) -> Result<(), RunError> {
    let id = relay.id();
    let (handle, mut closed) = RelayHandle::start(relay)?;
    let (close, closing) = watch::channel(false);
    let edge = Edge::new(handle, id, config, closing);
    let mut lost = Box::pin(until_lost(edge.clone()));
    let doors = Doors::new(edge, listeners.into());
    let mut connections = JoinSet::new();
    let mut certificate_check = interval(CERTIFICATE_CHECK);
    let mut shutdown = pin!(shutdown);
    let outcome = loop {
        tokio::select! {
            () = &mut shutdown => break Ok(()),
            () = &mut lost => break Err(RunError::Lost),
            _ = &mut closed => return Err(RunError::Ended),
            Some(ended) = connections.join_next() => {
                if ended.is_err() {
                    tracing::error!("serving a connection panicked, which is a defect; the others go on");
                }
            }
            _ = certificate_check.tick() => doors.look_after_certificate(),
            accepted = doors.devices.accept() => doors.let_in(accepted, &mut connections),
            accepted = accept_metrics(doors.metrics.as_ref()) => doors.let_watch(accepted, &mut connections),
        }
    };
    drop((doors, lost));
    close.send_replace(true);
    tracing::info!(
        connections = connections.len(),
        "closing: no new connections, running requests may finish"
    );
    while connections.join_next().await.is_some() {}
    let closed = closed.await.map_err(|_| RunError::Ended)?;
    outcome?;
    Ok(closed?)
}

/// Returns when the database is no longer what its name leads to. If that cannot be seen, the next commit says why.
async fn until_lost(edge: Edge) {
    let mut check = interval(edge.config.database_check);
    loop {
        check.tick().await;
        if let Ok(Err(StorageError::Lost)) = edge.relay.ask(|relay| relay.check_whereabouts()).await {
            return;
        }
    }
}

async fn accept_metrics(door: Option<&Door>) -> Accepted {
    match door {
        Some(door) => door.accept().await,
        None => std::future::pending().await,
    }
}

/// Where connections come in, and what is served behind.
struct Doors {
    devices: Door,
    metrics: Option<Door>,
    tls: Option<Tls>,
    crowd: Crowd,
    edge: Edge,
}

impl Doors {
    fn new(edge: Edge, listeners: Listeners) -> Self {
        let Listeners { devices, tls, metrics } = listeners;
        let devices = Door::new(devices, edge.config.connections_max, edge.clone().routes());
        let watched =
            Watched { edge: edge.clone(), connections: Arc::clone(&devices.slots), tls: tls.clone() };
        let metrics = metrics.map(|listener| Door::new(listener, METRICS_CONNECTIONS_MAX, watched.routes()));
        Self { devices, metrics, tls, crowd: Crowd::default(), edge }
    }

    fn connection(&self, slot: OwnedSemaphorePermit, counted: Option<Counted>) -> Connection {
        let Edge { config, closing, metrics, .. } = &self.edge;
        Connection {
            config: Arc::clone(config),
            closing: closing.clone(),
            metrics: Arc::clone(metrics),
            _slot: slot,
            _counted: counted,
        }
    }

    /// A device has come, or somebody else.
    fn let_in(&self, (stream, address, slot): Accepted, connections: &mut JoinSet<()>) {
        let Some(counted) = self.crowd.admit(address.ip(), self.edge.config.address_connections_max) else {
            self.edge.metrics.turned_away.inc();
            return;
        };
        let (connection, routes) = (self.connection(slot, Some(counted)), self.devices.routes.clone());
        match &self.tls {
            Some(tls) => drop(connections.spawn(connection.serve_tls(stream, (tls.acceptor(), routes)))),
            None => drop(connections.spawn(connection.serve(stream, routes))),
        }
    }

    /// Somebody asks for the metrics.
    fn let_watch(&self, (stream, _, slot): Accepted, connections: &mut JoinSet<()>) {
        if let Some(door) = &self.metrics {
            connections.spawn(self.connection(slot, None).serve(stream, door.routes.clone()));
        }
    }

    fn look_after_certificate(&self) {
        if let Some(tls) = self.tls.clone() {
            // Files may hang; devices should not.
            tokio::task::spawn_blocking(move || tls.look_after());
        }
    }
}

/// A connection, where it comes from, and the place that was free for it.
type Accepted = (TcpStream, SocketAddr, OwnedSemaphorePermit);

/// One listener, with what is behind it.
struct Door {
    listener: TcpListener,
    slots: Arc<Semaphore>,
    routes: Router,
}

impl Door {
    fn new(listener: TcpListener, slots: usize, routes: Router) -> Self {
        Self { listener, slots: Arc::new(Semaphore::new(slots)), routes }
    }

    async fn accept(&self) -> Accepted {
        loop {
            let accepted = match Arc::clone(&self.slots).acquire_owned().await {
                Ok(slot) => self.listener.accept().await.map(|(stream, address)| (stream, address, slot)),
                // Nobody closes the semaphore; if somebody did, there would be no slot ever again.
                Err(_) => std::future::pending().await,
            };
            match accepted {
                Ok(accepted) => {
                    // Without it small answers wait for acknowledgements; if the system refuses, they do.
                    let _ = accepted.0.set_nodelay(true);
                    return accepted;
                }
                Err(error) => {
                    tracing::warn!(%error, "no connection could be accepted; trying again in a second");
                    let mut pause = interval(ACCEPT_PAUSE);
                    pause.tick().await;
                    pause.tick().await;
                }
            }
        }
    }
}

/// One connection.
struct Connection {
    config: Arc<HttpConfig>,
    closing: watch::Receiver<bool>,
    metrics: Arc<Metrics>,
    _slot: OwnedSemaphorePermit,
    _counted: Option<Counted>,
}

impl Connection {
    /// Lets TLS come about first, within the time that headers have.
    async fn serve_tls(mut self, stream: TcpStream, (acceptor, routes): (TlsAcceptor, Router)) {
        let shaken = tokio::select! {
            shaken = timeout(self.config.header_time_max, acceptor.accept(stream)) => shaken,
            _ = self.closing.wait_for(|closing| *closing) => return,
        };
        match shaken {
            Ok(Ok(stream)) => self.serve(stream, routes).await,
            failed => {
                self.metrics.turned_away.inc();
                let cause = failed.map_or_else(|_| "it took too long".to_owned(), cause_of);
                tracing::debug!(cause, "TLS did not come about");
            }
        }
    }

    async fn serve(mut self, stream: impl AsyncRead + AsyncWrite + Unpin, routes: Router) {
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

fn cause_of<S>(shaken: std::io::Result<S>) -> String {
    shaken.err().map(|error| error.to_string()).unwrap_or_default()
}

/// Links break all day: no more than a word for whoever looks closely.
fn trace_end(ended: Result<(), hyper::Error>) {
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke");
    }
}
