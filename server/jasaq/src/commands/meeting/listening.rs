//! Waiting for the other device: on every network of this machine, for one meeting, and no longer than asked.

use std::future::poll_fn;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::task::Poll;
use std::time::Duration;

use jasaq_fieldbook::protocol::sync::meeting::MeetingCode;
use jasaq_fieldbook::{ExchangeRefused, Fieldbook, FieldbookRefused, MeetingFailed, MeetingReport};
use serde_json::json;
use tokio::net::TcpListener;

use super::driving::{Show, drive};
use super::{failed, is_broken, tell};
use crate::failure::{Class, Failure};
use crate::limits::{LOOKING_TIME, MEETING_TRIES_MAX, MEETING_WAIT_MAX, PAUSE_TIME_MAX};
use crate::output::Reply;
use crate::program::Program;
use crate::qr::{Qr, Surface};
use crate::words::Message;

/// Shows a code and meets who calls with it. Strangers are sent away, and the wait goes on.
pub(super) fn listen(
    program: &Program,
    fieldbook: &mut Fieldbook,
    at: Option<SocketAddr>,
) -> Result<Reply, Failure> {
    let waiting = Waiting::begin(at)?;
    let code = fieldbook.make_meeting_code(waiting.addresses.clone());
    show_code(program, &code)?;
    let show = Show::begin(program);
    let mut report = MeetingReport::default();
    let mut outcome = Err(failed(MeetingFailed::Nobody));
    let mut patience = MEETING_WAIT_MAX;
    for _ in 0..MEETING_TRIES_MAX {
        let Some(stream) = waiting.next(program, &show, patience)? else { break };
        let meeting = fieldbook.listen_for_meeting(&code)?;
        let ended = drive(program, fieldbook, (meeting, &stream), (&show, &mut report))?;
        if is_over(&ended.outcome, ended.has_met) {
            outcome = ended.outcome;
            break;
        }
        if ended.has_met {
            // The same device calls again, if it can.
            (outcome, patience) = (ended.outcome, PAUSE_TIME_MAX);
        }
    }
    show.end();
    tell(program, fieldbook, &report, outcome)
}

/// Whether the one that was waited for has come, and will not come again.
fn is_over(outcome: &Result<(), FieldbookRefused>, has_met: bool) -> bool {
    let foreign =
        matches!(outcome, Err(FieldbookRefused::Exchange(ExchangeRefused::Meeting(MeetingFailed::Foreign))));
    foreign || has_met && !is_broken(outcome.as_ref().err())
}

/// The code on standard output, at once, and beside it for a camera.
fn show_code(program: &Program, code: &MeetingCode) -> Result<(), Failure> {
    let text = code.to_text();
    let addresses: Vec<String> = code.addresses.iter().map(ToString::to_string).collect();
    let json = json!({ "code": text.as_str(), "addresses": addresses });
    let reply = Reply::new(json).text(text.as_str()).note(program.words.say("meet-listening"));
    let said = program.output.say(&reply);
    said.map_err(|error| Failure::new(Class::Storage, "answer-unwritten", &error))?;
    if program.output.is_watched()
        && let Ok(qr) = Qr::of(&text, Surface::Screen)
    {
        program.output.hint(&qr.to_terminal());
    }
    Ok(())
}

/// Sockets that wait.
struct Waiting {
    runtime: tokio::runtime::Runtime,
    listeners: Vec<TcpListener>,
    addresses: Vec<SocketAddr>,
}

impl Waiting {
    fn begin(at: Option<SocketAddr>) -> Result<Self, Failure> {
        let cannot = |error: std::io::Error| Failure::new(Class::Usage, "meet-cannot-listen", &error);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(cannot)?;
        let listeners = runtime.block_on(bind(at)).map_err(cannot)?;
        let bound = listeners.first().and_then(|listener| listener.local_addr().ok());
        let port = bound.map_or(0, |bound| bound.port());
        let hosts = match at.filter(|at| !at.ip().is_unspecified()) {
            Some(at) => vec![at.ip()],
            None => own_hosts().map_err(cannot)?,
        };
        let addresses = hosts.into_iter().map(|host| SocketAddr::new(host, port)).collect();
        Ok(Self { runtime, listeners, addresses })
    }

    /// Who calls next, if somebody does in this time. After a while other ways are named.
    fn next(
        &self,
        program: &Program,
        show: &Show<'_>,
        patience: Duration,
    ) -> Result<Option<TcpStream>, Failure> {
        let accept = async |time: Duration| tokio::time::timeout(time, self.accept()).await.ok();
        let came = self.runtime.block_on(async {
            if patience <= LOOKING_TIME {
                return accept(patience).await;
            }
            if let Some(came) = accept(LOOKING_TIME).await {
                return Some(came);
            }
            show.aside(|| program.output.hint(&program.words.say(Message::new("meet-other-ways"))));
            accept(patience.saturating_sub(LOOKING_TIME)).await
        });
        let to_blocking = |stream: tokio::net::TcpStream| {
            let stream = stream.into_std()?;
            stream.set_nonblocking(false)?;
            Ok(stream)
        };
        match came {
            None => Ok(None),
            Some(came) => came
                .and_then(to_blocking)
                .map(Some)
                .map_err(|error| Failure::new(Class::Unreachable, "meet-cannot-listen", &error)),
        }
    }

    async fn accept(&self) -> std::io::Result<tokio::net::TcpStream> {
        poll_fn(|context| {
            for listener in &self.listeners {
                if let Poll::Ready(came) = listener.poll_accept(context) {
                    return Poll::Ready(came.map(|(stream, _)| stream));
                }
            }
            Poll::Pending
        })
        .await
    }
}

/// By both versions of IP, on one port, where the system has both.
async fn bind(at: Option<SocketAddr>) -> std::io::Result<Vec<TcpListener>> {
    if let Some(at) = at {
        return Ok(vec![TcpListener::bind(at).await?]);
    }
    let any = |host: IpAddr, port| SocketAddr::new(host, port);
    let Ok(first) = TcpListener::bind(any(Ipv6Addr::UNSPECIFIED.into(), 0)).await else {
        return Ok(vec![TcpListener::bind(any(Ipv4Addr::UNSPECIFIED.into(), 0)).await?]);
    };
    let port = first.local_addr()?.port();
    // Where one socket serves both, the second finds its place taken.
    let second = TcpListener::bind(any(Ipv4Addr::UNSPECIFIED.into(), port)).await;
    Ok([first].into_iter().chain(second.ok()).collect())
}

/// This machine's addresses that another one beside it can call; the shortest first, since they stand in a code. Addresses of
/// a link alone need a name of it on the other side, so they are left out. A machine without any network calls itself.
fn own_hosts() -> std::io::Result<Vec<IpAddr>> {
    let all: Vec<IpAddr> = if_addrs::get_if_addrs()?.into_iter().map(|interface| interface.ip()).collect();
    let is_for_others = |host: &IpAddr| match host {
        IpAddr::V4(host) => !host.is_loopback() && !host.is_link_local(),
        IpAddr::V6(host) => !host.is_loopback() && !host.is_unicast_link_local(),
    };
    let mut hosts: Vec<IpAddr> = all.iter().copied().filter(is_for_others).collect();
    hosts.sort_unstable();
    hosts.dedup();
    if hosts.is_empty() {
        hosts.extend(all.into_iter().filter(IpAddr::is_loopback));
    }
    Ok(hosts)
}
