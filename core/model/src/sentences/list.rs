//! Why a file is no list, and why a list cannot be applied yet.

use super::{Message, sentence};
use crate::limits::{LIST_HEADER_ROWS_MAX, LIST_ROWS_MAX};
use crate::list::{ListRefused, NotYet};
use crate::words::Language;

impl ListRefused {
    /// What a person reads, and what he can do.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        let message = match self {
            Self::NoHeader => Message::new("list-refused-no-header").with("rows", LIST_HEADER_ROWS_MAX),
            Self::SeveralLists { sheets } => {
                let numbers: Vec<String> = sheets.iter().map(|sheet| (sheet + 1).to_string()).collect();
                Message::new("list-refused-several-lists").with("sheets", numbers.join(", "))
            }
            Self::HeaderMissing { column, row } => Message::new("list-refused-header-missing")
                .with("column", column.word(language))
                .with("cell", row.to_string()),
            Self::HeaderTwice { column, first, second } => Message::new("list-refused-header-twice")
                .with("column", column.word(language))
                .with("first", first.to_string())
                .with("second", second.to_string()),
            Self::TooManyRows { rows } => Message::new("list-refused-too-many-rows")
                .with("rows", *rows)
                .with("most", LIST_ROWS_MAX),
            Self::Nobody { header } => Message::new("list-refused-nobody").with("cell", header.to_string()),
        };
        sentence(message, language)
    }
}

impl NotYet {
    /// What a person reads, and what he can do.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        let (message, lines, first) = match self {
            Self::Asked { lines, first } => (Message::new("list-not-yet-asked"), lines, first),
            Self::Refused { lines, first } => (Message::new("list-not-yet-refused"), lines, first),
        };
        sentence(message.with("lines", *lines).with("cell", first.to_string()), language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::ListColumn;
    use crate::sheet::Address;

    #[test]
    fn a_refusal_names_column_and_cell() {
        let row = Address { row: 3, column: 0 };
        let refused = ListRefused::HeaderMissing { column: ListColumn::Citizenship, row };
        for (language, column) in
            [(Language::Kk, "азаматтығы"), (Language::Ru, "гражданство"), (Language::En, "citizenship")]
        {
            let said = refused.sentence(language);
            assert!(said.contains(column) && said.contains("A4"), "{said}");
        }
        let not_yet = NotYet::Refused { lines: 2, first: row };
        assert!(not_yet.sentence(Language::Ru).contains("числом 2"), "{}", not_yet.sentence(Language::Ru));
    }
}
