//! A meeting over a socket: bytes in, bytes out, and how long to wait for the other side.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use jasaq_fieldbook::protocol::sync::meeting::Stage;
use jasaq_fieldbook::{Fieldbook, FieldbookRefused, MeetingFailed, MeetingReport, OpenMeeting};

use super::asking::ask;
use crate::failure::Failure;
use crate::limits::{
    ANSWER_BYTES_A_SECOND_MIN, HANDSHAKE_TIME_MAX, PAUSE_TIME_MAX, PERSON_TIME_MAX, PIECE_BYTES, STROKE_TIME,
};
use crate::program::Program;
use crate::words::Message;

/// How a meeting ended.
pub(super) struct Ended {
    pub(super) outcome: Result<(), FieldbookRefused>,
    /// Whether the other device had proven who it is.
    pub(super) has_met: bool,
}

/// The stages of a meeting on the terminal.
pub(super) struct Show<'a> {
    program: &'a Program,
    bar: ProgressBar,
}

impl<'a> Show<'a> {
    pub(super) fn begin(program: &'a Program) -> Self {
        if !program.output.is_watched() {
            return Self { program, bar: ProgressBar::hidden() };
        }
        let bar = ProgressBar::new_spinner();
        bar.enable_steady_tick(STROKE_TIME);
        let style = ProgressStyle::with_template("{spinner} {msg}");
        let bar = style.map_or(bar.clone(), |style| bar.with_style(style));
        let show = Self { program, bar };
        show.stage(&Stage::Looking);
        show
    }

    /// The five stages in plain words.
    pub(super) fn stage(&self, stage: &Stage) {
        let message = match stage {
            Stage::Looking => Message::new("meet-looking"),
            Stage::Found { .. } => Message::new("meet-found"),
            Stage::Exchanging(progress) | Stage::Waiting { progress, for_a_person: false }
                if progress.bytes_to_send + progress.bytes_to_receive > 0 =>
            {
                let kilobytes = |sent: u64, received: u64| (sent + received).div_ceil(1_000);
                Message::new("meet-attachments-on-their-way")
                    .with("done", kilobytes(progress.bytes_sent, progress.bytes_received))
                    .with("all", kilobytes(progress.bytes_to_send, progress.bytes_to_receive))
            }
            Stage::Exchanging(progress) => Message::new("meet-exchanging")
                .with("sent", progress.sent)
                .with("to-send", progress.to_send)
                .with("received", progress.received)
                .with("to-receive", progress.to_receive),
            Stage::Waiting { for_a_person: true, .. } => Message::new("meet-waiting-for-a-person"),
            Stage::Waiting { progress, .. } => Message::new("meet-waiting")
                .with("received", progress.received)
                .with("to-receive", progress.to_receive),
            Stage::Even(_) | Stage::Parted { .. } => return,
        };
        self.bar.set_message(self.program.words.say(message));
    }

    /// Something is read from the terminal meanwhile.
    pub(super) fn aside<T>(&self, work: impl FnOnce() -> T) -> T {
        self.bar.suspend(work)
    }

    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// Exchanges until one side leaves or the link breaks. Only what is wrong here is a failure; how it ended is in the outcome.
pub(super) fn drive(
    program: &Program,
    fieldbook: &mut Fieldbook,
    (mut meeting, stream): (OpenMeeting, &TcpStream),
    (show, report): (&Show<'_>, &mut MeetingReport),
) -> Result<Ended, Failure> {
    let mut patience = Patience::begin();
    let mut why = None;
    while why.is_none() {
        why = say(stream, &mut meeting).err();
        if meeting.is_over() || why.is_some() {
            break;
        }
        match hear(stream, &patience, &meeting) {
            Err(failed) => why = Some(failed),
            Ok(bytes) => {
                patience.note(bytes.len());
                fieldbook.take_in_meeting(&mut meeting, &bytes)?;
            }
        }
        show.stage(&meeting.stage());
        if meeting.asks().is_some() {
            why = say(stream, &mut meeting).err();
            show.aside(|| ask(program, fieldbook, &mut meeting))?;
            patience = Patience::begin();
        }
    }
    // Both directions: whoever waits for more is told that there is none.
    if let Err(error) = stream.shutdown(Shutdown::Write) {
        tracing::debug!(kind = %error.kind(), "the other device closed first");
    }
    let has_met = meeting.peer().is_some();
    let outcome = fieldbook.finish_meeting(meeting, why, report);
    Ok(Ended { outcome, has_met })
}

fn say(mut stream: &TcpStream, meeting: &mut OpenMeeting) -> Result<(), MeetingFailed> {
    let bytes = meeting.outgoing();
    if bytes.is_empty() {
        return Ok(());
    }
    let set = stream.set_write_timeout(Some(PAUSE_TIME_MAX));
    set.and_then(|()| stream.write_all(&bytes)).map_err(|error| why(&error))
}

fn hear(
    mut stream: &TcpStream,
    patience: &Patience,
    meeting: &OpenMeeting,
) -> Result<Vec<u8>, MeetingFailed> {
    let left = patience.left(&meeting.stage()).ok_or(MeetingFailed::Stalled)?;
    let mut piece = vec![0; PIECE_BYTES];
    let read = stream.set_read_timeout(Some(left)).and_then(|()| stream.read(&mut piece));
    let length = read.map_err(|error| why(&error))?;
    if length == 0 {
        return Err(MeetingFailed::Cut);
    }
    piece.truncate(length);
    Ok(piece)
}

fn why(error: &std::io::Error) -> MeetingFailed {
    tracing::debug!(kind = %error.kind(), "the link to the other device broke");
    match error.kind() {
        ErrorKind::WouldBlock | ErrorKind::TimedOut => MeetingFailed::Stalled,
        _ => MeetingFailed::Cut,
    }
}

/// How long the other side may be silent, and how slow it may be.
struct Patience {
    began: Instant,
    bytes: u64,
    heard: Instant,
}

impl Patience {
    fn begin() -> Self {
        let now = now();
        Self { began: now, bytes: 0, heard: now }
    }

    fn note(&mut self, bytes: usize) {
        self.bytes += bytes as u64;
        self.heard = now();
    }

    /// How long to wait now; none if it was too long already: what drips slower than 2 kbit/s ends never.
    fn left(&self, stage: &Stage) -> Option<Duration> {
        let pause = match stage {
            Stage::Looking => HANDSHAKE_TIME_MAX,
            Stage::Waiting { for_a_person: true, .. } => PERSON_TIME_MAX,
            _ => PAUSE_TIME_MAX,
        };
        let is_timed = !matches!(stage, Stage::Waiting { for_a_person: true, .. });
        let time_for_it = pause + Duration::from_secs(self.bytes / ANSWER_BYTES_A_SECOND_MIN);
        let of_all = if is_timed { time_for_it.checked_sub(self.began.elapsed())? } else { pause };
        let of_this = pause.checked_sub(self.heard.elapsed())?;
        Some(of_all.min(of_this)).filter(|left| !left.is_zero())
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the edge: how long the other side is silent is measured here"
)]
fn now() -> Instant {
    Instant::now()
}
