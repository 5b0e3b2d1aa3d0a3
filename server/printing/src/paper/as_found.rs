//! What was said in the field, made legible and not mended: nothing is left out, and no letter refused.

use std::collections::HashMap;

use serde_json::Value;

use super::PrintRefused;
use super::world::has_letter;
use crate::limits::{PRINTED_FOUND_BYTES_MAX, PRINTED_PIECE_LETTERS};

/// Where a line may be broken, without a sign.
const BREAK: char = '\u{200b}';

/// Every text: a letter that our fonts do not have stands by its number, and a long word may be broken. Refuses a text that nobody
/// wrote in the field.
pub(super) fn make_legible(value: &mut Value) -> Result<(), PrintRefused> {
    Letters::default().make_legible(value)
}

/// Which letters can be printed, each asked for once: a page has millions.
#[derive(Default)]
struct Letters(HashMap<char, bool>);

impl Letters {
    fn make_legible(&mut self, value: &mut Value) -> Result<(), PrintRefused> {
        match value {
            Value::String(text) if text.len() > PRINTED_FOUND_BYTES_MAX => {
                Err(PrintRefused::TextTooLong { bytes: text.len(), bytes_max: PRINTED_FOUND_BYTES_MAX })
            }
            Value::String(text) => {
                *text = self.legible(text);
                Ok(())
            }
            Value::Array(values) => values.iter_mut().try_for_each(|value| self.make_legible(value)),
            Value::Object(fields) => fields.values_mut().try_for_each(|value| self.make_legible(value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
        }
    }

    fn legible(&mut self, text: &str) -> String {
        let mut legible = String::with_capacity(text.len());
        let mut piece = 0;
        for letter in text.chars() {
            let can_be_printed =
                letter == '\n' || *self.0.entry(letter).or_insert_with(|| has_letter(letter));
            if letter.is_whitespace() {
                piece = 0;
            } else if piece >= PRINTED_PIECE_LETTERS {
                legible.push(BREAK);
                piece = 0;
            }
            if can_be_printed {
                legible.push(letter);
                piece += 1;
            } else {
                let number = format!("[U+{:04X}]", u32::from(letter));
                piece += number.len();
                legible.push_str(&number);
            }
        }
        legible
    }
}
