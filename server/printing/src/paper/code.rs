//! The QR beside a certificate, as a drawing: it stays sharp at every resolution.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode, Version};

use super::PrintRefused;
use crate::limits::QR_VERSION_MAX;

/// Draws a text as a QR with the quiet zone that readers ask for; correction M: paper in a pocket gets creases.
pub(super) fn draw(text: &str) -> Result<Vec<u8>, PrintRefused> {
    let too_long = PrintRefused::CodeTooLong { bytes: text.len() };
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| too_long.clone())?;
    match code.version() {
        Version::Normal(version) if version <= QR_VERSION_MAX => {
            Ok(code.render::<svg::Color<'_>>().module_dimensions(1, 1).build().into_bytes())
        }
        _ => Err(too_long),
    }
}
