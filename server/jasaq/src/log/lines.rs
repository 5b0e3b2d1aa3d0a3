//! The log for people: what happened in its order, day by day, each statement with what is to be known about it. An entry that was
//! amended is shown as it stands, with what it was; what was taken back is shown struck out, with the reason.

mod beside;
mod entries;

pub(crate) use entries::{activity_words, place};

use jasaq_fieldbook::PatrolView;
use jasaq_fieldbook::model::ids::{LegId, MemberId, StatementRef};
use jasaq_fieldbook::model::moment::Moment;
use jasaq_fieldbook::model::patrol::{LegStart, PatrolStart};
use jasaq_fieldbook::model::patrol_log::{LoggedEntry, LoggedTrack, PlannedPatrol};
use jasaq_fieldbook::model::planning::{Crew, PatrolPlan, Planning};
use jasaq_fieldbook::model::position::Coordinates;
use jasaq_fieldbook::model::stated::Stated;
use jasaq_fieldbook::model::statement::Body;
use jasaq_fieldbook::model::track::Waypoint;
use jasaq_fieldbook::model::words::Language;

use super::{custody_word, reason_word};
use crate::limits::CLOCK_DIFFERENCE_SHOWN_MS;
use crate::table::{day_and_time, short, span, time_of_day};
use crate::words::{Message, Words};

/// The log as this device shows it.
pub(crate) fn to_text(view: &PatrolView, words: &Words) -> String {
    Page::of(view, words, true).write()
}

/// The same without what only this device knows: equal wherever the same statements are.
pub(crate) fn shared_text(view: &PatrolView, words: &Words) -> String {
    Page::of(view, words, false).write()
}

struct Page<'a> {
    view: &'a PatrolView,
    entries: Vec<LoggedEntry<'a>>,
    words: &'a Words,
    with_custody: bool,
}

/// What a statement says: what it is, words, remarks, and what was said of it since.
struct Said {
    what: String,
    text: Option<String>,
    remarks: Vec<String>,
    beside: Vec<String>,
}

impl Said {
    fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), text: None, remarks: Vec::new(), beside: Vec::new() }
    }

    fn remark(mut self, remark: Option<String>) -> Self {
        self.remarks.extend(remark);
        self
    }
}

impl<'a> Page<'a> {
    fn of(view: &'a PatrolView, words: &'a Words, with_custody: bool) -> Self {
        Self { view, entries: view.log.versions(), words, with_custody }
    }

    fn language(&self) -> Language {
        self.words.language()
    }

    fn write(&self) -> String {
        let patrol = Message::new("log-of").with("patrol", short(&self.view.patrol.to_string()));
        let mut page = vec![self.words.say(patrol)];
        page.extend(self.apart());
        let mut day = None;
        for stated in self.view.log.stated() {
            let Some(said) = self.said(stated) else { continue };
            let said = self.struck(stated, said);
            let happened_at = stated.statement.happened_at();
            if day != Some(happened_at.day()) {
                day = Some(happened_at.day());
                page.push(format!("\n{}", happened_at.day()));
            }
            page.push(self.line(stated, said));
        }
        if !self.view.unsettled.is_empty() {
            page.push(format!("\n{}", self.words.say("log-unsettled")));
        }
        for unsettled in &self.view.unsettled {
            let reason = reason_word(self.words, unsettled.reason);
            page.push(format!("  {} {reason}", unsettled.key));
        }
        page.join("\n")
    }

