//! Invariants of packing:
//!
//! 1. Splitting and joining gives the same recording, whatever the order of the chunks.
//! 2. No chunk is longer than the limit, and every chunk can be read alone.
//! 3. Reading any bytes whatever gives points or a refusal.
//! 4. A walk costs at most eight bytes a point.

use proptest::prelude::*;

use super::*;
use crate::limits::TRACK_GAP_MS;
use crate::strategies;

const RECORDING: RecordingId = RecordingId::from_bytes([7; 16]);

fn point(latitude_e7: i32, longitude_e7: i32, unix_ms: i64) -> TrackPoint {
    TrackPoint {
        coordinates: Coordinates::from_e7(latitude_e7, longitude_e7).ok(),
        time: UtcTime::from_unix_ms(unix_ms).ok(),
        elevation: None,
    }
}

fn track(segments: Vec<Vec<TrackPoint>>) -> Track {
    Track::new(segments.into_iter().map(|points| TrackSegment::new(points).unwrap()).collect()).unwrap()
}

/// A wandering walk of 1.2 m/s with a point about every ten seconds, times to the millisecond, heights to the
/// centimetre.
fn walk(points: u32) -> Vec<TrackPoint> {
    let mut noise = 1_u32;
    let mut random = move |below: i32| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        i32::try_from(noise >> 16).unwrap() % below
    };
    let (mut latitude, mut longitude, mut height, mut time) =
        (448_963_570, 800_448_720, 61_000, 1_767_239_045_599);
    (0..points)
        .map(|_| {
            latitude += 700 + random(600) - 300;
            longitude += random(1_400) - 700;
            height += random(200) - 100;
            time += 10_000 + i64::from(random(40)) - 20;
            TrackPoint {
                elevation: Some(Elevation::from_centimetres(height)),
                ..point(latitude, longitude, time)
            }
        })
        .collect()
}

proptest! {
    #[test]
    fn splitting_and_joining_gives_the_same_recording(track in strategies::track(300), turn in 0..100_usize) {
        let mut chunks = track.split(RECORDING);
        for chunk in &chunks {
            prop_assert!(chunk.packed.bytes().len() <= TRACK_CHUNK_BYTES_MAX);
            prop_assert_eq!(PackedTrack::unpack(chunk.packed.bytes()), Ok(chunk.packed.clone()));
        }
        let middle = turn % chunks.len();
        chunks.rotate_left(middle);
        prop_assert_eq!(Track::join(&chunks), Ok(track));
    }

    #[test]
    fn any_bytes_give_points_or_a_refusal(
        mut bytes in proptest::collection::vec(any::<u8>(), 0..200),
        known in any::<bool>(),
    ) {
        if let Some(version) = bytes.first_mut().filter(|_| known) {
            *version = 1;
        }
        if let Ok(packed) = PackedTrack::unpack(&bytes) {
            prop_assert!(packed.track().points().count() <= bytes.len());
        }
    }
}

#[test]
fn a_walk_costs_at_most_eight_bytes_a_point() {
    let walked = track(vec![walk(3_000)]);
    let bytes: usize = walked.split(RECORDING).iter().map(|chunk| chunk.packed.bytes().len()).sum();
    assert!(bytes <= 8 * 3_000, "{bytes} bytes");

    let without_height: Vec<_> = walk(3_000)
        .into_iter()
        .map(|point| TrackPoint { elevation: None, ..point })
        .collect();
    let bytes: usize = track(vec![without_height])
        .split(RECORDING)
        .iter()
        .map(|chunk| chunk.packed.bytes().len())
        .sum();
    assert!(bytes <= 6 * 3_000, "{bytes} bytes");
}

#[test]
fn whole_seconds_and_six_decimals_need_no_bytes_for_their_zeros() {
    let rounded: Vec<_> = (0..100)
        .map(|step| point(448_960_000 + step * 50, 800_440_000, 1_767_239_045_000 + i64::from(step) * 11_000))
        .collect();
    let bytes = track(vec![rounded]).split(RECORDING).remove(0).packed.bytes().len();
    assert!(bytes < 100 * 3 + 20, "{bytes} bytes");
}

