//! Pages out of the roster's index.
//!
//! Where few persons have something of what is asked for, a squad, a state or how a word begins, these are gathered first and
//! then looked through; of several things what they have in common is gathered, out of the terms alone, before a row is looked
//! at. What is common by itself is walked in order until the page is full, which is soon, because much of it fits. The bounds
//! are small in tests, so that two hundred persons go each way.

use std::fmt;
use std::str::FromStr;

use jasaq_model::ids::{PersonId, SquadId};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, params_from_iter};

use super::{COLUMNS, RosterRow, Vault, VaultRefused, made, read, term_of_squad, term_of_state};

/// As many names as are sooner gathered and put in order than walked past. Every twentieth name of a hundred thousand has such
/// a word, so that a walk finds a page of them among two thousand.
const GATHERED_MAX: u32 = if cfg!(test) { 20 } else { 5_000 };

/// As many where several things are asked for: what is commoner is looked for in the rows of the others.
const GATHERED_TOGETHER_MAX: u32 = if cfg!(test) { 70 } else { 40_000 };

/// As many terms are sooner read than one row of a person is looked at.
const TERMS_A_ROW: u32 = 16;

/// Where a page ended, as it may stand in an address: it names nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RosterCursor {
    spread: u32,
    rank: i64,
    person: PersonId,
}

/// What was given is no cursor of a roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no place in a roster")]
pub struct NotACursor;

impl fmt::Display for RosterCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}.{:x}.{}", self.spread, self.rank, self.person)
    }
}

impl FromStr for RosterCursor {
    type Err = NotACursor;

    fn from_str(written: &str) -> Result<Self, NotACursor> {
        let mut parts = written.split('.');
        let (Some(spread), Some(rank), Some(person), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NotACursor);
        };
        Ok(Self {
            spread: u32::from_str_radix(spread, 16).map_err(|_| NotACursor)?,
            rank: u64::from_str_radix(rank, 16).map_err(|_| NotACursor)?.cast_signed(),
            person: person.parse().map_err(|_| NotACursor)?,
        })
    }
}

/// What is asked for.
#[derive(Debug)]
pub(crate) struct RosterAsk<'a> {
    /// Each begins a word of the name, in one of its spellings.
    pub(crate) words: &'a [Vec<String>],
    pub(crate) squad: Option<SquadId>,
    pub(crate) state: Option<&'a str>,
    pub(crate) after: Option<RosterCursor>,
    pub(crate) limit: usize,
}

impl Vault {
    /// A page of the index, and where it ended if there is more.
    pub(crate) fn roster_page(
        connection: &Connection,
        ask: &RosterAsk<'_>,
    ) -> Result<(Vec<RosterRow>, Option<RosterCursor>), VaultRefused> {
        let behind = rank_behind(connection, ask.after)?;
        let mut rows = rows_behind(connection, ask, behind, &gathered(connection, ask)?)?;
        let is_more = rows.len() > ask.limit;
        rows.truncate(ask.limit);
        let spread = made(connection)?.map_or(0, |(_, spread)| spread);
        let last = rows.last().filter(|_| is_more);
        let next = last.map(|(rank, row)| RosterCursor { spread, rank: *rank, person: row.person });
        Ok((rows.into_iter().map(|(_, row)| row).collect(), next))
    }
}

impl RosterAsk<'_> {
    /// The terms of which whoever is asked for has one each, by the things asked for.
    fn things(&self) -> Vec<Thing> {
        let beginning = |from: &String| Range { to: format!("{from}{}", char::MAX), from: from.clone() };
        let words = self.words.iter().map(|spellings| spellings.iter().map(beginning).collect());
        // Nothing stands between a term and the same with a blank behind it.
        let exactly = self
            .state
            .map(term_of_state)
            .into_iter()
            .chain(self.squad.as_ref().map(term_of_squad));
        words
            .chain(exactly.map(|from| vec![Range { to: format!("{from} "), from }]))
            .collect()
    }
}

