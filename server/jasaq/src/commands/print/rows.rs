//! The short tables of a page: who was there, from which phones it comes, how they moved, what was marked, told and flagged.

use jasaq_fieldbook::model::mark::{GapCause, MarkKind};
use jasaq_fieldbook::model::page::{AttendanceState, MemberLine};
use jasaq_fieldbook::model::patrol::Transport;
use jasaq_fieldbook::model::patrol_log::Flag;
use jasaq_fieldbook::model::settling::ExcuseReason;

use super::in_words::InWords;
use crate::table::short;
use crate::words::Message;

/// Number, name, certificate, whether he was there, whether he might go, minutes.
pub(super) fn members(it: &InWords<'_>) -> Vec<[String; 6]> {
    let lines = it.page.members.iter().enumerate();
    lines.map(|(place, member)| member_row(it, (place, member))).collect()
}

fn member_row(it: &InWords<'_>, (place, member): (usize, &MemberLine)) -> [String; 6] {
    let shown = |field: &str, commitment: Option<_>| {
        commitment.map(|commitment| it.shown(&format!("/members/{place}/{field}"), commitment))
    };
    let id = short(&member.member);
    let name = shown("name", member.name.as_ref());
    let name = name.map_or_else(
        || it.say(Message::new("paper-no-card").with("id", id.clone())),
        |name| format!("{name} ({id})"),
    );
    let attended = AttendanceState::from_code(&member.attended);
    let attended = attended
        .map_or_else(|| member.attended.clone(), |attended| attended.word(it.words.language()).to_owned());
    let card = member.eligible.zip(member.card_of.as_deref()).map(|(eligible, day)| {
        let id = if eligible { "paper-might-go" } else { "paper-might-not-go" };
        it.say(Message::new(id).with("day", day.to_owned()))
    });
    [
        (place + 1).to_string(),
        name,
        shown("certificate", member.certificate.as_ref()).unwrap_or_default(),
        attended,
        card.unwrap_or_default(),
        member.minutes.map(|minutes| minutes.to_string()).unwrap_or_default(),
    ]
}

/// Number, whose, statements, envelopes missing, why it was not waited for.
pub(super) fn phones(it: &InWords<'_>) -> Vec<[String; 5]> {
    let lines = it.page.phones.iter().enumerate();
    lines
        .map(|(place, phone)| {
            let note = phone.note.as_ref();
            let note = note.map(|note| it.shown(&format!("/phones/{place}/note"), note));
            let excused = phone.excused.as_ref().map(|code| {
                let reason = ExcuseReason::from_code(code);
                let reason = reason.map_or(code.as_str(), |reason| reason.word(it.words.language()));
                joined([reason, note.as_deref().unwrap_or_default()])
            });
            [
                (place + 1).to_string(),
                phone.member.as_deref().map(|member| it.member(member)).unwrap_or_default(),
                phone.statements.to_string(),
                phone.missing.to_string(),
                excused.unwrap_or_default(),
            ]
        })
        .collect()
}

/// How, from, until, who.
pub(super) fn legs(it: &InWords<'_>) -> Vec<[String; 4]> {
    let lines = it.page.legs.iter();
    lines
        .map(|leg| {
            let transport = leg.transport.as_deref();
            let transport = transport.map(|code| {
                Transport::from_code(code).map_or(code, |transport| transport.word(it.words.language()))
            });
            let members: Vec<String> = leg.members.iter().map(|member| it.member(member)).collect();
            [
                transport.unwrap_or_default().to_owned(),
                InWords::time_if(leg.from.as_ref()),
                InWords::time_if(leg.until.as_ref()),
                late(it, members.join(", "), leg.late),
            ]
        })
        .collect()
}

/// Phone, from, until, metres, points, pieces missing.
pub(super) fn tracks(it: &InWords<'_>) -> Vec<[String; 6]> {
    let lines = it.page.tracks.iter();
    lines
        .map(|track| {
            [
                it.phone(&track.device),
                InWords::time_if(track.from.as_ref()),
                late(it, InWords::time_if(track.until.as_ref()), track.late),
                track.metres.to_string(),
                track.points.to_string(),
                track.missing.to_string(),
            ]
        })
        .collect()
}

/// What, from, until, cause and note, phone.
pub(super) fn marks(it: &InWords<'_>) -> Vec<[String; 5]> {
    let language = it.words.language();
    let lines = it.page.marks.iter().enumerate();
    lines
        .map(|(place, mark)| {
            let what = MarkKind::from_code(&mark.what).map_or(mark.what.as_str(), |kind| kind.word(language));
            let cause = mark.cause.as_deref();
            let cause =
                cause.map(|code| GapCause::from_code(code).map_or(code, |cause| cause.word(language)));
            let note = mark.note.as_ref();
            let note = note.map(|note| it.shown(&format!("/marks/{place}/note"), note));
            let [device, _] = &mark.by;
            [
                what.to_owned(),
                InWords::time(&mark.at),
                InWords::time_if(mark.until.as_ref()),
                late(it, joined([cause.unwrap_or_default(), note.as_deref().unwrap_or_default()]), mark.late),
                it.phone(device),
            ]
        })
        .collect()
}

/// Learned, told by voice, minutes between, confirmed, answered, phone.
pub(super) fn notices(it: &InWords<'_>) -> Vec<[String; 6]> {
    let lines = it.page.notices.iter();
    lines
        .map(|notice| {
            let [device, _] = &notice.by;
            let told = notice.told.as_ref();
            // What nobody told by voice nobody can confirm either.
            let confirmed = told.map(|_| it.say(if notice.confirmed { "paper-yes" } else { "paper-no" }));
            [
                InWords::time(&notice.learned),
                told.map_or_else(|| it.say("paper-not-by-voice"), |told| InWords::time(told)),
                notice.minutes.map(|minutes| minutes.to_string()).unwrap_or_default(),
                confirmed.unwrap_or_default(),
                InWords::time_if(notice.answered.as_ref()),
                it.phone(device),
            ]
        })
        .collect()
}

/// What looks wrong, and in which statement.
pub(super) fn flags(it: &InWords<'_>) -> Vec<[String; 2]> {
    let lines = it.page.flags.iter();
    lines
        .map(|[code, key]| {
            let word = Flag::from_code(code).map_or(code.as_str(), |flag| flag.word(it.words.language()));
            [word.to_owned(), key.clone()]
        })
        .collect()
}

/// What came after the page before says so.
pub(super) fn late(it: &InWords<'_>, said: String, is_late: bool) -> String {
    if is_late { joined([&said, &it.say("reconcile-late")]) } else { said }
}

/// Those of them that say something.
fn joined(parts: [&str; 2]) -> String {
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}
