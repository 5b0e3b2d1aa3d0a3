//! What a phone writes into its pictures and recordings, and that nothing of it is left.

use std::io::Cursor;

use exif::experimental::Writer;
use exif::{Field, In, Rational, Reader, Tag, Value};

use super::*;

/// Stands in everything that must not be left.
const MARK: &[u8] = b"45.0327 N 80.1544 E";

fn field(tag: Tag, value: Value) -> Field {
    Field { tag, ifd_num: In::PRIMARY, value }
}

/// The Exif block of a photo: which side is up, where it was made, by whom, and a small picture.
fn exif(is_little: bool) -> Vec<u8> {
    let degrees = [45, 1, 57].map(|part| Rational { num: part, denom: 1 });
    let fields = [
        field(Tag::Orientation, Value::Short(vec![6])),
        field(Tag::GPSLatitude, Value::Rational(degrees.to_vec())),
        field(Tag::GPSLatitudeRef, Value::Ascii(vec![b"N".to_vec()])),
        field(Tag::Artist, Value::Ascii(vec![MARK.to_vec()])),
        field(Tag::MakerNote, Value::Undefined(MARK.to_vec(), 0)),
    ];
    let mut writer = Writer::new();
    for field in &fields {
        writer.push_field(field);
    }
    writer.set_jpeg(MARK, In::THUMBNAIL);
    let mut block = Cursor::new(Vec::new());
    writer.write(&mut block, is_little).unwrap();
    block.into_inner()
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap();
    [&[0xff, marker], length.to_be_bytes().as_slice(), content].concat()
}

/// The pieces of a JPEG that must stay: tables, a frame and two scans.
fn kept_jpeg() -> [Vec<u8>; 4] {
    let scan = [segment(0xda, &[1, 1, 0, 0, 63, 0]), vec![7, 0xff, 0, 9, 0xff, 0xd0, 3]].concat();
    [segment(0xdb, &[1; 65]), segment(0xc2, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]), segment(0xc4, &[2; 20]), scan]
}

fn jpeg(is_little: bool) -> Vec<u8> {
    let [tables, frame, codes, scan] = kept_jpeg();
    let block = [b"Exif\0\0".as_slice(), &exif(is_little)].concat();
    let jfif = [b"JFIF\0\x01\x02\0\0\x48\0\x48".as_slice(), &[1, 1, 9, 9, 9]].concat();
    let first = [
        vec![0xff, 0xd8],
        segment(0xe0, &jfif),
        segment(0xe1, &block),
        segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0".as_slice(), MARK].concat()),
        segment(0xe2, &[b"MPF\0".as_slice(), MARK].concat()),
        segment(0xed, &[b"Photoshop 3.0\0".as_slice(), MARK].concat()),
        segment(0xfe, MARK),
        tables,
        vec![0xff],
        frame,
        codes,
        scan.clone(),
        segment(0xfe, MARK),
        scan,
        vec![0xff, 0xd9],
    ];
    // Behind the end a second picture, as phones put one there.
    [first.concat(), vec![0xff, 0xd8], segment(0xe1, &block), MARK.to_vec()].concat()
}

fn tells_nothing(stripped: &[u8]) -> bool {
    !stripped.windows(MARK.len()).any(|window| window == MARK)
}

#[test]
fn a_jpeg_keeps_its_picture_and_which_side_is_up_and_nothing_else() {
    let [tables, frame, codes, scan] = kept_jpeg();
    for is_little in [false, true] {
        let photo = jpeg(is_little);
        let before = Reader::new().read_from_container(&mut Cursor::new(&photo)).unwrap();
        assert!(before.get_field(Tag::GPSLatitude, In::PRIMARY).is_some(), "otherwise nothing is proved");
        let stripped = strip_metadata(&photo).unwrap();
        let after = Reader::new().read_from_container(&mut Cursor::new(&stripped)).unwrap();
        let told: Vec<_> = after.fields().map(|field| (field.tag, field.value.get_uint(0))).collect();
        assert_eq!(told, [(Tag::Orientation, Some(6))]);
        assert!(tells_nothing(&stripped));
        let picture = [&tables, &frame, &codes, &scan, &scan].map(Vec::as_slice).concat();
        assert!(stripped.ends_with(&[picture.as_slice(), &[0xff, 0xd9]].concat()));
        assert_eq!(strip_metadata(&stripped).unwrap(), stripped, "there is nothing more to take out");
    }
}

fn chunk(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap();
    [length.to_be_bytes().as_slice(), &kind, content, &[9; 4]].concat()
}

#[test]
fn a_png_keeps_its_picture_alone() {
    let [head, picture, end] = [chunk(*b"IHDR", &[1; 13]), chunk(*b"IDAT", &[2; 40]), chunk(*b"IEND", &[])];
    let signature = png::SIGNATURE.to_vec();
    let told = [chunk(*b"tEXt", MARK), chunk(*b"eXIf", &exif(true)), chunk(*b"tIME", &[7; 7])].concat();
    let whole = [signature.clone(), head.clone(), told, picture.clone(), end.clone(), MARK.to_vec()].concat();
    assert_eq!(strip_metadata(&whole).unwrap(), [signature, head, picture, end].concat());
}

