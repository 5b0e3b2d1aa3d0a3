//! # One device's whole copy
pub mod surroundings;
pub mod roles;
mod vault;
mod documents;
mod exchange;
pub mod formats;
