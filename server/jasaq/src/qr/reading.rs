//! Codes in photos, read with `rqrr` (MIT or Apache, kept; the tests of what we draw read with it already).

use crate::limits::CODE_SIDES;
use crate::thumbnail;

/// The texts of the codes in a picture; none of them where none is found. None where the bytes are no picture.
pub(crate) fn read_picture(file: &[u8]) -> Option<Vec<String>> {
    let picture = thumbnail::decode(file)?.into_luma8();
    let (width, height) = picture.dimensions();
    for side in CODE_SIDES {
        let tried = if width.max(height) > side {
            image::DynamicImage::from(picture.clone()).thumbnail(side, side).into_luma8()
        } else {
            picture.clone()
        };
        let found: Vec<String> = rqrr::PreparedImage::prepare_from_greyscale(
            tried.width() as usize,
            tried.height() as usize,
            |x, y| grey(&tried, x, y),
        )
        .detect_grids()
        .iter()
        .filter_map(|grid| grid.decode().ok().map(|(_, text)| text))
        .collect();
        if !found.is_empty() {
            return Some(found);
        }
    }
    Some(Vec::new())
}

/// White outside, where a reader may look.
fn grey(picture: &image::GrayImage, x: usize, y: usize) -> u8 {
    let inside = |at: usize| u32::try_from(at).ok();
    let pixel = inside(x).zip(inside(y)).and_then(|(x, y)| picture.get_pixel_checked(x, y));
    pixel.map_or(u8::MAX, |pixel| pixel.0.first().copied().unwrap_or(u8::MAX))
}
