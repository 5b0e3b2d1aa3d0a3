//! Pages out of the roster's index.
//!
//! Where few persons have something of what is asked for, a squad, a state or how a word begins, these are gathered first and
//! then looked through. Everything else is walked in order until the page is full, which is soon, because much of it fits. The
//! bounds are small in tests, so that two hundred persons go each way.

use std::fmt;
use std::str::FromStr;

use jasaq_model::ids::{PersonId, SquadId};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, params_from_iter};

use super::{COLUMNS, RosterRow, Vault, VaultRefused, made, read, term_of_squad, term_of_state};

/// As many names as are sooner gathered and put in order than walked past. Every twentieth name of a hundred thousand has such
/// a word, so that a walk finds a page of them among two thousand.
const GATHERED_MAX: u32 = if cfg!(test) { 20 } else { 5_000 };

/// As many where several things are asked for of which none is rare, and nearly nobody has all.
const GATHERED_TOGETHER_MAX: u32 = if cfg!(test) { 70 } else { 20_000 };

/// As many are walked past before that is believed. Ten thousand were tried and cost more than they found.
const WALKED_MAX: u32 = if cfg!(test) { 30 } else { 3_000 };

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
        let behind = rank_behind(connection, ask.after)?;
        let mut rows = match rarest(connection, &ask.ranges())? {
            Some(rare) => rows_between(connection, ask, (behind, i64::MAX), &[rare])?,
            None => rows_of_common(connection, ask, behind)?,
        };
        let is_more = rows.len() > ask.limit;
        rows.truncate(ask.limit);
        let spread = made(connection)?.map_or(0, |(_, spread)| spread);
        let last = rows.last().filter(|_| is_more);
        let next = last.map(|(rank, row)| RosterCursor { spread, rank: *rank, person: row.person });
        Ok((rows.into_iter().map(|(_, row)| row).collect(), next))
    }
}

impl RosterAsk<'_> {
    /// The terms of which whoever is asked for has one each.
    fn ranges(&self) -> Vec<Range> {
        let words = self.words.iter().map(|word| (*word).to_owned());
        let words = words.map(|from| Range { to: format!("{from}{}", char::MAX), from });
        // Nothing stands between a term and the same with a blank behind it.
        let exactly = self
            .state
            .map(term_of_state)
            .into_iter()
            .chain(self.squad.as_ref().map(term_of_squad));
        words
            .chain(exactly.map(|from| Range { to: format!("{from} "), from }))
            .collect()
    }
}

/// Who is asked for behind one rank and up to another, out of those who stand in all of these ranges: one row more than is to
/// be shown, so that it is known whether there is one.
fn rows_between(
    connection: &Connection,
    ask: &RosterAsk<'_>,
    (behind, until): (i64, i64),
    gathered: &[Range],
) -> Result<Vec<(i64, RosterRow)>, VaultRefused> {
    let mut sql = format!("SELECT {COLUMNS} FROM roster WHERE rank > ? AND rank <= ?");
    let mut values = vec![Value::Integer(behind), Value::Integer(until)];
    for Range { from, to } in gathered {
        sql.push_str(" AND rank IN (SELECT rank FROM roster_terms WHERE term >= ? AND term < ?)");
        values.extend([from, to].map(|end| Value::Text(end.clone())));
    }
    if let Some(state) = ask.state {
        sql.push_str(" AND state = ?");
        values.push(Value::Text(state.to_owned()));
    }
    if let Some(squad) = &ask.squad {
        sql.push_str(" AND EXISTS (SELECT 1 FROM roster_terms t WHERE t.term = ? AND t.rank = roster.rank)");
        values.push(Value::Text(term_of_squad(squad)));
    }
    for word in &ask.words {
        sql.push_str(" AND instr(folded, ?)");
        values.push(Value::Text(format!(" {word}")));
    }
    sql.push_str(" ORDER BY rank LIMIT ?");
    values.push(Value::Integer(i64::try_from(ask.limit).unwrap_or(i64::MAX).saturating_add(1)));
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The same where nothing that is asked for is rare. One such thing is found by a walk; so are several, as a rule, but it may
/// be that hardly anybody has all of them, and then they are gathered after all.
fn rows_of_common(
    connection: &Connection,
    ask: &RosterAsk<'_>,
    behind: i64,
) -> Result<Vec<(i64, RosterRow)>, VaultRefused> {
    let ranges = ask.ranges();
    let mut walk = connection
        .prepare_cached("SELECT rank FROM roster WHERE rank > ?1 ORDER BY rank LIMIT 1 OFFSET ?2")?;
    let until: Option<i64> = match ranges.len() {
        0 | 1 => None,
        _ => walk.query_row((behind, WALKED_MAX), |row| row.get(0)).optional()?,
    };
    let near = rows_between(connection, ask, (behind, until.unwrap_or(i64::MAX)), &[])?;
    if until.is_none() || near.len() > ask.limit {
        return Ok(near);
    }
    let mut gathered = Vec::new();
    for range in ranges {
        if count(connection, &range, GATHERED_TOGETHER_MAX)? < GATHERED_TOGETHER_MAX {
            gathered.push(range);
        }
    }
    rows_between(connection, ask, (behind, i64::MAX), &gathered)
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

/// How many stand in a range, up to a bound.
fn count(connection: &Connection, range: &Range, most: u32) -> Result<u32, VaultRefused> {
    let mut count = connection.prepare_cached(
        "SELECT count(*) FROM (SELECT 1 FROM roster_terms WHERE term >= ?1 AND term < ?2 LIMIT ?3)",
    )?;
    Ok(count.query_row((&range.from, &range.to, most), |row| row.get(0))?)
}

/// Of these ranges the one in which fewest stand, if few do.
fn rarest(connection: &Connection, ranges: &[Range]) -> Result<Option<Range>, VaultRefused> {
    let (mut fewest, mut rarest) = (GATHERED_MAX, None);
    for range in ranges {
        let found = count(connection, range, fewest)?;
        if found < fewest {
            (fewest, rarest) = (found, Some(range.clone()));
        }
    }
    Ok(rarest)
}
