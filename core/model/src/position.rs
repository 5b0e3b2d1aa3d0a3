//! Positions, and how much they are worth.
//!
//! Promises that coordinates lie on the globe and say where they come from: measured, set by hand, or from an
//! app that fakes a position. **No fix is absent, never 0,0**: what may lack a fix holds an `Option`.
//!
//! A point has a name on maps with a military grid too ([`Coordinates::to_mgrs`]).
//!
//! Refuses coordinates off the globe, exactly (0,0), and accuracies that are no distance.

mod mgrs;

pub use mgrs::{MgrsRefused, MgrsSquare};

use crate::limits::ACCURACY_WEAK_DECIMETRES;
use crate::words::Label;

const DEGREE_E7: i32 = 10_000_000;
const LATITUDE_E7_MAX: i32 = 90 * DEGREE_E7;
const LONGITUDE_E7_MAX: i32 = 180 * DEGREE_E7;

/// Why a position was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PositionRefused {
    /// Latitude beyond a pole, longitude beyond the date line, or no number at all.
    #[error("latitude goes from -90 to 90 degrees and longitude from -180 to 180")]
    OffTheGlobe,
    /// Exactly 0,0: what receivers report when they know nothing.
    #[error("0,0 is what a receiver without a fix reports")]
    NoFix,
    /// Negative, infinite or too large.
    #[error("this is not a distance in metres")]
    NotADistance,
}

/// A point on the globe (WGS 84), to the ten-millionth of a degree, which is a centimetre.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Coordinates {
    latitude_e7: i32,
    longitude_e7: i32,
}

/// Says nothing: places do not belong in a trace.
impl std::fmt::Debug for Coordinates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Coordinates(…)")
    }
}

impl Coordinates {
    /// The point at these ten-millionths of a degree.
    pub fn from_e7(latitude_e7: i32, longitude_e7: i32) -> Result<Self, PositionRefused> {
        let on_globe = latitude_e7.unsigned_abs() <= LATITUDE_E7_MAX.unsigned_abs()
            && longitude_e7.unsigned_abs() <= LONGITUDE_E7_MAX.unsigned_abs();
        if !on_globe {
            return Err(PositionRefused::OffTheGlobe);
        }
        if (latitude_e7, longitude_e7) == (0, 0) {
            return Err(PositionRefused::NoFix);
        }
        Ok(Self { latitude_e7, longitude_e7 })
    }

    /// The point at these degrees, rounded to a centimetre.
    pub fn from_degrees(latitude: f64, longitude: f64) -> Result<Self, PositionRefused> {
        let latitude_e7 = scaled(latitude, DEGREE_E7).ok_or(PositionRefused::OffTheGlobe)?;
        let longitude_e7 = scaled(longitude, DEGREE_E7).ok_or(PositionRefused::OffTheGlobe)?;
        Self::from_e7(latitude_e7, longitude_e7)
    }

    /// Ten-millionths of a degree north.
    #[must_use]
    pub const fn latitude_e7(self) -> i32 {
        self.latitude_e7
    }

    /// Ten-millionths of a degree east.
    #[must_use]
    pub const fn longitude_e7(self) -> i32 {
        self.longitude_e7
    }

    /// How far another point is, in metres, over a sphere of the earth's mean radius: good to half a percent.
    #[must_use]
    pub fn metres_to(self, other: Self) -> f64 {
        const EARTH_RADIUS_M: f64 = 6_371_008.8;
        let (one, two) = (self.latitude().to_radians(), other.latitude().to_radians());
        let (north, east) = (two - one, (other.longitude() - self.longitude()).to_radians());
        let chord = (north / 2.0).sin().powi(2) + one.cos() * two.cos() * (east / 2.0).sin().powi(2);
        2.0 * EARTH_RADIUS_M * chord.sqrt().min(1.0).asin()
    }

    /// Degrees north.
    #[must_use]
    pub fn latitude(self) -> f64 {
        f64::from(self.latitude_e7) / f64::from(DEGREE_E7)
    }

    /// Degrees east.
    #[must_use]
    pub fn longitude(self) -> f64 {
        f64::from(self.longitude_e7) / f64::from(DEGREE_E7)
    }
}

/// Rounds `value * per_unit` to an integer; nothing if it is no number or does not fit.
fn scaled(value: f64, per_unit: i32) -> Option<i32> {
    let scaled = (value * f64::from(per_unit)).round();
    let fits = (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&scaled);
    #[expect(clippy::cast_possible_truncation, reason = "it is a whole number within the range of i32")]
    fits.then_some(scaled as i32)
}

/// The radius within which the receiver believes to be, in decimetres.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Accuracy(u32);

impl Accuracy {
    /// So many decimetres.
    #[must_use]
    pub const fn from_decimetres(decimetres: u32) -> Self {
        Self(decimetres)
    }

    /// So many metres, rounded to a decimetre.
    pub fn from_metres(metres: f64) -> Result<Self, PositionRefused> {
        let decimetres = scaled(metres, 10).ok_or(PositionRefused::NotADistance)?;
        u32::try_from(decimetres).map(Self).map_err(|_| PositionRefused::NotADistance)
    }

