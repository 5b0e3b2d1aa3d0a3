//! What the demo says at the end: a table for people, one object for programs, and what to try.

use std::path::Path;

use jasaq_fieldbook::model::ids::hexadecimal;
use jasaq_fieldbook::{ContactReport, SatchelReport};
use serde_json::{Value, json};

use super::cast::Part;
use super::day::Written;
use super::exchange::Rounds;
use super::register::Roster;
use super::sealing::{BOOK, KEYS, Sealed};
use super::tracks::Imported;
use super::verdict::{Compared, Seen, Verdict};
use crate::arguments::codes::short_code;
use crate::commands::{import_report_json, import_report_text};
use crate::failure::Class;
use crate::output::Reply;
use crate::program::Program;
use crate::table::{Columns, short};
use crate::words::{Message, Words};

/// The whole day.
pub(super) struct Day {
    pub(super) written: Written,
    pub(super) imports: Vec<Imported>,
    pub(super) satchel: SatchelReport,
    pub(super) rounds: Rounds,
    pub(super) verdict: Verdict,
    pub(super) roster: Roster,
    pub(super) sealed: Sealed,
    /// The relay's database, once it was closed.
    pub(super) relay_file_bytes: u64,
}

/// Sums over all devices.
#[derive(Default)]
struct Sums {
    requests: usize,
    bytes_up: u64,
    bytes_down: u64,
}

impl Sums {
    fn of<'a>(reports: impl Iterator<Item = &'a ContactReport>) -> Self {
        reports.fold(Self::default(), |sums, report| Self {
            requests: sums.requests + report.requests,
            bytes_up: sums.bytes_up + report.bytes_up,
            bytes_down: sums.bytes_down + report.bytes_down,
        })
    }
}

impl Day {
    /// Everything that is to be said. It fell short if anything was lost or shown differently.
    pub(super) fn reply(&self, program: &Program, kept: Option<&Path>) -> Reply {
        let reply = Reply::new(self.to_json(kept)).text(self.to_text(&program.words, kept));
        if self.is_well() { reply } else { reply.falling_short(Class::Storage) }
    }

    fn is_well(&self) -> bool {
        self.verdict.lost == 0
            && self.verdict.has_converged()
            && self.points_came()
            && self.roster.phone_knows
            && self.roster.flagged > 0
            && self.sealed.is_well()
    }

    /// Whether every member shows every imported point and place.
    fn points_came(&self) -> bool {
        let (points, waypoints) = self.imported();
        let mut members = Part::MEMBERS.into_iter().filter_map(|part| self.verdict.seen_by(part));
        members.all(|seen| (seen.points, seen.waypoints) == (points, waypoints))
    }

    fn imported(&self) -> (usize, usize) {
        self.imports.iter().fold((0, 0), |(points, waypoints), import| {
            (points + import.report.points, waypoints + import.report.waypoints)
        })
    }

    fn to_json(&self, kept: Option<&Path>) -> Value {
        let verdict = &self.verdict;
        let entries_at = |part| verdict.seen_by(part).map_or(0, |seen| seen.entries);
        let day = Sums::of(verdict.seen.iter().map(|seen| &seen.traffic));
        let setup = Sums::of(verdict.seen.iter().map(|seen| &seen.setup));
        let (points, waypoints) = self.imported();
        let imports = self.imports.iter().map(|import| {
            json!({ "file": import.file, "by": import.by.folder(), "report": import_report_json(&import.report) })
        });
        json!({
            "devices": verdict.seen.len(),
            "entries_written": self.written.count(),
            "entries_at_head": entries_at(Part::Head),
            "entries_at_ss": entries_at(Part::Ss),
            "lost": verdict.lost,
            "converged": verdict.has_converged(),
            "register": {
                "registered": self.roster.registered,
                "eligible": self.roster.eligible,
                "struck_off": self.roster.struck_off.folder(),
                "phone_knows": self.roster.phone_knows,
                "flagged": self.roster.flagged,
            },
            "page": self.sealed.to_json(),
            "points": points,
            "waypoints": waypoints,
            "points_at_ss": verdict.seen_by(Part::Ss).map_or(0, |seen| seen.points),
            "waypoints_at_ss": verdict.seen_by(Part::Ss).map_or(0, |seen| seen.waypoints),
            "bytes_up": day.bytes_up,
            "bytes_down": day.bytes_down,
            "requests": day.requests,
            "rounds": { "push": self.rounds.push, "pull": self.rounds.pull, "acks": self.rounds.acks },
            "setup": { "requests": setup.requests, "bytes_up": setup.bytes_up, "bytes_down": setup.bytes_down },
            "relay_file_bytes": self.relay_file_bytes,
            "satchel": { "envelopes": self.satchel.envelopes, "new": self.satchel.new, "bytes": self.satchel.bytes },
            "imports": imports.collect::<Vec<_>>(),
            "patrols": verdict.compared.iter().map(patrol_json).collect::<Vec<_>>(),
            "by_device": verdict.seen.iter().map(seen_json).collect::<Vec<_>>(),
            "kept": kept,
            "try": kept.map(commands_to_try),
        })
    }