    fn line(&self, stated: &Stated, mut said: Said) -> String {
        let time = time_of_day(stated.statement.happened_at());
        let who = self.view.holder_in(stated, stated.member);
        let mut lines = vec![format!("{time}  {} · {}", who.names.join(" / "), said.what)];
        lines.extend(
            said.text
                .iter()
                .flat_map(|text| text.lines())
                .map(|text| format!("       {text}")),
        );
        if let Some(occurred_at) = stated.statement.occurred_at() {
            let recorded_at = stated.statement.clocks.recorded_at();
            let recorded = Message::new("log-recorded-at").with("time", day_and_time(recorded_at));
            said.remarks
                .extend((recorded_at != occurred_at).then(|| self.words.say(recorded)));
        }
        said.remarks.extend(self.satellites_time(stated));
        if self.with_custody {
            let logged = self.view.provenance_of(stated);
            said.remarks
                .extend(logged.map(|logged| custody_word(self.words, logged.custody)));
        }
        if !said.remarks.is_empty() {
            lines.push(format!("       {}", said.remarks.join(" · ")));
        }
        lines.extend(said.beside.iter().map(|line| format!("       {line}")));
        if self.view.provenance_of(stated).is_some_and(|logged| logged.is_said_twice) {
            lines.push(format!("       ! {}", self.words.say("log-said-twice")));
        }
        if !who.is_sure {
            lines.push(format!("       ! {}", self.words.say("log-holder-not-sure")));
        }
        lines.extend(self.flags(&stated.key).map(|flag| format!("       ! {flag}")));
        lines.join("\n")
    }

    /// What the satellites' clock said, if the device's said something else.
    fn satellites_time(&self, stated: &Stated) -> Option<String> {
        let clocks = &stated.statement.clocks;
        let (recorded_at, gps_time) = (clocks.recorded_at(), clocks.gps_time()?);
        let apart_ms = gps_time.unix_ms().abs_diff(recorded_at.time().unix_ms());
        let gps_time = Moment::new(gps_time, recorded_at.offset_minutes()).ok()?;
        let told = Message::new("log-gps-time").with("time", day_and_time(gps_time));
        (apart_ms >= CLOCK_DIFFERENCE_SHOWN_MS).then(|| self.words.say(told))
    }

    fn flags(&self, key: &StatementRef) -> impl Iterator<Item = &'static str> {
        let language = self.language();
        let flags = self.view.log.flags().iter().filter(move |flagged| flagged.about == *key);
        flags
            .map(move |flagged| flagged.flag.word(language))
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// Nothing for what is shown elsewhere: the second and further chunks of a recording.
    fn said(&self, stated: &Stated) -> Option<Said> {
        let kind = stated.statement.kind().word(self.language());
        Some(match &stated.statement.body {
            Body::PatrolStarted(start) => self.start(kind, (stated, start)),
            Body::LegStarted(leg) => self.leg(kind, (stated, leg)),
            Body::Entry(entry) => self.entry(stated, entry),
            Body::LegEnded(end) => Said::new(format!("{kind} {}", short(&end.leg.to_string())))
                .remark(Some(stated.key.to_string())),
            Body::PatrolEnded(_) => Said::new(kind).remark(Some(stated.key.to_string())),
            Body::Track(_) => self.track(kind, self.track_of(stated)?),
            Body::Waypoint(waypoint) => self.waypoint(kind, waypoint),
            Body::Planning(planning) => self.planning(kind, (stated, planning)),
            Body::Attachment(attachment) => Said {
                text: attachment.caption.as_ref().map(ToString::to_string),
                ..Said::new(format!("{kind} {} · {}", stated.key, attachment.media.code()))
            },
            _ => return self.beside(kind, stated),
        })
    }

    fn start(&self, kind: &str, (stated, start): (&Stated, &PatrolStart)) -> Said {
        let controller = start.controlling_representative.as_ref();
        let controller = controller.map(|name| Message::new("log-controller").with("name", name.to_string()));
        let leader = start.leader.map(|leader| self.named(stated, leader));
        let leader = leader.map(|name| Message::new("log-leader").with("name", name));
        let mut said = Said::new(format!("{kind}, {}", start.mode.word(self.language())))
            .remark(start.area_component.map(|area| area.word(self.language()).to_owned()))
            .remark(controller.map(|message| self.words.say(message)))
            .remark(leader.map(|message| self.words.say(message)))
            .remark(Some(stated.key.to_string()));
        said.text = start.task.as_ref().map(ToString::to_string);
        said
    }

    /// What is planned, and whether it still stands.
    fn planning(&self, kind: &str, (stated, planning): (&Stated, &Planning)) -> Said {
        let mut said = match planning {
            Planning::Planned(plan) => self.plan(kind, plan),
            Planning::Assigned(assigned) => self.crew(kind, (stated, &assigned.crew)),
            Planning::Answered(said) => Said {
                text: said.note.as_ref().map(ToString::to_string),
                ..Said::new(format!("{kind}: {}", said.answer.word(self.language())))
            },
            Planning::Cancelled(cancelled) => {
                Said { text: Some(cancelled.reason.to_string()), ..Said::new(kind) }
            }
            // Stands in no patrol's log.
            Planning::Available(_) => Said::new(kind),
        };
        let stands = PlannedPatrol::of(&self.view.log).stands(stated);
        said.remarks.extend((!stands).then(|| self.words.say("log-replaced")));
        said
    }

