//! jasaq-model: what volunteers, squads and the Border Service say, and what follows from it under the Rules
//! of decree No. 866 of 27.08.2013 ("the paragraph" below, written 001-§10).
//!
//! Promises: pure functions over values. Nothing here reads a clock, a disk, the network or chance; nothing
//! knows how statements travel or are kept. A value of a type here is already right: it is checked once,
//! where it is made, and again where it is read back.
//!
//! Refuses: what cannot be said at all (an empty text, a latitude of 95 degrees). What merely looks wrong (a
//! clock of 1901, a patrol without a controlling representative) is kept and *flagged*: a fact from the field
//! is never lost to a rule.
//!
//! The layers, each using only those above it:
//!
//! ```text
//! limits, codes, words, ids
//! moment, position, track, sheet, law
//! person, squad, patrol, entry, attachment, register
//! statement           what travels: a flat map of scalars
//! roles               who may say what where
//! stated              a statement with where it stands and who made it
//! patrol_log, roster, records  what is shown: folds over statements, with flags
//! page, report        what a patrol came to, sealed; figures from such pages
//! list                a squad list as an akimat sends it, and what would come of it
//! eligibility, guards  who may go on patrol and why not; which intentions are refused
//! sentences           words and sentences in Kazakh, Russian and English: locales/{kk,ru,en}/*.ftl
//! ```
//!
//! A struct here has public fields when every combination of its (already checked) fields is right, and
//! private ones when it has a rule of its own to keep.

mod codes;

pub mod amendment;
pub mod attachment;
pub mod case;
pub mod detention;
pub mod eligibility;
pub mod entry;
pub mod guards;
pub mod ids;
pub mod law;
pub mod limits;
pub mod list;
pub mod mark;
pub mod moment;
pub mod notice;
pub mod page;
pub mod paper;
pub mod patrol;
pub mod patrol_log;
pub mod person;
pub mod planning;
pub mod position;
pub mod reconcile;
pub mod records;
pub mod register;
pub mod report;
pub mod roles;
pub mod roster;
pub mod sealing;
pub mod sentences;
pub mod settling;
pub mod sheet;
pub mod source;
pub mod spelling;
pub mod squad;
pub mod stated;
pub mod statement;
pub mod track;
pub mod words;

#[cfg(test)]
mod strategies;
