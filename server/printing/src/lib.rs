//! # Printing
//!
//! Sheets in, sheets and pages out: what an office hands us and what it is handed.

pub mod documents;
pub mod limits;
pub mod paper;
pub mod reading;
pub mod tables;
