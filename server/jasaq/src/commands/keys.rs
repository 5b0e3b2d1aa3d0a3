//! Keys that do not open, as `status` and `doctor` tell of them: which, since when, who was asked, and who asks here.

use jasaq_fieldbook::model::roles::SpaceKind;
use jasaq_fieldbook::{DeviceView, MissingKey, RefusedKey, Status};
use serde_json::{Value, json};

use super::device::device_json;
use crate::table::{day_and_time, moment_of, short};
use crate::words::{Message, Words};

pub(super) fn missing_json(missing: &MissingKey) -> Value {
    json!({
        "space": missing.space.to_string(),
        "kind": missing.compartment.code(),
        "season": missing.season,
        "since": missing.since_ms.map(|ms| moment_of(ms).to_string()),
        "has_another": missing.has_another,
        "sealed": missing.sealed,
        "asked": missing.asked.iter().map(device_json).collect::<Vec<_>>(),
        "refused": missing.refused.iter().map(device_json).collect::<Vec<_>>(),
    })
}

pub(super) fn refused_json(refused: &RefusedKey) -> Value {
    json!({
        "device": device_json(&refused.device),
        "space": refused.space.to_string(),
        "kind": refused.compartment.code(),
        "season": refused.season,
        "is_given_again": refused.is_given_again,
        "from": refused.from.iter().map(device_json).collect::<Vec<_>>(),
    })
}

/// What a person reads of them, a line each.
pub(super) fn lines(status: &Status, words: &Words) -> Vec<String> {
    let missing = status.missing_keys.iter().map(|missing| missing_line(missing, words));
    missing
        .chain(status.refused_keys.iter().map(|refused| refused_line(refused, words)))
        .collect()
}

fn missing_line(missing: &MissingKey, words: &Words) -> String {
    let of = |id| of_space(id, (missing.compartment, missing.season), words);
    let mut sentences = vec![match missing.since_ms {
        None => words.say(of("key-missing")),
        Some(ms) => words.say(of("key-missing-since").with("since", day_and_time(moment_of(ms)))),
    }];
    sentences.push(if missing.asked.is_empty() {
        words.say("key-nobody-to-ask")
    } else {
        words.say(Message::new("key-asked").with("devices", names(&missing.asked, words)))
    });
    if !missing.refused.is_empty() {
        sentences
            .push(words.say(Message::new("key-came-from").with("devices", names(&missing.refused, words))));
    }
    if missing.sealed > 0 {
        sentences.push(words.say(Message::new("key-sealed").with("count", missing.sealed)));
    }
    sentences.push(words.say(if missing.has_another { "key-has-another" } else { "key-has-no-other" }));
    sentences.join(" ")
}

fn refused_line(refused: &RefusedKey, words: &Words) -> String {
    let id = if refused.is_given_again { "key-given-again" } else { "key-given-in-vain" };
    let told = of_space(id, (refused.compartment, refused.season), words);
    let mut sentences = vec![words.say(told.with("device", name(&refused.device, words)))];
    if !refused.from.is_empty() {
        sentences.push(words.say(Message::new("key-came-from").with("devices", names(&refused.from, words))));
    }
    sentences.join(" ")
}

fn of_space(id: &'static str, (kind, season): (SpaceKind, u16), words: &Words) -> Message {
    Message::new(id)
        .with("space", kind.word(words.language()))
        .with("season", season.to_string())
}

fn names(devices: &[DeviceView], words: &Words) -> String {
    let names: Vec<String> = devices.iter().map(|view| name(view, words)).collect();
    names.join(", ")
}

/// `squad head 0b2f6a31`: ids are what `device list` shows.
fn name(view: &DeviceView, words: &Words) -> String {
    format!("{} {}", view.role.word(words.language()), short(&view.device.to_string()))
}

#[cfg(test)]
mod tests {
    use jasaq_fieldbook::model::roles::Role;
    use jasaq_fieldbook::model::words::Language;
    use jasaq_fieldbook::protocol::ids::{DeviceId, MemberId, SpaceId};

    use super::*;

    fn device(byte: u8, role: Role) -> DeviceView {
        DeviceView {
            device: DeviceId::from_bytes([byte; 32]),
            member: MemberId::from_bytes([byte; 16]),
            role,
            name: None,
            is_this: false,
            is_removed: false,
            added_by: DeviceId::from_bytes([0; 32]),
            witnesses: 0,
        }
    }

    fn missing() -> MissingKey {
        MissingKey {
            space: SpaceId::from_bytes([1; 16]),
            compartment: SpaceKind::Patrols,
            season: 2026,
            since_ms: None,
            has_another: false,
            sealed: 0,
            asked: Vec::new(),
            refused: Vec::new(),
        }
    }

    fn told(status: &Status, language: Language) -> String {
        lines(status, &Words::of(language)).join("\n")
    }

    #[test]
    fn a_missing_key_is_told_with_whom_to_wait_for_and_whose_did_not_open() {
        let asked = vec![device(0xaa, Role::SquadHead), device(0xbb, Role::StructuralSubdivision)];
        let refused = vec![device(0xcc, Role::SquadHead)];
        let known =
            MissingKey { since_ms: Some(0), asked, refused, sealed: 3, has_another: true, ..missing() };
        let status = Status { missing_keys: vec![missing(), known], ..Status::default() };
        for language in Language::ALL.iter().copied() {
            let (told, words) = (told(&status, language), Words::of(language));
            for part in ["2026", "1970", "aaaaaaaa", "bbbbbbbb", "cccccccc"] {
                assert!(told.contains(part), "{part}: {told}");
            }
            for id in ["key-nobody-to-ask", "key-has-another", "key-has-no-other"] {
                assert_eq!(told.matches(&words.say(id)).count(), 1, "{id}: {told}");
            }
        }
    }

    #[test]
    fn who_hands_keys_on_is_told_who_asked_and_whether_it_helped() {
        let refused = |is_given_again| RefusedKey {
            device: device(0xaa, Role::Volunteer),
            space: SpaceId::from_bytes([1; 16]),
            compartment: SpaceKind::Patrols,
            season: 2026,
            is_given_again,
            from: vec![device(0xcc, Role::SquadHead)],
        };
        for language in Language::ALL.iter().copied() {
            let status = |again| Status { refused_keys: vec![refused(again)], ..Status::default() };
            let [helped, did_not] = [true, false].map(|again| told(&status(again), language));
            assert!(
                [&helped, &did_not]
                    .iter()
                    .all(|told| told.contains("aaaaaaaa") && told.contains("cccccccc"))
            );
            assert_ne!(helped, did_not);
        }
    }
}