    /// In decimetres.
    #[must_use]
    pub const fn decimetres(self) -> u32 {
        self.0
    }

    /// In metres.
    #[must_use]
    pub fn metres(self) -> f64 {
        f64::from(self.0) / 10.0
    }

    /// Whether it is so large that a screen says *weak*.
    #[must_use]
    pub const fn is_weak(self) -> bool {
        self.0 >= ACCURACY_WEAK_DECIMETRES
    }
}

/// Height above the ellipsoid or the sea, as the receiver gave it, in centimetres.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Elevation(i32);

impl Elevation {
    /// So many centimetres.
    #[must_use]
    pub const fn from_centimetres(centimetres: i32) -> Self {
        Self(centimetres)
    }

    /// So many metres, rounded to a centimetre.
    pub fn from_metres(metres: f64) -> Result<Self, PositionRefused> {
        scaled(metres, 100).map(Self).ok_or(PositionRefused::NotADistance)
    }

    /// In centimetres.
    #[must_use]
    pub const fn centimetres(self) -> i32 {
        self.0
    }

    /// In metres.
    #[must_use]
    pub fn metres(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

/// Where a position comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The receiver measured it.
    Measured,
    /// The system says that an app faked it.
    Mock,
    /// A person set it on the map; what the receiver said, if anything, stays beside it.
    ByHand {
        /// What the receiver said.
        measured: Option<Coordinates>,
    },
}

impl Origin {
    /// What travels and what `--json` and exported files say.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::Mock => "mock",
            Self::ByHand { .. } => "by_hand",
        }
    }
}

/// Where something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Position {
    /// The point.
    pub coordinates: Coordinates,
    /// How accurate it is; if left unset, nobody knows.
    pub accuracy: Option<Accuracy>,
    /// How high; if left unset, nobody knows.
    pub elevation: Option<Elevation>,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where something happened, as far as anybody can say: by a receiver, by the border's own marks, by the look of the land.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Place {
    /// By a receiver, or set by hand. If left unset, there was no fix.
    pub position: Option<Position>,
    /// How it is known otherwise.
    pub marks: PlaceMarks,
}

/// How a place is known beside a position.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct PlaceMarks {
    /// The number of the nearest boundary marker. If left unset, it was not said.
    pub marker: Option<Label>,
    /// A landmark. If left unset, it was not said.
    pub landmark: Option<Label>,
}

impl Position {
    /// A bare point of this origin.
    #[must_use]
    pub const fn new(coordinates: Coordinates, origin: Origin) -> Self {
        Self { coordinates, accuracy: None, elevation: None, origin }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_kept_to_a_centimetre() {
        let point = Coordinates::from_degrees(45.772_163_216, -14.357_652_292).unwrap();
        assert_eq!((point.latitude_e7(), point.longitude_e7()), (457_721_632, -143_576_523));
        assert_eq!(Coordinates::from_degrees(point.latitude(), point.longitude()), Ok(point));
    }

    #[test]
    fn points_off_the_globe_are_refused() {
        for (latitude, longitude) in [
            (95.0, 0.0),
            (-90.000_000_1, 1.0),
            (1.0, 180.000_000_1),
            (f64::NAN, 1.0),
            (1.0, f64::INFINITY),
            (1e300, 1.0),
        ] {
            assert_eq!(Coordinates::from_degrees(latitude, longitude), Err(PositionRefused::OffTheGlobe));
        }
        assert_eq!(Coordinates::from_e7(i32::MIN, 0), Err(PositionRefused::OffTheGlobe));
        assert!(Coordinates::from_degrees(-90.0, 180.0).is_ok());
    }

    #[test]
    fn no_fix_is_never_zero_zero() {
        assert_eq!(Coordinates::from_degrees(0.0, 0.0), Err(PositionRefused::NoFix));
        assert_eq!(Coordinates::from_degrees(-0.0, 0.000_000_01), Err(PositionRefused::NoFix));
        assert!(Coordinates::from_degrees(0.0, 9.5).is_ok());
    }

    #[test]
    fn accuracy_is_a_distance_and_weak_from_fifty_metres_on() {
        assert_eq!(Accuracy::from_metres(6.04), Ok(Accuracy::from_decimetres(60)));
        assert!(!Accuracy::from_metres(49.9).unwrap().is_weak());
        assert!(Accuracy::from_metres(50.0).unwrap().is_weak());
        for refused in [-1.0, f64::NAN, f64::INFINITY, 1e12] {
            assert_eq!(Accuracy::from_metres(refused), Err(PositionRefused::NotADistance));
        }
    }

    #[test]
    fn elevation_may_lie_below_the_sea() {
        assert_eq!(Elevation::from_metres(-0.114_38), Ok(Elevation::from_centimetres(-11)));
        assert_eq!(Elevation::from_metres(f64::NAN), Err(PositionRefused::NotADistance));
    }
}