/// Who is asked for behind a rank, out of those who have each of the gathered things: one row more than is to be shown, so that
/// it is known whether there is one.
fn rows_behind(
    connection: &Connection,
    ask: &RosterAsk<'_>,
    behind: i64,
    gathered: &[Thing],
) -> Result<Vec<(i64, RosterRow)>, VaultRefused> {
    let mut sql = format!("SELECT {COLUMNS} FROM roster WHERE rank > ?");
    let mut values = vec![Value::Integer(behind)];
    put_gathered(&mut sql, &mut values, (gathered, behind));
    if let Some(state) = ask.state {
        sql.push_str(" AND state = ?");
        values.push(Value::Text(state.to_owned()));
    }
    if let Some(squad) = &ask.squad {
        sql.push_str(" AND EXISTS (SELECT 1 FROM roster_terms t WHERE t.term = ? AND t.rank = roster.rank)");
        values.push(Value::Text(term_of_squad(squad)));
    }
    for spellings in ask.words {
        sql.push_str(&any_of(" AND (", "instr(folded, ?)", spellings.len()));
        values.extend(spellings.iter().map(|word| Value::Text(format!(" {word}"))));
    }
    sql.push_str(" ORDER BY rank LIMIT ?");
    values.push(Value::Integer(i64::try_from(ask.limit).unwrap_or(i64::MAX).saturating_add(1)));
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// That a rank behind another stands in each of these: the terms of the last are read and looked for in what was gathered of the others, so the
/// commonest comes last.
fn put_gathered(sql: &mut String, values: &mut Vec<Value>, (things, behind): (&[Thing], i64)) {
    let Some((thing, rarer)) = things.split_last() else { return };
    let begin = " AND rank IN (SELECT rank FROM roster_terms WHERE (";
    sql.push_str(&any_of(begin, "term >= ? AND term < ?", thing.len()));
    let ends = thing.iter().flat_map(|Range { from, to }| [from, to]);
    values.extend(ends.map(|end| Value::Text(end.clone())));
    sql.push_str(" AND rank > ?");
    values.push(Value::Integer(behind));
    put_gathered(sql, values, (rarer, behind));
    sql.push(')');
}

/// This condition so many times, in parentheses: nothing stands beside it that would keep SQLite from using an index.
fn any_of(begin: &str, condition: &str, times: usize) -> String {
    format!("{begin}{})", vec![condition; times].join(" OR "))
}

/// Of what is asked for the things that are gathered, the rarest first; none if everything is so common that a walk finds a page
/// of it soon.
fn gathered(connection: &Connection, ask: &RosterAsk<'_>) -> Result<Vec<Thing>, VaultRefused> {
    let things = ask.things();
    let most = if things.len() > 1 { GATHERED_TOGETHER_MAX } else { GATHERED_MAX };
    let (mut counted, mut rarest) = (Vec::new(), most);
    for thing in things {
        // Counted no further than it takes to know that it is too common.
        let bound = most.min(TERMS_A_ROW.saturating_mul(rarest.saturating_add(1)));
        let count = count(connection, &thing, bound)?;
        rarest = rarest.min(count);
        counted.push((count, thing));
    }
    counted.sort_by_key(|(count, _)| *count);
    let is_gathered = |count: u32| count < most && count / TERMS_A_ROW <= rarest;
    let gathered = counted.into_iter().filter(|(count, _)| is_gathered(*count));
    Ok(gathered.map(|(_, thing)| thing).collect())
}

/// The rank behind which a page begins. After the ranks were spread again it is that of the last person shown; if he is gone
/// too, the roster is shown from its beginning.
fn rank_behind(connection: &Connection, after: Option<RosterCursor>) -> Result<i64, VaultRefused> {
    let Some(RosterCursor { spread, rank, person }) = after else { return Ok(i64::MIN) };
    if made(connection)?.is_some_and(|(_, now)| now == spread) {
        return Ok(rank);
    }
    let mut statement = connection.prepare_cached("SELECT rank FROM roster WHERE person = ?1")?;
    let now = statement.query_row([person.as_bytes()], |row| row.get(0)).optional()?;
    Ok(now.unwrap_or(i64::MIN))
}

/// One thing that is asked for, in its spellings.
type Thing = Vec<Range>;

/// Terms from one to before another.
#[derive(Debug)]
struct Range {
    from: String,
    to: String,
}

/// How many have a thing, up to a bound.
fn count(connection: &Connection, thing: &Thing, most: u32) -> Result<u32, VaultRefused> {
    let mut count = connection.prepare_cached(
        "SELECT count(*) FROM (SELECT 1 FROM roster_terms WHERE term >= ?1 AND term < ?2 LIMIT ?3)",
    )?;
    let mut all = 0_u32;
    for Range { from, to } in thing {
        all = all.saturating_add(count.query_row((from, to, most), |row| row.get(0))?);
    }
    Ok(all)
}
