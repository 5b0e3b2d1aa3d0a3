//! Pages out of the roster's index.
//!
//! Where few persons have something of what is asked for, a squad, a state or how a word begins, these are gathered first and
//! then looked through. Everything else is walked in order until the page is full, which is soon, because much of it fits.

use std::fmt;
use std::str::FromStr;

use jasaq_model::ids::{PersonId, SquadId};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, params_from_iter};

use super::{COLUMNS, RosterRow, Vault, VaultRefused, made, read, term_of_squad, term_of_state};

/// As many names as are sooner gathered and put in order than walked past. Every twentieth name of a hundred thousand has such
/// a word, so that a walk finds a page of them among two thousand.
const GATHERED_MAX: u32 = 5_000;

/// The same where several things are asked for: nobody may have all of them, and then a walk would be one past everybody.
const GATHERED_TOGETHER_MAX: u32 = 20_000;

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
    /// Each begins a word of the name.
    pub(crate) words: Vec<&'a str>,
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
        let (sql, values) = statement_of(connection, ask)?;
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(values), read)?;
        let mut rows: Vec<(i64, RosterRow)> = rows.collect::<rusqlite::Result<_>>()?;
        let is_more = rows.len() > ask.limit;
        rows.truncate(ask.limit);
        let spread = made(connection)?.map_or(0, |(_, spread)| spread);
        let last = rows.last().filter(|_| is_more);
        let next = last.map(|(rank, row)| RosterCursor { spread, rank: *rank, person: row.person });
        Ok((rows.into_iter().map(|(_, row)| row).collect(), next))
    }
}

/// The statement that gives one row more than was asked for, so that it is known whether there is one.
fn statement_of(connection: &Connection, ask: &RosterAsk<'_>) -> Result<(String, Vec<Value>), VaultRefused> {
    let mut sql = format!("SELECT {COLUMNS} FROM roster WHERE rank > ?");
    let mut values = vec![Value::Integer(rank_behind(connection, ask.after)?)];
    let state = ask.state.map(term_of_state);
    let squad = ask.squad.as_ref().map(term_of_squad);
    let words = ask
        .words
        .iter()
        .map(|word| Range { from: (*word).to_owned(), to: format!("{word}{}", char::MAX) });
    // Nothing stands between a term and the same with a blank behind it.
    let exactly = state
        .iter()
        .chain(&squad)
        .map(|term| Range { from: term.clone(), to: format!("{term} ") });
    for Range { from, to } in gathered(connection, words.chain(exactly).collect())? {
        sql.push_str(" AND rank IN (SELECT rank FROM roster_terms WHERE term >= ? AND term < ?)");
        values.extend([from, to].map(Value::Text));
    }
    if let Some(state) = ask.state {
        sql.push_str(" AND state = ?");
        values.push(Value::Text(state.to_owned()));
    }
    if let Some(squad) = squad {
        sql.push_str(" AND EXISTS (SELECT 1 FROM roster_terms t WHERE t.term = ? AND t.rank = roster.rank)");
        values.push(Value::Text(squad));
    }
    for word in &ask.words {
        sql.push_str(" AND instr(folded, ?)");
        values.push(Value::Text(format!(" {word}")));
    }
    sql.push_str(" ORDER BY rank LIMIT ?");
    values.push(Value::Integer(i64::try_from(ask.limit).unwrap_or(i64::MAX).saturating_add(1)));
    Ok((sql, values))
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

/// Terms from one to before another.
#[derive(Debug, Clone)]
struct Range {
    from: String,
    to: String,
}

/// What is gathered of these: the one that fewest persons have, if few do. If none is rare by itself, all that may be rare
/// together; the page is to have those who are in each.
fn gathered(connection: &Connection, ranges: Vec<Range>) -> Result<Vec<Range>, VaultRefused> {
    let mut count = connection.prepare_cached(
        "SELECT count(*) FROM (SELECT 1 FROM roster_terms WHERE term >= ?1 AND term < ?2 LIMIT ?3)",
    )?;
    let mut count = |range: &Range, most: u32| -> Result<u32, VaultRefused> {
        Ok(count.query_row((&range.from, &range.to, most), |row| row.get(0))?)
    };
    let (mut fewest, mut rarest) = (GATHERED_MAX, None);
    for range in &ranges {
        let found = count(range, fewest)?;
        if found < fewest {
            (fewest, rarest) = (found, Some(range.clone()));
        }
    }
    if rarest.is_some() || ranges.len() < 2 {
        return Ok(rarest.into_iter().collect());
    }
    let mut gathered = Vec::new();
    for range in ranges {
        if count(&range, GATHERED_TOGETHER_MAX)? < GATHERED_TOGETHER_MAX {
            gathered.push(range);
        }
    }
    Ok(gathered)
}
