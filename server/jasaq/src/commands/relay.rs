//! `relay`: runs the relay until somebody ends it.

mod keeping;

use std::io::{ErrorKind, Read as _};
use std::net::SocketAddr;
use std::path::Path;

use jasaq_relay::{HttpConfig, Listeners, Relay, RunError, StorageError, Tls, TlsFiles, TlsRefused};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::arguments::relay::{RelayArguments, ServeArguments};
use crate::failure::{Class, Failure};
use crate::files;
use crate::output::{Reply, print_line};
use crate::program::{Program, since_1970, surroundings};
use crate::words::Message;

/// Does what was asked for with a relay.
pub(super) fn run(program: &Program, arguments: &RelayArguments) -> Result<Reply, Failure> {
    match &arguments.command {
        Some(command) => keeping::run(program, command),
        None => run_until_ended(program, &arguments.serve),
    }
}

/// Runs the relay. Its address is printed once it listens.
fn run_until_ended(program: &Program, arguments: &ServeArguments) -> Result<Reply, Failure> {
    check_reach(arguments)?;
    // clap asks for it unless there is a further word.
    let data = arguments
        .data
        .as_deref()
        .ok_or_else(|| Failure::usage("usage-not-understood"))?;
    let tls = load_certificate(arguments)?;
    let relay = Relay::open(data, &arguments.trust, surroundings().chance())
        .map_err(|error| storage_failure(&error, (data, "--data")))?
        .with_quotas(arguments.quotas.into());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::new(Class::Storage, "relay-runtime", &error))?;
    runtime.block_on(serve(program, (relay, tls), (arguments, data)))?;
    Ok(Reply::silent().note(program.words.say("relay-ended")))
}

/// Beyond this machine nothing is told in clear text, unless somebody says so.
fn check_reach(arguments: &ServeArguments) -> Result<(), Failure> {
    let is_beyond = |address: SocketAddr| !is_loopback(address) && !arguments.allow_cleartext;
    if arguments.tls_cert.is_none() && is_beyond(arguments.listen) {
        return Err(Failure::usage("relay-listen-cleartext"));
    }
    if arguments.metrics.is_some_and(is_beyond) {
        return Err(Failure::usage("relay-metrics-beyond"));
    }
    Ok(())
}

fn is_loopback(address: SocketAddr) -> bool {
    address.ip().to_canonical().is_loopback()
}

fn load_certificate(arguments: &ServeArguments) -> Result<Option<Tls>, Failure> {
    let (Some(chain), Some(key)) = (arguments.tls_cert.clone(), arguments.tls_key.clone()) else {
        return Ok(None);
    };
    let told = |id, file: &Path| Message::new(id).with("file", file.display().to_string());
    let tls = Tls::load(TlsFiles { chain, key }, since_1970).map_err(|refused| {
        let trace = refused.to_string();
        let sentence = match refused {
            TlsRefused::Unreadable(file, error) => return files::cannot_read(&file, &error),
            TlsRefused::NoCertificate(file) => told("relay-tls-no-certificate", &file),
            TlsRefused::NoKey(file) => told("relay-tls-no-key", &file),
            TlsRefused::Mismatch => Message::new("relay-tls-mismatch"),
            TlsRefused::Expired(file, ended) => {
                told("relay-tls-expired", &file).with("until", ended.to_string())
            }
            TlsRefused::Authority(file) => told("relay-tls-authority", &file),
            TlsRefused::Nameless(file) => told("relay-tls-nameless", &file),
            TlsRefused::Unfit(file) => told("relay-tls-unfit", &file),
            TlsRefused::Broken(_) => Message::new("relay-runtime"),
        };
        Failure::new(Class::Input, sentence, &trace)
    })?;
    Ok(Some(tls))
}

