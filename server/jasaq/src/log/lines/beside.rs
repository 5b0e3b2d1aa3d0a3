//! What is said in a log beside entries, for people: what is taken back, marks, answers, a head's decisions, pages.

use jasaq_fieldbook::model::mark::Mark;
use jasaq_fieldbook::model::notice::{NoticeLogged, Telling};
use jasaq_fieldbook::model::planning::Before;
use jasaq_fieldbook::model::register::Record;
use jasaq_fieldbook::model::sealing::Sealing;
use jasaq_fieldbook::model::settling::{Choice, Resolution, Settling};
use jasaq_fieldbook::model::stated::Stated;
use jasaq_fieldbook::model::statement::{Body, Kind};

use super::{Page, Said};
use crate::log::withdrawal;
use crate::table::{day_and_time, short};
use crate::words::Message;

impl Page<'_> {
    /// Of which patrol this is a part, and what its own parts are.
    pub(super) fn apart(&self) -> Vec<String> {
        let whole = self.view.part_of;
        let whole = whole.map(|to| Message::new("log-part-of").with("patrol", short(&to.to_string())));
        let parts: Vec<String> = self.view.parts.iter().map(|part| short(&part.to_string())).collect();
        let parts =
            (!parts.is_empty()).then(|| Message::new("log-with-parts").with("patrols", parts.join(", ")));
        [whole, parts].into_iter().flatten().map(|told| self.words.say(told)).collect()
    }

    /// The same struck out, if it was taken back.
    pub(super) fn struck(&self, stated: &Stated, said: Said) -> Said {
        let Some((by, withdrawn)) = withdrawal(&self.view.log, stated) else { return said };
        let strike = |line: &str| format!("~~{line}~~");
        let told = Message::new("log-withdrawn-at")
            .with("time", day_and_time(by.statement.clocks.recorded_at()))
            .with("reason", withdrawn.reason.to_string());
        let text = said.text.map(|text| text.lines().map(strike).collect::<Vec<_>>().join("\n"));
        let mut beside = said.beside;
        beside.push(self.words.say(told));
        Said { what: strike(&said.what), text, beside, ..said }
    }

    /// Nothing for what is shown at the statement that it is about.
    pub(super) fn beside(&self, kind: &str, stated: &Stated) -> Option<Said> {
        match &stated.statement.body {
            Body::Amended(amendment) => self.amendment_alone(kind, (stated, amendment)),
            Body::Mark(mark) => Some(self.mark(mark).remark(Some(stated.key.to_string()))),
            Body::Telling(Telling::Answered(said)) => Some(
                noted(
                    format!("{kind}: {}", said.reply.word(self.language())),
                    said.note.as_ref().map(ToString::to_string),
                )
                .remark(Some(said.notice.key.to_string())),
            ),
            Body::Telling(Telling::Logged(said)) => Some(self.notice(said)),
            Body::Settling(settling) => {
                Some(self.settling(kind, (stated, settling)).remark(Some(stated.key.to_string())))
            }
            Body::Sealing(sealing) => sealed(kind, sealing),
            Body::Register(Record::Withdrawn(withdrawn)) => {
                let mut all = self.view.log.stated().iter();
                let is_shown = all.any(|other| self.view.log.withdrawn_by(other) == Some(&stated.cause()));
                (!is_shown)
                    .then(|| noted(format!("{kind} {}", withdrawn.key), Some(withdrawn.reason.to_string())))
            }
            _ => Some(Said::new(kind)),
        }
    }

    fn mark(&self, mark: &Mark) -> Said {
        let until = mark
            .until
            .map(|until| Message::new("log-until").with("time", day_and_time(until)));
        let what = mark.kind.word(self.language()).to_owned();
        noted(what, mark.note.as_ref().map(ToString::to_string))
            .remark(until.map(|until| self.words.say(until)))
            .remark(mark.cause.map(|cause| cause.word(self.language()).to_owned()))
    }

    /// When it was told, if it was; what it says is not in the log.
    fn notice(&self, said: &NoticeLogged) -> Said {
        let told = said.told.map(|(at, channel)| {
            Message::new("notice-told-at")
                .with("time", day_and_time(at))
                .with("channel", channel.word(self.language()))
        });
        Said::new(Kind::NoticeLogged.word(self.language()))
            .remark(told.map(|told| self.words.say(told)))
            .remark(Some(said.notice.key.to_string()))
    }

    fn settling(&self, kind: &str, (stated, settling): (&Stated, &Settling)) -> Said {
        let language = self.language();
        match settling {
            Settling::SameEvent(said) => noted(
                format!("{kind}: {} ({})", said.is.word(language), keys(&said.entries)),
                said.reason.as_ref().map(ToString::to_string),
            ),
            Settling::Resolved(said) => noted(
                format!("{kind}: {}: {}", said.field.word(language), self.choice(said)),
                said.reason.as_ref().map(ToString::to_string),
            ),
            Settling::Excused(said) => noted(
                format!("{kind}: {}, {}", short(&said.device.to_string()), said.why.word(language)),
                said.note.as_ref().map(ToString::to_string),
            ),
            Settling::Attended(said) => noted(
                format!("{kind}: {}, {}", self.named(stated, said.member), said.was.word(language)),
                said.note.as_ref().map(ToString::to_string),
            ),
            Settling::Attached(said) => Said::new(format!("{kind}: {}", short(&said.to.to_string()))),
        }
    }

    fn choice(&self, resolution: &Resolution) -> String {
        match &resolution.choice {
            Choice::Said(cause) => cause.key.to_string(),
            Choice::Another(value) => value.to_string(),
            Choice::Undecided => self.words.say("log-undecided"),
            Choice::LeftOut => self.words.say("log-left-out"),
        }
    }
}

fn noted(what: String, text: Option<String>) -> Said {
    Said { text, ..Said::new(what) }
}

fn keys(entries: &Before) -> String {
    let keys: Vec<&str> = entries.iter().map(|cause| cause.key.as_str()).collect();
    keys.join(", ")
}

/// Pieces of a page are not shown one by one.
fn sealed(kind: &str, sealing: &Sealing) -> Option<Said> {
    Some(match sealing {
        Sealing::Part(_) | Sealing::Openings(_) => return None,
        Sealing::Sealed(said) => Said::new(format!("{kind}: {}", short(&said.page.to_string()))),
        Sealing::Countersigned(said) => {
            Said::new(format!("{kind}: {}", said.number)).remark(Some(short(&said.page.to_string())))
        }
        Sealing::Entered(said) => Said::new(format!("{kind}: {}, {}", said.section, said.day)),
        Sealing::Reopened(said) => noted(kind.to_owned(), Some(said.reason.to_string())),
        // Stands in no patrol's log.
        Sealing::Report(_) => Said::new(kind),
    })
}
