//! A page on a terminal: the same words as on paper, in the same order.

use jasaq_printing::documents::{Item, PatrolPage, PrintedCase, PrintedEntry};

use crate::words::{Message, Words};

/// The whole page below its number and its hash.
pub(super) fn text_of(page: &PatrolPage, words: &Words) -> String {
    let mut lines: Vec<String> = page.about.iter().map(|item| line_of(item, "")).collect();
    section(&mut lines, words.say("page-plan"), items(&page.plan));
    section(&mut lines, words.say("reconcile-patrol"), items(&page.patrol));
    section(
        &mut lines,
        words.say("page-members"),
        page.members.iter().map(|member| member_of(member, words)),
    );
    section(
        &mut lines,
        words.say("reconcile-phones"),
        page.phones.iter().map(|phone| phone_of(phone, words)),
    );
    section(&mut lines, words.say("page-legs"), rows(&page.legs));
    section(&mut lines, words.say("page-tracks"), page.tracks.iter().map(|track| track_of(track, words)));
    section(
        &mut lines,
        words.say("reconcile-events"),
        page.entries.iter().flat_map(|entry| entry_of(entry, words)),
    );
    section(&mut lines, words.say("page-withdrawn"), page.withdrawn.iter().map(withdrawn_of));
    section(&mut lines, words.say("page-marks"), rows(&page.marks));
    section(
        &mut lines,
        words.say("paper-notices"),
        page.notices.iter().map(|notice| notice_of(notice, words)),
    );
    section(&mut lines, words.say("page-cases"), page.cases.iter().flat_map(case_of));
    section(&mut lines, words.say("page-flags"), flags_of(&page.flags));
    lines.push(String::new());
    lines.push(words.say(Message::new("page-rests-on").with("statements", page.statements)));
    lines.join("\n")
}

/// A caption with what stands below it, or nothing.
fn section(lines: &mut Vec<String>, caption: String, below: impl IntoIterator<Item = String>) {
    let mut below = below.into_iter().map(|line| format!("  {line}")).peekable();
    if below.peek().is_some() {
        lines.extend([String::new(), caption]);
        lines.extend(below);
    }
}

fn items(items: &[Item]) -> impl Iterator<Item = String> {
    items.iter().map(|item| line_of(item, ""))
}

fn line_of(item: &Item, before: &str) -> String {
    let value = item.value.as_deref().unwrap_or_default();
    let said = [value].into_iter().chain(item.notes.iter().map(String::as_str));
    format!("{before}{}: {}", item.caption, said.collect::<Vec<_>>().join(" · "))
}

/// Those cells of each row that say something.
fn rows<const N: usize>(rows: &[[String; N]]) -> impl Iterator<Item = String> {
    rows.iter().map(|row| {
        let cells: Vec<&str> = row.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        cells.join("  ")
    })
}

fn member_of(member: &[String; 6], words: &Words) -> String {
    let [said @ .., minutes] = member;
    let minutes = Some(minutes).filter(|minutes| !minutes.is_empty());
    let minutes =
        minutes.map(|minutes| words.say(Message::new("page-minutes").with("minutes", minutes.clone())));
    let said = said.iter().filter(|cell| !cell.is_empty()).cloned();
    said.chain(minutes).collect::<Vec<_>>().join("  ")
}

fn phone_of([number, whose, statements, missing, excused]: &[String; 5], words: &Words) -> String {
    let told = Message::new("page-phone")
        .with("number", number.clone())
        .with("member", whose.clone())
        .with("statements", statements.clone());
    let missing =
        (missing != "0").then(|| Message::new("page-phone-missing").with("missing", missing.clone()));
    let missing = missing.map(|missing| words.say(missing));
    let excused = Some(excused.clone()).filter(|excused| !excused.is_empty());
    [Some(words.say(told)), missing, excused]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

fn track_of([phone, from, until, metres, points, missing]: &[String; 6], words: &Words) -> String {
    let told = Message::new("page-track")
        .with("phone", phone.clone())
        .with("from", from.clone())
        .with("until", until.clone())
        .with("metres", metres.clone())
        .with("points", points.clone());
    let missing =
        (missing != "0").then(|| Message::new("page-track-missing").with("missing", missing.clone()));
    let missing = missing.map(|missing| words.say(missing));
    [Some(words.say(told)), missing]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

/// What the columns of the paper say by their headings.
fn notice_of([learned, told, minutes, confirmed, answered, phone]: &[String; 6], words: &Words) -> String {
    let say = |id: &'static str, said: &String| {
        (!said.is_empty()).then(|| words.say(Message::new(id).with("said", said.clone())))
    };
    // Whether it was told by voice, and when; the answer to that has a column of its own.
    let told = if confirmed.is_empty() { Some(told.clone()) } else { say("page-notice-told", told) };
    let parts = [
        Some(learned.clone()),
        told,
        say("page-notice-minutes", minutes),
        say("page-notice-confirmed", confirmed),
        say("page-notice-answered", answered),
        say("page-notice-phone", phone),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn entry_of(entry: &PrintedEntry, words: &Words) -> Vec<String> {
    let place = entry.place.replace('\n', " · ");
    let count = Some(&entry.count).filter(|count| !count.is_empty());
    let count = count.map(|count| words.say(Message::new("page-count").with("count", count.clone())));
    let head = [Some(entry.activity.clone()), count, Some(place)].into_iter().flatten();
    let head: Vec<String> = head.filter(|part| !part.is_empty()).collect();
    let told = words.say(Message::new("page-told-by").with("phones", entry.told_by.clone()));
    let mut lines = vec![format!("{}. {}  {}", entry.number, entry.time, head.join(" · "))];
    if !entry.text.is_empty() {
        lines.push(format!("     {}", entry.text));
    }
    lines.push(format!(
        "     {}",
        [told].into_iter().chain(entry.notes.clone()).collect::<Vec<_>>().join(" · ")
    ));
    lines
}

/// Struck through, as it does not stand.
fn withdrawn_of([what, by, said, back]: &[String; 4]) -> String {
    format!("{what}  {by}  ~~{said}~~  {back}")
}

fn case_of(case: &PrintedCase) -> Vec<String> {
    let mut lines = vec![format!("{}  {}", case.case, case.facts.join(" · "))];
    lines.extend(case.steps.iter().map(|step| format!("  {step}")));
    lines.extend(case.fields.iter().map(|field| line_of(field, "  ")));
    lines
}

/// Each thing that looks wrong once, with how many statements it is said of.
fn flags_of(flags: &[[String; 2]]) -> Vec<String> {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for [flag, _] in flags {
        match counted.iter_mut().find(|(known, _)| known == flag) {
            Some((_, count)) => *count += 1,
            None => counted.push((flag, 1)),
        }
    }
    counted.into_iter().map(|(flag, count)| format!("! {flag} ({count})")).collect()
}
