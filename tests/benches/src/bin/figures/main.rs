//! The budgets. To be written.
fn main() {}
