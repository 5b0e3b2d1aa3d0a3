//! zlib (RFC 1950): packing, and unpacking with a bound.

use std::io::Write as _;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Decompress, FlushDecompress, Status};

/// Why bytes were not unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum UnpackRefused {
    /// No zlib, cut short, followed by something, or with another checksum.
    #[error("not one whole zlib stream")]
    Damaged,
    /// More than the bound.
    #[error("more bytes than there may be")]
    TooLong,
}

/// Packs as tightly as it goes. What comes out differs from one packer to the next; what it unpacks to counts.
#[expect(clippy::expect_used, reason = "a vector takes what is written to it")]
pub(crate) fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).expect("a vector takes every byte");
    packer.finish().expect("a vector takes every byte")
}

/// Unpacks exactly one stream, to `bytes_max` bytes at the most. Never holds more than that.
pub(crate) fn unpack(packed: &[u8], bytes_max: usize) -> Result<Vec<u8>, UnpackRefused> {
    const STEP_BYTES: usize = 64 * 1024;
    let mut unpacker = Decompress::new(true);
    let mut bytes = Vec::new();
    let mut left = packed;
    loop {
        // One byte more than allowed shows that there are more.
        let room = (bytes_max + 1 - bytes.len()).min(STEP_BYTES);
        bytes.reserve_exact(room);
        let before = (unpacker.total_in(), bytes.len());
        let status = unpacker.decompress_vec(left, &mut bytes, FlushDecompress::None);
        let status = status.map_err(|_| UnpackRefused::Damaged)?;
        let taken = usize::try_from(unpacker.total_in() - before.0).unwrap_or(usize::MAX);
        left = left.get(taken..).unwrap_or_default();
        if bytes.len() > bytes_max {
            return Err(UnpackRefused::TooLong);
        }
        match status {
            Status::StreamEnd if left.is_empty() => return Ok(bytes),
            Status::StreamEnd => return Err(UnpackRefused::Damaged),
            Status::Ok | Status::BufError if (unpacker.total_in(), bytes.len()) == before => {
                return Err(UnpackRefused::Damaged);
            }
            Status::Ok | Status::BufError => {}
        }
    }
}
