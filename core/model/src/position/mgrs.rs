//! The Military Grid Reference System (NGA.STND.0037): how maps and radio name a square of the ground, `44TMQ 12345 67890`.
//!
//! Promises that what is written out names the square of one metre that holds the point, cut off and not rounded, as the standard
//! has it; and that what is read is the middle of the square that was named, with its side, so that nobody takes ten kilometres
//! for a point. Blanks may stand anywhere, letters may be small.
//!
//! Refuses the poles beyond 84° north and 80° south, which have a grid of their own (UPS), squares that do not touch the zone and
//! the band they are named in, and a square of 100 km without digits.
//!
//! Own code, as `geoconvert` 1.0.2, the one small library that reads and writes it, panics on the equator and on many digits, and
//! `mgrs` 0.4.2 is a program around it.

mod mercator;

use super::Coordinates;
use mercator::{Flat, from_flat, to_flat};

/// Without I and O, which look like digits.
const BANDS: &[u8; 20] = b"CDEFGHJKLMNPQRSTUVWX";
const COLUMNS: &[u8; 24] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
const ROWS: &[u8; 20] = b"ABCDEFGHJKLMNPQRSTUV";

const BAND_DEGREES: f64 = 8.0;
const SOUTHERNMOST: f64 = -80.0;
const NORTHERNMOST: f64 = 84.0;
/// Where the northernmost band begins.
const X_SOUTH: f64 = 72.0;
const SQUARE_M: f64 = 100_000.0;
/// After so many metres northwards the letters of the rows begin anew.
const ROWS_M: f64 = 2_000_000.0;
/// Somewhat less than the degrees of latitude that a square of 100 km takes: so far beyond the edge of its zone and band a place
/// may lie in a square that touches them.
const TOUCHING_DEGREES: f64 = 0.9;
const DIGITS_MAX: usize = 5;

/// Why a reference was not accepted, or a point has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MgrsRefused {
    /// Near a pole.
    #[error(
        "beyond 84 degrees north and 80 degrees south the polar grid (UPS) is used, which is not read here"
    )]
    Polar,
    /// Not a zone, a band, two letters and an even number of digits.
    #[error("the reference is not written like 44TMQ 12345 67890, with two to ten digits")]
    NotAReference,
    /// A square that is not in this zone and band.
    #[error("there is no such square in this zone and band")]
    NoSuchSquare,
}

/// A square of the ground that a reference names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct MgrsSquare {
    middle: Coordinates,
    side_m: u32,
}

/// Says nothing of where: places do not belong in a trace.
impl std::fmt::Debug for MgrsSquare {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MgrsSquare({} m)", self.side_m)
    }
}

impl MgrsSquare {
    /// Reads a reference of two to ten digits.
    pub fn read(written: &str) -> Result<Self, MgrsRefused> {
        let letters: Vec<u8> = written
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .map(|letter| u8::try_from(letter.to_ascii_uppercase()).unwrap_or_default())
            .collect();
        if matches!(letters.first(), Some(b'A' | b'B' | b'Y' | b'Z')) {
            return Err(MgrsRefused::Polar);
        }
        let reference = Reference::parse(&letters).ok_or(MgrsRefused::NotAReference)?;
        let middle = reference.middle().ok_or(MgrsRefused::NoSuchSquare)?;
        Ok(Self { middle, side_m: reference.side_m })
    }

    /// Its middle: nothing in it is further from there than from any other point.
    #[must_use]
    pub const fn middle(self) -> Coordinates {
        self.middle
    }

    /// How long its sides are, in metres: 10,000 for two digits, 1 for ten.
    #[must_use]
    pub const fn side_m(self) -> u32 {
        self.side_m
    }
}

impl Coordinates {
    /// The middle of the square that a reference names. How large that is, [`MgrsSquare::read`] tells.
    pub fn from_mgrs(written: &str) -> Result<Self, MgrsRefused> {
        MgrsSquare::read(written).map(MgrsSquare::middle)
    }

    /// The square of one metre that holds the point: `44TMQ 12345 67890`.
    pub fn to_mgrs(self) -> Result<String, MgrsRefused> {
        let (latitude, longitude) = (self.latitude(), self.longitude());
        let band = band_of(latitude).ok_or(MgrsRefused::Polar)?;
        let zone = zone_of(latitude, longitude);
        let Flat { easting, northing } = to_flat(zone, latitude, longitude);
        let column = COLUMNS.get(first_column(zone) + whole(easting / SQUARE_M).saturating_sub(1));
        let row = ROWS.get((whole(northing / SQUARE_M) + first_row(zone)) % ROWS.len());
        let letters = [BANDS.get(band), column, row].map(|letter| letter.map(|letter| char::from(*letter)));
        let [Some(band), Some(column), Some(row)] = letters else { return Err(MgrsRefused::NoSuchSquare) };
        let (east, north) = (whole(easting % SQUARE_M), whole(northing % SQUARE_M));
        Ok(format!("{zone:02}{band}{column}{row} {east:05} {north:05}"))
    }
}

/// A reference, letter by letter.
struct Reference {
    zone: u8,
    band: usize,
    /// The letters of the square of 100 km, as places in their alphabets.
    column: usize,
    row: usize,
    /// In metres from the corner of the square of 100 km.
    east: u32,
    north: u32,
    side_m: u32,
}

