//! A person as the roster names him.
//!
//! Refuses by having no field for it: anything but the name. What is known of a person beyond it lives in
//! documents of its own, which can be erased.

use crate::ids::PersonId;
use crate::words::Name;

/// A person participating in protecting the State Border (001-§1), by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Under this id wherever he is spoken of.
    pub id: PersonId,
    /// As his identity card has it.
    pub full_name: Name,
}
