//! `relay`: runs the relay until somebody ends it.

use std::fs::OpenOptions;
use std::io::Read as _;
use std::net::SocketAddr;
use std::path::Path;

use jasaq_relay::{HttpConfig, Relay, RunError, StorageError};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::arguments::exchange::RelayArguments;
use crate::carrier::is_loopback;
use crate::failure::{Class, Failure};
use crate::files;
use crate::output::{Reply, print_line};
use crate::program::{Program, surroundings};
use crate::words::Message;

/// Runs the relay. Its address is printed once it listens.
pub(super) fn run(program: &Program, arguments: &RelayArguments) -> Result<Reply, Failure> {
    if !arguments.allow_cleartext && !is_loopback(&arguments.listen.ip().to_string()) {
        return Err(Failure::usage("relay-listen-cleartext"));
    }
    make_private(&arguments.data);
    let relay = Relay::open(&arguments.data, &arguments.trust, surroundings().chance());
    let relay = relay.map_err(|error: StorageError| {
        let file = arguments.data.display().to_string();
        Failure::new(Class::Storage, Message::new("relay-storage").with("file", file), &error)
    })?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::new(Class::Storage, "relay-runtime", &error))?;
    runtime.block_on(serve(program, relay, arguments))?;
    Ok(Reply::silent().note(program.words.say("relay-ended")))
}

/// Makes the file for its owner alone: it tells who talks to whom. A file that cannot be made is told of when it is opened.
fn make_private(data: &Path) {
    let made = files::open_private(OpenOptions::new().write(true).create_new(true), data);
    drop(made.inspect_err(|error| tracing::debug!(%error, "the relay's file was not made")));
}

async fn serve(program: &Program, relay: Relay, arguments: &RelayArguments) -> Result<(), Failure> {
    let cannot_listen = |error: std::io::Error| {
        let sentence = Message::new("relay-cannot-listen").with("address", arguments.listen.to_string());
        Failure::new(Class::Usage, sentence, &error)
    };
    let listener = TcpListener::bind(arguments.listen).await.map_err(cannot_listen)?;
    let address = listener.local_addr().map_err(cannot_listen)?;
    // Whoever reads that the relay is ready may tell it to end.
    let signals = Signals::listen().map_err(|error| Failure::new(Class::Storage, "relay-runtime", &error))?;
    say_ready(program, &relay, address);
    let shutdown = end(signals, arguments.until_stdin_ends);
    let ran = jasaq_relay::run(relay, HttpConfig::default(), listener, shutdown).await;
    ran.map_err(|error: RunError| Failure::new(Class::Storage, "relay-broke", &error))
}

/// One line, for who waits to begin. If nobody reads it, nobody waits.
fn say_ready(program: &Program, relay: &Relay, address: SocketAddr) {
    let url = format!("http://{address}");
    let line = if program.output.is_json {
        json!({ "address": url, "relay": relay.id().to_string() }).to_string()
    } else {
        program.words.say(Message::new("relay-ready").with("address", url))
    };
    let _ = print_line(&line);
}

/// Returns when the relay is to end: Ctrl-C, SIGTERM, or the end of standard input, if that was asked for.
async fn end(signals: Signals, until_stdin_ends: bool) {
    let stdin_ended = async {
        match until_stdin_ends.then(watch_stdin) {
            Some(ended) => drop(ended.await),
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        () = stdin_ended => {}
        () = signals.next() => {}
    }
}

/// A thread of its own, since reading standard input blocks; it ends with the process.
fn watch_stdin() -> oneshot::Receiver<()> {
    let (sender, receiver) = oneshot::channel();
    std::thread::spawn(move || {
        let mut stdin = std::io::stdin().lock();
        let mut passed_over = [0; 64];
        while stdin.read(&mut passed_over).is_ok_and(|length| length > 0) {}
        let _ = sender.send(());
    });
    receiver
}

/// The signals that end the relay.
#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// Ctrl-C, where there are no signals.
#[cfg(windows)]
struct Signals(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        Ok(Self(tokio::signal::windows::ctrl_c()?))
    }

    async fn next(mut self) {
        let _ = self.0.recv().await;
    }
}
