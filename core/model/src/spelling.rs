//! How names are searched, compared, put in order and put right, as people in Kazakhstan write them.
//!
//! Four doors, none of which changes what was recorded:
//! - [`folded`] makes alike what people type for one another: `Асел`, `Asel` and `Әсел`. [`Query`] searches with it in what
//!   was made [`searchable`], which knows both spellings of ө: `Otegenov` and `Utegenov` are Өтегенов.
//! - [`unmixed`] puts a word right that was typed half on a Latin keyboard: `Өтeгeнoв` with three Latin letters.
//! - [`SortKey`] is the order of the Kazakh alphabet: а ә б в г ғ д …, digits before it, Latin letters after it.
//! - [`titled`] takes a name out of capitals and stray blanks.
//!
//! Promises that the same text gives the same bytes in every release with the same [`VERSION`]: indexes of a vault are
//! made of them and live for years (decision 0031). Refuses nothing: whatever is written can be searched and ordered.

mod fold;
mod order;
mod scripts;
mod title;

pub use fold::{Query, folded, is_called, searchable};
pub use order::{SortKey, compare};
pub use scripts::{Unmixed, is_of_twins, is_of_two_scripts, unmixed};
pub use title::{titled, trimmed};

/// Of the tables here. Whoever stores what they give stores this beside it, and makes it anew when it differs.
pub const VERSION: u32 = 2;

#[cfg(test)]
mod tests;