#[test]
fn a_missing_chunk_leaves_a_break_and_no_straight_line() {
    let walked = track(vec![walk(1_000)]);
    let mut chunks = walked.split(RECORDING);
    assert!(chunks.len() >= 3, "otherwise the rule is proved of nothing");
    chunks.remove(1);
    let joined = Track::join(&chunks).unwrap();
    assert_eq!(joined.segments().len(), 2);
}

#[test]
fn of_two_chunks_with_one_number_the_first_counts() {
    let (first, second) = (track(vec![walk(3)]).split(RECORDING), track(vec![walk(2)]).split(RECORDING));
    assert_eq!(Track::join(first.iter().chain(&second)).unwrap().points().count(), 3);
}

#[test]
fn nothing_and_too_much_are_no_track() {
    assert_eq!(TrackSegment::new(vec![]), Err(TrackRefused::NoPoints));
    assert_eq!(Track::new(vec![]), Err(TrackRefused::NoPoints));
    assert_eq!(Track::join([]), Err(TrackRefused::NoPoints));
    let too_many = TrackSegment::new(vec![point(1, 1, 0); TRACK_POINTS_MAX + 1]).unwrap();
    assert_eq!(Track::new(vec![too_many]), Err(TrackRefused::TooManyPoints { points: TRACK_POINTS_MAX + 1 }));
}

#[test]
fn packed_bytes_that_cannot_be_are_refused() {
    let unreadable = |at_byte| Err(TrackRefused::Unreadable { at_byte });
    assert_eq!(PackedTrack::unpack(&[]), unreadable(0));
    assert_eq!(PackedTrack::unpack(&[2, 0]), Err(TrackRefused::UnknownVersion { version: 2 }));
    assert_eq!(PackedTrack::unpack(&[1, 0]), Err(TrackRefused::NoPoints));
    assert_eq!(PackedTrack::unpack(&[1; 2_049]), Err(TrackRefused::ChunkTooLong { bytes: 2_049 }));
    assert_eq!(PackedTrack::unpack(&[1, 0, 1, 0x10]), unreadable(2), "unknown presence bit");
    assert_eq!(PackedTrack::unpack(&[1, 0, 4]), unreadable(2), "a surprise without a time");
    assert_eq!(PackedTrack::unpack(&[1, 0, 1, 1, 0, 0]), unreadable(2), "0,0");
    assert_eq!(PackedTrack::unpack(&[1, 0, 1, 1, 2]), unreadable(5), "cut inside a point");
    assert_eq!(PackedTrack::unpack(&[&[1, 0][..], &[0xff; 10]].concat()), unreadable(2), "endless number");
}

#[test]
fn chunk_numbers_stay_below_their_count() {
    assert!(ChunkNumber::new(0, 1).is_ok());
    assert_eq!(ChunkNumber::new(1, 1), Err(TrackRefused::NoSuchChunk { number: 1, of: 1 }));
    assert_eq!(ChunkNumber::new(0, u16::MAX), Err(TrackRefused::NoSuchChunk { number: 0, of: u16::MAX }));
}

#[test]
fn a_gap_is_a_time_without_coordinates() {
    let lost = TrackPoint { coordinates: None, ..point(0, 0, 100_000) };
    let walked = track(vec![
        vec![point(1, 1, 0), lost, point(2, 1, 200_000), point(3, 1, 210_000)],
        vec![point(4, 1, 400_000), point(5, 1, 300_000)],
    ]);
    let gaps: Vec<_> = walked
        .gaps(TRACK_GAP_MS)
        .iter()
        .map(|gap| (gap.from.unix_ms(), gap.until.unix_ms()))
        .collect();
    assert_eq!(gaps, [(0, 200_000), (210_000, 400_000)]);
}

#[test]
fn a_line_breaks_where_the_fix_was_lost_and_where_nothing_was_recorded() {
    let lost = TrackPoint { coordinates: None, time: None, elevation: None };
    let points = vec![
        lost,
        point(1, 1, 0),
        point(2, 1, 10_000),
        lost,
        lost,
        point(3, 1, 20_000),
        point(4, 1, 900_000),
        lost,
    ];
    let segment = TrackSegment::new(points).unwrap();
    let lengths: Vec<_> = segment.unbroken(TRACK_GAP_MS).iter().map(|line| line.len()).collect();
    assert_eq!(lengths, [2, 1, 1]);
}