impl Reference {
    fn parse(letters: &[u8]) -> Option<Self> {
        let zone_digits = letters.iter().take_while(|letter| letter.is_ascii_digit()).count();
        let (zone, rest) = letters.split_at_checked(zone_digits)?;
        let zone = std::str::from_utf8(zone)
            .ok()?
            .parse()
            .ok()
            .filter(|zone| (1..=60).contains(zone))?;
        let ([band, column, row], digits) = rest.split_first_chunk()?;
        let half = digits.len() / 2;
        if half == 0 || half > DIGITS_MAX || digits.len() % 2 != 0 {
            return None;
        }
        let side_m = 10_u32.pow(u32::try_from(DIGITS_MAX - half).ok()?);
        let metres = |digits: &[u8]| {
            let all_digits = digits.iter().all(u8::is_ascii_digit);
            let written = std::str::from_utf8(digits).ok().filter(|_| all_digits)?;
            Some(written.parse::<u32>().ok()? * side_m)
        };
        let (east, north) = digits.split_at_checked(half)?;
        Some(Self {
            zone,
            band: place(BANDS, *band)?,
            column: place(COLUMNS, *column)?,
            row: place(ROWS, *row)?,
            east: metres(east)?,
            north: metres(north)?,
            side_m,
        })
    }

    /// The middle of the square, if it touches the zone and the band.
    fn middle(&self) -> Option<Coordinates> {
        // Their neighbours took all of these zones.
        if self.band + 1 == BANDS.len() && matches!(self.zone, 32 | 34 | 36) {
            return None;
        }
        let column = self.column.checked_sub(first_column(self.zone)).filter(|column| *column < 8)?;
        let row = (self.row + ROWS.len() - first_row(self.zone)) % ROWS.len();
        let middle_of = |square: usize, metres: u32| {
            small(square) * SQUARE_M + f64::from(metres) + f64::from(self.side_m) / 2.0
        };
        let easting = middle_of(column + 1, self.east);
        let in_rows = middle_of(row, self.north);
        let southern = SOUTHERNMOST + BAND_DEGREES * small(self.band);
        let northern = if self.band + 1 == BANDS.len() { NORTHERNMOST } else { southern + BAND_DEGREES };
        // The letters of the rows come again every 2,000 km, and a band is 900 km high: one of them can be meant.
        let cycles = (0..5).map(|cycle| small(cycle) * ROWS_M + in_rows);
        let places = cycles.map(|northing| {
            let northing = if southern < 0.0 { northing - mercator::SOUTHERN_NORTHING } else { northing };
            from_flat(self.zone, Flat { easting, northing })
        });
        let touches = |(latitude, longitude): &(f64, f64)| {
            let (west, east) = zone_edges(self.zone, *latitude);
            let beside = TOUCHING_DEGREES / latitude.to_radians().cos();
            (southern - TOUCHING_DEGREES..=northern + TOUCHING_DEGREES).contains(latitude)
                && (west - beside..=east + beside).contains(longitude)
        };
        let (latitude, longitude) = places.into_iter().find(touches)?;
        let longitude = if longitude < -180.0 { longitude + 360.0 } else { longitude };
        let longitude = if longitude > 180.0 { longitude - 360.0 } else { longitude };
        Coordinates::from_degrees(latitude, longitude).ok()
    }
}

/// Which band of eight degrees; the northernmost has twelve.
fn band_of(latitude: f64) -> Option<usize> {
    let is_banded = (SOUTHERNMOST..=NORTHERNMOST).contains(&latitude);
    is_banded.then(|| whole((latitude - SOUTHERNMOST) / BAND_DEGREES).min(BANDS.len() - 1))
}

/// Which zone of six degrees. South-west Norway and Svalbard are divided otherwise.
fn zone_of(latitude: f64, longitude: f64) -> u8 {
    let within = |latitudes: std::ops::Range<f64>, longitudes: std::ops::Range<f64>| {
        latitudes.contains(&latitude) && longitudes.contains(&longitude)
    };
    if within(56.0..64.0, 3.0..12.0) {
        return 32;
    }
    let svalbard = [(0.0..9.0, 31), (9.0..21.0, 33), (21.0..33.0, 35), (33.0..42.0, 37)];
    for (longitudes, zone) in svalbard {
        if within(X_SOUTH..f64::INFINITY, longitudes) {
            return zone;
        }
    }
    // 180° east is where zone 1 begins.
    u8::try_from(whole((longitude + 180.0) / 6.0) % 60 + 1).unwrap_or(1)
}

/// The degrees between which a zone lies, as wide as it is anywhere near this latitude.
fn zone_edges(zone: u8, latitude: f64) -> (f64, f64) {
    let west = f64::from(zone) * 6.0 - 186.0;
    let beyond = match zone {
        32 if (56.0..64.0).contains(&latitude) => 3.0,
        31 | 33 | 35 | 37 if latitude >= X_SOUTH => 3.0,
        _ => 0.0,
    };
    (west - beyond, west + 6.0 + beyond)
}

/// The columns begin with A, J and S in turn.
fn first_column(zone: u8) -> usize {
    usize::from((zone + 2) % 3) * 8
}

/// The rows begin with A in odd zones and with F in even ones.
fn first_row(zone: u8) -> usize {
    if zone.is_multiple_of(2) { 5 } else { 0 }
}

fn place(alphabet: &[u8], letter: u8) -> Option<usize> {
    alphabet.iter().position(|known| *known == letter)
}

/// Metres and degrees as they are counted here: never negative, and far below four thousand millions.
fn whole(value: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "what is cut off is a part of a metre or of a square; `as` keeps to the range"
    )]
    let whole = value as usize;
    whole
}

/// A place in an alphabet.
fn small(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or_default())
}

#[cfg(test)]
mod tests;