    fn to_text(&self, words: &Words, kept: Option<&Path>) -> String {
        let mut lines = vec![self.table(words)];
        for import in &self.imports {
            lines.push(format!("{}: {}", import.file, import_report_text(&import.report, words)));
        }
        let satchel = Message::new("demo-satchel")
            .with("new", self.satchel.new)
            .with("bytes", self.satchel.bytes);
        lines.push(words.say(satchel));
        let rounds = Message::new("demo-rounds")
            .with("push", self.rounds.push)
            .with("pull", self.rounds.pull)
            .with("acks", self.rounds.acks)
            .with("bytes", self.relay_file_bytes);
        lines.push(words.say(rounds));
        for compared in &self.verdict.compared {
            let id = if compared.is_alike { "demo-patrol-alike" } else { "demo-patrol-differs" };
            let message = Message::new(id).with("patrol", short(&compared.patrol.to_string()));
            lines.push(words.say(message.with("digest", hexadecimal(&compared.digest))));
        }
        let roster = Message::new("demo-register")
            .with("registered", self.roster.registered)
            .with("eligible", self.roster.eligible)
            .with("device", self.roster.struck_off.folder())
            .with("flagged", self.roster.flagged);
        lines.push(words.say(roster));
        let numbers: Vec<String> = self.sealed.pages.iter().map(|page| page.number.to_string()).collect();
        let sealed = Message::new(if self.sealed.is_well() { "demo-sealed" } else { "demo-not-sealed" })
            .with("same", self.sealed.same_events)
            .with("differences", self.sealed.differences)
            .with("late", self.sealed.late)
            .with("pages", numbers.join(", "));
        lines.push(words.say(sealed));
        let verdict = if self.is_well() { "demo-well" } else { "demo-not-well" };
        let verdict = Message::new(verdict)
            .with("written", self.written.count())
            .with("lost", self.verdict.lost);
        lines.push(words.say(verdict));
        if let Some(folder) = kept {
            lines.push(words.say(Message::new("demo-kept").with("folder", folder.display().to_string())));
            lines.extend(commands_to_try(folder).iter().map(|command| format!("  {command}")));
        }
        lines.join("\n")
    }

    fn table(&self, words: &Words) -> String {
        let headings = [
            "column-device",
            "column-written",
            "column-shown",
            "column-points",
            "column-requests",
            "column-bytes",
            "column-custody",
        ];
        let mut columns = Columns::new(words, &headings);
        for seen in &self.verdict.seen {
            let own = Some(seen.own).filter(|own| own.total() > 0);
            columns.row([
                name_of(seen.part),
                own.map(|own| own.total().to_string()).unwrap_or_default(),
                seen.entries.to_string(),
                seen.points.to_string(),
                seen.traffic.requests.to_string(),
                format!("{}/{}", seen.traffic.bytes_up, seen.traffic.bytes_down),
                // By the acks in the author's own vault.
                own.map(|own| format!("{}/{}", own.with_ss, own.total())).unwrap_or_default(),
            ]);
        }
        let sums = Sums::of(self.verdict.seen.iter().map(|seen| &seen.traffic));
        let with_ss: u64 = self.verdict.seen.iter().map(|seen| seen.own.with_ss).sum();
        columns.row([
            words.say("demo-sum"),
            self.written.count().to_string(),
            String::new(),
            self.imported().0.to_string(),
            sums.requests.to_string(),
            format!("{}/{}", sums.bytes_up, sums.bytes_down),
            format!("{with_ss}/{}", self.written.count()),
        ]);
        columns.to_string()
    }
}

/// Its folder, and whose it is.
fn name_of(part: Part) -> String {
    let (full_name, _) = part.card().unwrap_or_default();
    format!("{} {full_name}", part.folder()).trim_end().to_owned()
}

fn patrol_json(compared: &Compared) -> Value {
    json!({ "patrol": compared.patrol, "digest": hexadecimal(&compared.digest), "alike": compared.is_alike })
}

fn seen_json(seen: &Seen) -> Value {
    json!({
        "device": seen.part.folder(),
        "role": short_code(seen.part.role()),
        "entries": seen.entries,
        "points": seen.points,
        "waypoints": seen.waypoints,
        "requests": seen.traffic.requests,
        "bytes_up": seen.traffic.bytes_up,
        "bytes_down": seen.traffic.bytes_down,
        "unsettled": seen.unsettled,
        "own_entries": {
            "total": seen.own.total(),
            "on_this_phone": seen.own.on_this_phone,
            "at_relay": seen.own.at_relay,
            "with_head": seen.own.with_head,
            "with_ss": seen.own.with_ss,
        },
    })
}

/// Commands that work on what was kept, written as a shell takes them.
fn commands_to_try(folder: &Path) -> [String; 4] {
    let program = std::env::args().next().unwrap_or_else(|| "jasaq".to_owned());
    let quoted = |path: &Path| quote(&path.display().to_string());
    let (program, head, ss) = (quote(&program), quoted(&folder.join("head")), quoted(&folder.join("ss")));
    let file = quoted(&folder.join("patrol.geojson"));
    let (book, keys) = (quoted(&folder.join(BOOK)), quoted(&folder.join(KEYS)));
    [
        format!("{program} --home {head} patrol show"),
        format!("{program} --home {ss} page show 2026-1"),
        format!("{program} book verify {book} --keys {keys}"),
        format!("{program} --home {head} track export --format geojson --output {file}"),
    ]
}

/// A word as a POSIX shell reads it back.
fn quote(word: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '/' | '.' | '_' | '-');
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_blanks_and_quotes_is_one_word_to_the_shell() {
        assert_eq!(quote("/tmp/demo-1"), "/tmp/demo-1");
        assert_eq!(quote("/tmp/Айдостың үйі"), "'/tmp/Айдостың үйі'");
        assert_eq!(quote("it's"), r"'it'\''s'");
    }
}
