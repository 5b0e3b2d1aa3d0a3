//! Making a section's content small, and inflating it again within a bound.
//!
//! One byte says how: `0` as it is, `1` zstd. Later bytes will name dictionaries, each shipped for ever.

use crate::limits::CHANGE_BYTES_MAX;

const STORED: u8 = 0;
const ZSTD: u8 = 1;

/// Higher levels save under 1 % on contents of this size and cost several times the CPU.
const LEVEL: i32 = 9;

/// Why a section's content could not be inflated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InflateRefused {
    /// The first byte names no method that this program knows.
    #[error("the method of compression is not known")]
    Method,
    /// It is not what the method says, or longer than the bound.
    #[error("the content is damaged or inflates beyond its bound")]
    Content,
}

/// The shorter of both forms, with its byte before it.
pub(super) fn deflate(content: &[u8]) -> Vec<u8> {
    let packed = zstd::bulk::compress(content, LEVEL).unwrap_or_default();
    let (method, body) = if !packed.is_empty() && packed.len() < content.len() {
        (ZSTD, packed.as_slice())
    } else {
        (STORED, content)
    };
    let mut bytes = Vec::with_capacity(1 + body.len());
    bytes.push(method);
    bytes.extend_from_slice(body);
    bytes
}

pub(super) fn inflate(bytes: &[u8]) -> Result<Vec<u8>, InflateRefused> {
    match bytes.split_first() {
        Some((&STORED, body)) if body.len() <= CHANGE_BYTES_MAX => Ok(body.to_vec()),
        Some((&ZSTD, body)) => {
            zstd::bulk::decompress(body, CHANGE_BYTES_MAX).map_err(|_| InflateRefused::Content)
        }
        Some((&STORED, _)) => Err(InflateRefused::Content),
        _ => Err(InflateRefused::Method),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_comes_back_and_repetition_costs_little() {
        let content = "тұман, көріну 50 м; ".repeat(40);
        let packed = deflate(content.as_bytes());
        assert!(packed.len() < content.len() / 4);
        assert_eq!(inflate(&packed), Ok(content.into_bytes()));
        assert_eq!(inflate(&deflate(b"x")), Ok(b"x".to_vec()));
    }

    #[test]
    fn a_bomb_is_refused() {
        let bomb =
            [&[ZSTD], zstd::bulk::compress(&vec![0; CHANGE_BYTES_MAX + 1], 1).unwrap().as_slice()].concat();
        assert!(bomb.len() < 100);
        assert_eq!(inflate(&bomb), Err(InflateRefused::Content));
        assert_eq!(inflate(&[9]), Err(InflateRefused::Method));
        assert_eq!(inflate(&[]), Err(InflateRefused::Method));
    }
}
