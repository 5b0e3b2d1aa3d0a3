//! The law as data: what the Rules of decree No. 866 say that a program can check, and where they say it.
//!
//! ```text
//! paragraph   where it is said, and which decree gave the place its present wording
//! rule        what is checked
//! ground      the five circumstances that exclude a citizen (001-§15)
//! deadline    the one term that the Rules count in days (001-§17)
//! offences    when offences are repeated (001-§15(2))
//! ```
//!
//! Promises that nothing here is invented: what the Rules leave open (a deadline for the squad check, the expiry of a
//! certificate, a suspended state) has no value in these lists, and a test names the one deadline that exists.
//!
//! Refuses to tell what the sources do not hold: for a day on which an earlier wording was in force it says that this
//! wording is not in the sources.

mod deadline;
mod ground;
mod offences;
mod paragraph;
mod rule;

pub use deadline::{DayCount, Deadline, Holder, Start, Term};
pub use ground::ExclusionGround;
pub use offences::{RepeatedOffences, repeated_offences};
pub use paragraph::{Decree, Paragraph, Place, Wording};
pub use rule::{Basis, Rule};
