//! `patrol rota`: who can come on which days of a month, by his own word, and who is named when.

use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::planning::CanCome;
use jasaq_fieldbook::{Kept, Rota, RotaMember};
use serde_json::{Map, Value, json};

use super::shown::{head, planned_json};
use crate::commands::meant;
use crate::failure::Failure;
use crate::output::{Reply, with_fields};
use crate::program::{Program, surroundings};
use crate::table::short;
use crate::words::{Message, Words};

/// Letters of a name beside the days: with a month of days it fits into eighty columns.
const NAME_LETTERS_MAX: usize = 16;

/// The members by the days of a month.
pub(in crate::commands) fn rota(program: &Program, month: Option<Day>) -> Result<Reply, Failure> {
    let month = month.unwrap_or_else(|| surroundings().now().moment().day());
    let (from, to) = (month.first_of_month(), month.last_of_month());
    let rota = program.with_fieldbook(|fieldbook| {
        let reads = fieldbook.reads(Kept::Cards)?;
        Ok(if reads { Some(fieldbook.rota((from, to))?) } else { None })
    })?;
    let json = json!({ "from": from, "until": to, "members": null, "patrols": null });
    let Some(rota) = rota else { return Ok(meant::not_read(&program.words, Kept::Cards, json)) };
    let more = json!({
        "members": rota.members.iter().map(|member| member_json(&program.words, member)).collect::<Vec<_>>(),
        "patrols": rota.plans.iter().map(|plan| {
            with_fields(planned_json(&plan.view, plan.phase), json!({ "patrol": plan.view.patrol }))
        }).collect::<Vec<_>>(),
    });
    Ok(Reply::new(with_fields(json, more)).text(to_text(&program.words, &rota)))
}

fn member_json(words: &Words, member: &RotaMember) -> Value {
    let card = &member.card;
    let can_come: Map<String, Value> =
        member.can_come.iter().map(|(day, can)| (day.to_string(), json!(can))).collect();
    let named = member.named.iter().flat_map(|(day, patrols)| {
        let one = move |(patrol, answer)| json!({ "day": day, "patrol": patrol, "answer": answer });
        patrols.iter().copied().map(one)
    });
    json!({
        "member": card.member,
        "name": card.full_name,
        "eligible": card.eligible,
        "as_of": card.as_of,
        "sentence": card.sentence(words.language()),
        "can_come": can_come,
        "named": named.collect::<Vec<_>>(),
    })
}

fn to_text(words: &Words, rota: &Rota) -> String {
    let month: String = rota
        .days
        .first()
        .map(Day::to_string)
        .unwrap_or_default()
        .chars()
        .take("2026-03".len())
        .collect();
    if rota.members.is_empty() {
        return words.say("rota-nobody");
    }
    let numbers = (1..=rota.days.len()).map(|number| format!("{number:2}"));
    let mut lines = vec![format!("{month:NAME_LETTERS_MAX$}{}", numbers.collect::<String>())];
    lines.extend(rota.members.iter().map(|member| line(member, &rota.days)));
    lines.push(words.say("rota-legend"));
    let may_not = rota.members.iter().filter(|member| !member.card.eligible);
    lines
        .extend(may_not.map(|member| {
            format!("! {}: {}", member.card.full_name, member.card.sentence(words.language()))
        }));
    for plan in &rota.plans {
        let patrol = Message::new("log-of").with("patrol", short(&plan.view.patrol.to_string()));
        lines.push(format!("\n{}", words.say(patrol)));
        lines.extend(
            head(words, (&plan.view, plan.phase))
                .into_iter()
                .map(|line| format!("  {line}")),
        );
    }
    lines.join("\n")
}

/// A member's days: two letters each, under their numbers.
fn line(member: &RotaMember, days: &[Day]) -> String {
    let name = member.card.full_name.as_str();
    let shown: String = if name.chars().count() > NAME_LETTERS_MAX {
        name.chars().take(NAME_LETTERS_MAX - 1).chain(['…']).collect()
    } else {
        name.to_owned()
    };
    let marks = days.iter().map(|day| {
        let can_come = member.can_come.get(day);
        let can_come = match can_come {
            Some(CanCome::Yes) => '+',
            Some(CanCome::No) => '-',
            None => '·',
        };
        let named = if member.named.contains_key(day) { '*' } else { ' ' };
        format!("{named}{can_come}")
    });
    format!("{shown:NAME_LETTERS_MAX$}{}", marks.collect::<String>())
}