    fn plan(&self, kind: &str, plan: &PatrolPlan) -> Said {
        let route = plan.route.as_ref().map(|route| {
            let told = Message::new("log-route").with("route", route.to_string());
            self.words.say(told)
        });
        let representative = Message::new("log-planned-with").with("name", plan.representative.to_string());
        let mut said = Said::new(format!("{kind}: {}, {}", plan.sector, span(&plan.window)))
            .remark(Some(plan.mode.word(self.language()).to_owned()))
            .remark(Some(plan.area_component.word(self.language()).to_owned()))
            .remark(plan.transport.map(|transport| transport.word(self.language()).to_owned()))
            .remark(Some(self.words.say(representative)));
        let lines: Vec<String> = plan.task.iter().map(ToString::to_string).chain(route).collect();
        said.text = (!lines.is_empty()).then(|| lines.join("\n"));
        said
    }

    fn crew(&self, kind: &str, (stated, crew): (&Stated, &Crew)) -> Said {
        let members: Vec<String> = crew.members().iter().map(|member| self.named(stated, member)).collect();
        let leader = Message::new("log-leader").with("name", self.named(stated, crew.leader()));
        Said::new(format!("{kind}: {}", members.join(", "))).remark(Some(self.words.say(leader)))
    }

    /// A member beside others in a line, with a mark where it is not sure who it was.
    fn named(&self, stated: &Stated, member: MemberId) -> String {
        let who = self.view.holder_in(stated, Some(member));
        let names = who.names.join(" / ");
        if who.is_sure { names } else { format!("{names} (?)") }
    }

    fn leg(&self, kind: &str, (stated, leg): (&Stated, &LegStart)) -> Said {
        let members: Vec<String> = leg.members.iter().map(|member| self.named(stated, member)).collect();
        let members = (!members.is_empty()).then(|| members.join(", "));
        let id = short(&leg.leg.to_string());
        Said::new(format!("{kind} {id}, {}", leg.transport.word(self.language())))
            .remark(members)
            .remark(Some(stated.key.to_string()))
    }

    fn track_of(&self, stated: &Stated) -> Option<&LoggedTrack> {
        let tracks = self.view.log.tracks().iter();
        tracks
            .into_iter()
            .find(|track| (&track.key, track.author) == (&stated.key, stated.author))
    }

    fn track(&self, kind: &str, track: &LoggedTrack) -> Said {
        let points = track.track.points().count();
        let counted = Message::new("log-points")
            .with("points", points)
            .with("segments", track.track.segments().len());
        let name = track.name.as_ref().map(|name| format!(" «{name}»")).unwrap_or_default();
        Said::new(format!("{kind}{name}, {}", self.words.say(counted)))
            .remark(track.leg.map(|leg| self.on_leg(leg)))
            .remark(Some(track.source.word(self.language()).to_owned()))
    }

    fn on_leg(&self, leg: LegId) -> String {
        self.words.say(Message::new("log-on-leg").with("leg", short(&leg.to_string())))
    }

    fn waypoint(&self, kind: &str, waypoint: &Waypoint) -> Said {
        let name = waypoint.name.as_ref().map(|name| format!(" «{name}»")).unwrap_or_default();
        let mut said = Said::new(format!("{kind}{name}"))
            .remark(waypoint.point.coordinates.map(degrees))
            .remark(waypoint.point.time.map(|time| time.to_string()))
            .remark(Some(waypoint.source.word(self.language()).to_owned()));
        said.text = waypoint.comment.as_ref().map(ToString::to_string);
        said
    }
}

/// To the hundred-thousandth of a degree, which is a metre: as receivers and maps of paper have it.
fn degrees(coordinates: Coordinates) -> String {
    format!("{:.5}, {:.5}", coordinates.latitude(), coordinates.longitude())
}
