//! QR codes on a terminal, dark on light with a quiet zone of four modules.
//!
//! What goes in is what our codes are made of, letters of base 32: in large letters a code holds a third more of them, and
//! whoever reads one takes letters of either size.

use qrcode::render::unicode;
use qrcode::{EcLevel, QrCode};

use crate::failure::{Class, Failure};

/// Black on white whatever the terminal's colours: of the palette that themes leave alone.
const INK: &str = "\u{1b}[38;5;16;48;5;231m";
const NO_INK: &str = "\u{1b}[0m";

/// What a code is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Surface {
    /// A screen: clean, and the fewer modules the larger each.
    Screen,
}

/// A QR code.
pub(crate) struct Qr(QrCode);

impl Qr {
    /// The code of a text, in large letters.
    pub(crate) fn of(text: &str, surface: Surface) -> Result<Self, Failure> {
        let level = match surface {
            Surface::Screen => EcLevel::M,
        };
        let large = zeroize::Zeroizing::new(text.to_ascii_uppercase());
        let code = QrCode::with_error_correction_level(large.as_bytes(), level);
        code.map(Self)
            .map_err(|error| Failure::new(Class::Input, "answer-unwritten", &error))
    }

    /// For a terminal: two modules a letter, one above the other.
    pub(crate) fn to_terminal(&self) -> String {
        use unicode::Dense1x2::{Dark, Light};
        let drawn = self.0.render::<unicode::Dense1x2>().dark_color(Dark).light_color(Light).build();
        let lines: Vec<String> = drawn.lines().map(|line| format!("{INK}{line}{NO_INK}")).collect();
        lines.join("\n")
    }
}