/// What is told of a database that cannot be used, and of the option that names it.
fn storage_failure(error: &StorageError, (file, option): (&Path, &'static str)) -> Failure {
    let id = match error {
        StorageError::InUse => "relay-in-use",
        StorageError::ReadOnly => "relay-read-only",
        StorageError::Full => "relay-disk-full",
        StorageError::Newer { .. } => "relay-newer",
        StorageError::Damaged(_) => "relay-damaged",
        StorageError::Foreign => "relay-foreign",
        StorageError::Log => "relay-log-alone",
        StorageError::SetAside(aside) => {
            let sentence = Message::new("relay-set-aside-alone").with("aside", aside.display().to_string());
            return Failure::new(Class::Storage, sentence.with("file", file.display().to_string()), error);
        }
        _ => {
            let sentence = Message::new("relay-storage").with("option", option);
            return Failure::new(Class::Storage, sentence.with("file", file.display().to_string()), error);
        }
    };
    Failure::new(Class::Storage, Message::new(id).with("file", file.display().to_string()), error)
}

async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), Failure> {
    let cannot_listen = |error: std::io::Error| {
        let id = match error.kind() {
            ErrorKind::AddrInUse => "relay-address-taken",
            ErrorKind::AddrNotAvailable => "relay-address-elsewhere",
            ErrorKind::PermissionDenied => "relay-port-reserved",
            _ => "relay-cannot-listen",
        };
        Failure::new(Class::Usage, Message::new(id).with("address", address.to_string()), &error)
    };
    let listener = TcpListener::bind(address).await.map_err(cannot_listen)?;
    let address = listener.local_addr().map_err(cannot_listen)?;
    Ok((listener, address))
}

async fn serve(
    program: &Program,
    (relay, tls): (Relay, Option<Tls>),
    (arguments, data): (&ServeArguments, &Path),
) -> Result<(), Failure> {
    let (devices, address) = listen(arguments.listen).await?;
    let metrics = match arguments.metrics {
        Some(address) => Some(listen(address).await?),
        None => None,
    };
    let (metrics, metrics_address) = metrics.unzip();
    // Whoever reads that the relay is ready may tell it to end.
    let signals = Signals::listen().map_err(|error| Failure::new(Class::Storage, "relay-runtime", &error))?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    say_ready(program, &relay, (format!("{scheme}://{address}"), metrics_address));
    let mut config = HttpConfig::default();
    if let Some(most) = arguments.address_connections {
        config.address_connections_max = most.get();
    } else if is_loopback(address) {
        config.address_connections_max = config.connections_max;
    }
    let shutdown = end(signals, tls.clone(), arguments.until_stdin_ends);
    let ran = jasaq_relay::run(relay, config, Listeners { devices, tls, metrics }, shutdown).await;
    ran.map_err(|error: RunError| {
        let sentence = match error {
            RunError::Lost => Message::new("relay-lost").with("file", data.display().to_string()),
            _ => Message::new("relay-broke"),
        };
        Failure::new(Class::Storage, sentence, &error)
    })
}

/// One line, for who waits to begin. If nobody reads it, nobody waits.
fn say_ready(program: &Program, relay: &Relay, (url, metrics): (String, Option<SocketAddr>)) {
    let line = if program.output.is_json {
        let metrics = metrics.map(|address| format!("http://{address}/metrics"));
        json!({ "address": url, "relay": relay.id().to_string(), "metrics": metrics }).to_string()
    } else {
        program.words.say(Message::new("relay-ready").with("address", url))
    };
    let _ = print_line(&line);
}

/// Returns when the relay is to end: Ctrl-C, SIGTERM, or the end of standard input, if that was asked for. Until then
/// SIGHUP has the certificate read again.
async fn end(mut signals: Signals, tls: Option<Tls>, until_stdin_ends: bool) {
    let stdin_ended = async {
        match until_stdin_ends.then(watch_stdin) {
            Some(ended) => drop(ended.await),
            None => std::future::pending().await,
        }
    };
    let told_to_end = async {
        while let Told::Reload = signals.next().await {
            if let Some(tls) = tls.clone() {
                // Files may hang; devices should not.
                tokio::task::spawn_blocking(move || tls.reload());
            }
        }
    };
    tokio::select! {
        () = stdin_ended => {}
        () = told_to_end => {}
    }
}

/// What a signal asks for.
enum Told {
    End,
    #[cfg_attr(windows, expect(dead_code, reason = "there is no such signal"))]
    Reload,
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

/// The signals that a relay hears.
#[cfg(unix)]
struct Signals {
    hangup: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            hangup: signal(SignalKind::hangup())?,
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) -> Told {
        tokio::select! {
            _ = self.interrupt.recv() => Told::End,
            _ = self.terminate.recv() => Told::End,
            Some(()) = self.hangup.recv() => Told::Reload,
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

    async fn next(&mut self) -> Told {
        let _ = self.0.recv().await;
        Told::End
    }
}
