//! Small pictures of photos, which everybody fetches before anybody asks for the whole.
//!
//! Promises: bounded memory, whatever a file says of its size; the side that is up is up. Where none can be made there is
//! none, and the attachment goes without.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder as _, ImageReader, Limits};
use jasaq_fieldbook::protocol::limits::THUMBNAIL_BYTES_MAX;

use crate::limits::{PICTURE_BYTES_MAX, PICTURE_SIDE_MAX};

/// Sides and qualities that are tried, until the picture is small enough.
const TRIES: [(u32, u8); 3] = [(320, 60), (240, 50), (160, 40)];

/// A JPEG of the picture in a file, if there is one.
pub(crate) fn of(file: &[u8]) -> Option<Vec<u8>> {
    let picture = decode(file)?;
    TRIES.into_iter().find_map(|(side, quality)| {
        let small = picture.thumbnail(side, side).into_rgb8();
        let mut bytes = Vec::new();
        small
            .write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality))
            .ok()?;
        (bytes.len() <= THUMBNAIL_BYTES_MAX).then_some(bytes)
    })
}

/// The picture in a file, the side up that is up, if there is one.
pub(crate) fn decode(file: &[u8]) -> Option<DynamicImage> {
    let mut reader = ImageReader::new(Cursor::new(file)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(PICTURE_BYTES_MAX);
    (limits.max_image_width, limits.max_image_height) = (Some(PICTURE_SIDE_MAX), Some(PICTURE_SIDE_MAX));
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let orientation = decoder.orientation().ok()?;
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(orientation);
    Some(picture)
}
