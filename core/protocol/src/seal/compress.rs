//! Making a section's content small, and inflating it again within a bound.
//!
//! One byte says how: `0` as it is, `1` zstd, `2` zstd with dictionary 1. A method once written is read for ever, and so is
//! a dictionary; a better one will be another byte. There is one zstd frame, whole, without its magic number, and nothing
//! behind it.

use std::sync::LazyLock;

use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};
use zstd::zstd_safe::CParameter;

use super::frame::check_frame;
use crate::limits::CHANGE_BYTES_MAX;

const STORED: u8 = 0;
const ZSTD: u8 = 1;
const ZSTD_WITH_DICTIONARY_1: u8 = 2;

/// Text of patrols as changes hold it: trained. `core/docs/wire-format.md` names its hash, and
/// `JASAQ_WRITE_DICTIONARY=1 cargo test -p jasaq-fieldbook dictionary` makes it again.
const DICTIONARY_1: &[u8] = include_bytes!("dictionary_1.bin");

/// Higher levels save nothing on contents of this size and cost three times the CPU: 8 kB take about a millisecond.
const LEVEL: i32 = 15;

/// What every zstd frame begins with (RFC 8878 §3.1.1), and hence need not travel.
const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

static ENCODER_1: LazyLock<EncoderDictionary<'static>> =
    LazyLock::new(|| EncoderDictionary::copy(DICTIONARY_1, LEVEL));
static DECODER_1: LazyLock<DecoderDictionary<'static>> =
    LazyLock::new(|| DecoderDictionary::copy(DICTIONARY_1));

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

/// The shortest form, with its byte before it.
pub(super) fn deflate(content: &[u8]) -> Vec<u8> {
    let packed = pack(content).filter(|packed| packed.len() < content.len());
    let (method, body) = match &packed {
        Some(packed) => (ZSTD_WITH_DICTIONARY_1, packed.as_slice()),
        None => (STORED, content),
    };
    let mut bytes = Vec::with_capacity(1 + body.len());
    bytes.push(method);
    bytes.extend_from_slice(body);
    bytes
}

/// One frame without its magic number, without a checksum (the seal has one) and without a dictionary's name.
fn pack(content: &[u8]) -> Option<Vec<u8>> {
    let mut compressor = Compressor::with_prepared_dictionary(&ENCODER_1).ok()?;
    compressor.set_parameter(CParameter::DictIdFlag(false)).ok()?;
    compressor.set_parameter(CParameter::ContentSizeFlag(false)).ok()?;
    let packed = compressor.compress(content).ok()?;
    packed.strip_prefix(&MAGIC).map(<[u8]>::to_vec)
}

pub(super) fn inflate(bytes: &[u8]) -> Result<Vec<u8>, InflateRefused> {
    let (method, body) = bytes.split_first().ok_or(InflateRefused::Content)?;
    match *method {
        STORED if body.len() <= CHANGE_BYTES_MAX => Ok(body.to_vec()),
        STORED => Err(InflateRefused::Content),
        ZSTD => unpack(Decompressor::new(), body),
        ZSTD_WITH_DICTIONARY_1 => unpack(Decompressor::with_prepared_dictionary(&DECODER_1), body),
        _ => Err(InflateRefused::Method),
    }
}

fn unpack(decompressor: std::io::Result<Decompressor<'_>>, body: &[u8]) -> Result<Vec<u8>, InflateRefused> {
    check_frame(body).map_err(|_| InflateRefused::Content)?;
    let frame = [MAGIC.as_slice(), body].concat();
    let inflated =
        decompressor.and_then(|mut decompressor| decompressor.decompress(&frame, CHANGE_BYTES_MAX));
    inflated.map_err(|_| InflateRefused::Content)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A frame of zstd without its magic number.
    fn frame(content: &[u8]) -> Vec<u8> {
        zstd::bulk::compress(content, 1).unwrap()[MAGIC.len()..].to_vec()
    }

    #[test]
    fn content_comes_back_and_repetition_costs_little() {
        let content = "тұман, көріну 50 м; ".repeat(40);
        let packed = deflate(content.as_bytes());
        assert!(packed.len() < content.len() / 4);
        assert_eq!(inflate(&packed), Ok(content.clone().into_bytes()));
        assert_eq!(inflate(&deflate(b"x")), Ok(b"x".to_vec()));
        let without = [[ZSTD].as_slice(), &frame(content.as_bytes())].concat();
        assert_eq!(inflate(&without), Ok(content.into_bytes()));
    }

    #[test]
    fn a_bomb_is_refused() {
        let bomb = [[ZSTD].as_slice(), &frame(&vec![0; CHANGE_BYTES_MAX + 1])].concat();
        assert!(bomb.len() < 100);
        assert_eq!(inflate(&bomb), Err(InflateRefused::Content));
        let most = vec![0; CHANGE_BYTES_MAX];
        assert_eq!(inflate(&[[ZSTD].as_slice(), &frame(&most)].concat()), Ok(most));
    }

    #[test]
    fn it_is_one_whole_frame_and_nothing_behind_it() {
        let one = [[ZSTD].as_slice(), &frame(b"fog, 50 m; fog, 50 m; fog, 50 m")].concat();
        let behind: [&[u8]; 3] = [&[0], &[MAGIC.as_slice(), &frame(b"sun")].concat(), &frame(b"sun")];
        for behind in behind {
            assert_eq!(inflate(&[&one, behind].concat()), Err(InflateRefused::Content));
        }
        assert_eq!(inflate(&one[..one.len() - 1]), Err(InflateRefused::Content));
    }

    #[test]
    fn a_window_that_not_every_decoder_has_is_refused() {
        let block = [&[1 | 3 << 3, 0, 0], b"fog".as_slice()].concat();
        let of_window = |window| inflate(&[&[ZSTD, 0, window], block.as_slice()].concat());
        assert_eq!(of_window(13 << 3), Ok(b"fog".to_vec()));
        assert_eq!(of_window(13 << 3 | 1), Err(InflateRefused::Content));
    }

    #[test]
    fn a_block_that_is_longer_than_its_frame_allows_is_refused() {
        let of_length = |length: u16| {
            let head = &(u32::from(length) << 3 | 1).to_le_bytes()[..3];
            inflate(&[&[ZSTD, 0, 0], head, vec![7; usize::from(length)].as_slice()].concat())
        };
        assert_eq!(of_length(1_024), Ok(vec![7; 1_024]));
        assert_eq!(of_length(1_025), Err(InflateRefused::Content));
    }

    #[test]
    fn a_method_of_a_newer_program_is_told_from_damage() {
        assert_eq!(inflate(&[9]), Err(InflateRefused::Method));
        assert_eq!(inflate(&[]), Err(InflateRefused::Content));
    }
}