fn riff(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_le_bytes();
    let padding = vec![0; content.len() % 2];
    [kind.as_slice(), &length, content, &padding].concat()
}

fn webp(chunks: &[Vec<u8>]) -> Vec<u8> {
    riff(*b"RIFF", &[b"WEBP".as_slice(), &chunks.concat()].concat())
}

#[test]
fn a_webp_keeps_its_picture_and_says_that_there_is_nothing_else() {
    let extended = |bits| riff(*b"VP8X", &[bits, 0, 0, 0, 1, 0, 0, 1, 0, 0]);
    let picture = riff(*b"VP8 ", &[5; 31]);
    let told = [riff(*b"EXIF", &exif(true)), riff(*b"XMP ", MARK), riff(*b"ICCP", MARK)].concat();
    let whole = [webp(&[extended(0b0011_1100), picture.clone(), told]), MARK.to_vec()].concat();
    assert_eq!(strip_metadata(&whole).unwrap(), webp(&[extended(0b0001_0000), picture]));
}

fn mp4_box(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len() + 8).unwrap();
    [length.to_be_bytes().as_slice(), &kind, content].concat()
}

fn film(track: [u8; 4]) -> Vec<u8> {
    let handler = [&[0; 8], track.as_slice(), &[0; 12], b"a camera of somebody\0"].concat();
    let media = [mp4_box(*b"mdhd", &[9; 24]), mp4_box(*b"hdlr", &handler)].concat();
    let track = mp4_box(*b"trak", &[mp4_box(*b"tkhd", &[9; 84]), mp4_box(*b"mdia", &media)].concat());
    let moov =
        [mp4_box(*b"mvhd", &[9; 100]), track, mp4_box(*b"udta", MARK), mp4_box(*b"meta", MARK)].concat();
    [
        mp4_box(*b"ftyp", b"M4A \0\0\0\0M4A "),
        mp4_box(*b"moov", &moov),
        mp4_box(*b"uuid", MARK),
        mp4_box(*b"mdat", b"the sound itself"),
    ]
    .concat()
}

#[test]
fn a_recording_keeps_every_sample_at_its_byte_and_tells_no_place_and_no_time() {
    let whole = film(*b"soun");
    let stripped = strip_metadata(&whole).unwrap();
    assert_eq!(stripped.len(), whole.len(), "samples are found by their byte in the file");
    assert!(tells_nothing(&stripped) && stripped.ends_with(b"the sound itself"));
    assert!(!stripped.windows(9).any(|window| window == b"somebody\0"));
    let at = stripped.windows(4).position(|kind| kind == b"mvhd").unwrap();
    assert_eq!(stripped[at + 8..at + 16], [0; 8], "when it was made");
    assert_eq!(strip_metadata(&film(*b"meta")), Err(MetadataRefused::Format), "places among the samples");
}

fn ogg_page(flags: u8, number: u8, content: &[u8]) -> Vec<u8> {
    let head = [b"OggS\0".as_slice(), &[flags], &[0; 8], &[1, 2, 3, 4], &[number, 0, 0, 0], &[0; 4]].concat();
    [head, vec![1, u8::try_from(content.len()).unwrap()], content.to_vec()].concat()
}

#[test]
fn a_voice_note_keeps_its_sound_and_no_remarks() {
    let remarks = [b"OpusTags".as_slice(), &[0; 8], MARK].concat();
    let [head, sound] = [ogg_page(2, 0, b"OpusHead and more"), ogg_page(4, 2, b"sound")];
    let note = [head.clone(), ogg_page(0, 1, &remarks), sound.clone()].concat();
    let stripped = strip_metadata(&note).unwrap();
    assert!(stripped.starts_with(&head) && stripped.ends_with(&sound) && tells_nothing(&stripped));
    // The checksum of this page, reckoned by another program.
    let page = &stripped[head.len()..stripped.len() - sound.len()];
    assert_eq!(page[22..26], 0xa7e5_c339_u32.to_le_bytes());
    let other = [head, ogg_page(0, 1, &remarks), ogg_page(2, 2, b"OpusHead again")].concat();
    assert_eq!(strip_metadata(&other), Err(MetadataRefused::Format));
}

#[test]
fn what_cannot_be_told_apart_and_what_is_not_whole_is_refused() {
    for file in [b"%PDF-1.7 and more".as_slice(), b"\0\0\0\x18ftypheic", b"GIF89a", b""] {
        assert_eq!(strip_metadata(file), Err(MetadataRefused::Format), "{file:?}");
    }
    let whole = [jpeg(true), film(*b"soun"), webp(&[riff(*b"VP8 ", &[5; 31])])];
    for file in &whole {
        for length in (12..file.len()).filter(|length| length % 7 == 0) {
            // A cut file is refused, or what is left of it is whole: it never tells more than before.
            if let Ok(stripped) = strip_metadata(&file[..length]) {
                assert!(tells_nothing(&stripped), "{length}");
            }
        }
    }
    assert_eq!(strip_metadata(&whole[0][..60]), Err(MetadataRefused::Damaged));
}
