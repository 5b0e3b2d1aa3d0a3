//! QR codes: on a terminal, as SVG and as PNG, dark on light with a quiet zone of four modules in each.
//!
//! What goes in is what our codes are made of, letters of base 32: in large letters a code holds a third more of them, and
//! whoever reads one takes letters of either size.

mod reading;

pub(crate) use reading::{read_picture, the_only};

use qrcode::render::{svg, unicode};
use qrcode::{EcLevel, QrCode};

use crate::failure::{Class, Failure};
use crate::limits::{QR_MODULE_PIXELS_MIN, QR_PIXELS_MIN};

/// Modules of the quiet zone on each side, as ISO/IEC 18004 asks for.
const QUIET: usize = 4;

/// Black on white whatever the terminal's colours: of the palette that themes leave alone.
const INK: &str = "\u{1b}[38;5;16;48;5;231m";
const NO_INK: &str = "\u{1b}[0m";

/// What a code is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Surface {
    /// A screen: clean, and the fewer modules the larger each.
    Screen,
    /// Paper in a safe, folded and stained: a quarter of it may be gone.
    Paper,
}

/// A QR code.
pub(crate) struct Qr(QrCode);

impl Qr {
    /// The code of a text, in large letters.
    pub(crate) fn of(text: &str, surface: Surface) -> Result<Self, Failure> {
        let level = match surface {
            Surface::Screen => EcLevel::M,
            Surface::Paper => EcLevel::Q,
        };
        let large = zeroize::Zeroizing::new(text.to_ascii_uppercase());
        let code = QrCode::with_error_correction_level(large.as_bytes(), level);
        code.map(Self)
            .map_err(|error| Failure::new(Class::Input, "qr-too-long", &error))
    }

    /// Columns and rows that it takes on a terminal.
    pub(crate) fn size_on_terminal(&self) -> (usize, usize) {
        let width = self.0.width() + 2 * QUIET;
        (width, width.div_ceil(2))
    }

    /// For a terminal: two modules a letter, one above the other.
    pub(crate) fn to_terminal(&self) -> String {
        use unicode::Dense1x2::{Dark, Light};
        let drawn = self.0.render::<unicode::Dense1x2>().dark_color(Dark).light_color(Light).build();
        let lines: Vec<String> = drawn.lines().map(|line| format!("{INK}{line}{NO_INK}")).collect();
        lines.join("\n")
    }

    /// As a drawing, to stand in a page or in a file.
    pub(crate) fn to_svg(&self) -> String {
        let drawn = self.0.render::<svg::Color<'_>>().module_dimensions(10, 10).build();
        // Within a page the declaration of a file has no place; without it a file is one all the same.
        drawn.split_once("?>").map_or(drawn.clone(), |(_, drawing)| drawing.to_owned())
    }

    /// As a picture, black on white, one bit a pixel.
    pub(crate) fn to_png(&self) -> Result<Vec<u8>, Failure> {
        let modules = self.0.width() + 2 * QUIET;
        let scale = QR_PIXELS_MIN.div_ceil(modules).max(QR_MODULE_PIXELS_MIN);
        let rows = (0..modules * scale).flat_map(|y| self.row(y / scale, (modules, scale)));
        let pixels: Vec<u8> = rows.collect();
        let failed = |error: png::EncodingError| Failure::new(Class::Storage, "answer-unwritten", &error);
        let side = u32::try_from(modules * scale).unwrap_or(u32::MAX);
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, side, side);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        let mut writer = encoder.write_header().map_err(failed)?;
        writer.write_image_data(&pixels).map_err(failed)?;
        writer.finish().map_err(failed)?;
        Ok(bytes)
    }

    /// One line of pixels, eight a byte, light set.
    fn row(&self, y: usize, (modules, scale): (usize, usize)) -> Vec<u8> {
        let light: Vec<u8> = (0..modules * scale).map(|x| u8::from(!self.is_dark(x / scale, y))).collect();
        let byte =
            |pixels: &[u8]| (0..8).fold(0, |byte, at| byte << 1 | pixels.get(at).copied().unwrap_or(0));
        light.chunks(8).map(byte).collect()
    }

    /// Whether the module is dark, the quiet zone counted.
    fn is_dark(&self, x: usize, y: usize) -> bool {
        let inside = |at: usize| at.checked_sub(QUIET).filter(|at| *at < self.0.width());
        match (inside(x), inside(y)) {
            (Some(x), Some(y)) => self.0[(x, y)] == qrcode::Color::Dark,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests;
