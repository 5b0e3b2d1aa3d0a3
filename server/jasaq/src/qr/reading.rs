//! Codes in photos, read with `rqrr` (MIT or Apache, kept; the tests of what we draw read with it already).

use image::GrayImage;
use image::imageops::FilterType;

use crate::limits::{CODE_SIDE_MAX, CODE_SIDES_SMALLER, CODE_THIRDS_LARGER};
use crate::thumbnail;

/// The texts of the codes in a picture; none of them where none is found. None where the bytes are no picture.
pub(crate) fn read_picture(file: &[u8]) -> Option<Vec<String>> {
    let picture = thumbnail::decode(file)?.into_luma8();
    let mut found =
        sides(picture.width().max(picture.height())).map(|side| codes_in(&brought_to(&picture, side)));
    Some(found.find(|codes| !codes.is_empty()).unwrap_or_default())
}

/// The one text of those in a picture that begins so, letters large or small; otherwise how many there are. Of two nobody could say
/// which is meant.
pub(crate) fn the_only(mut texts: Vec<String>, beginning: &str) -> Result<String, usize> {
    let begins_so = |text: &String| {
        let start = text.get(..beginning.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(beginning))
    };
    texts.retain(begins_so);
    texts.sort_unstable();
    texts.dedup();
    match texts.len() {
        1 => Ok(texts.remove(0)),
        others => Err(others),
    }
}

/// The longest sides under which a picture is looked at: its own, smaller ones, larger ones.
fn sides(own: u32) -> impl Iterator<Item = u32> {
    let smaller = CODE_SIDES_SMALLER.into_iter().filter(move |side| *side < own);
    let larger = CODE_THIRDS_LARGER.into_iter().map(move |thirds| own.saturating_mul(thirds) / 3);
    let larger = larger.filter(|side| *side <= CODE_SIDE_MAX);
    std::iter::once(own.min(CODE_SIDE_MAX)).chain(smaller).chain(larger)
}

fn brought_to(picture: &GrayImage, side: u32) -> GrayImage {
    let own = picture.width().max(picture.height()).max(1);
    if side == own {
        return picture.clone();
    }
    let scaled =
        |length: u32| u32::try_from(u64::from(length) * u64::from(side) / u64::from(own)).unwrap_or(side);
    let (width, height) = (scaled(picture.width()).max(1), scaled(picture.height()).max(1));
    image::imageops::resize(picture, width, height, FilterType::CatmullRom)
}

fn codes_in(picture: &GrayImage) -> Vec<String> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| grey(picture, x, y));
    let grids = prepared.detect_grids();
    grids
        .iter()
        .filter_map(|grid| grid.decode().ok().map(|(_, text)| text))
        .collect()
}

/// White outside, where a reader may look.
fn grey(picture: &GrayImage, x: usize, y: usize) -> u8 {
    let inside = |at: usize| u32::try_from(at).ok();
    let pixel = inside(x).zip(inside(y)).and_then(|(x, y)| picture.get_pixel_checked(x, y));
    pixel.map_or(u8::MAX, |pixel| pixel.0.first().copied().unwrap_or(u8::MAX))
}
