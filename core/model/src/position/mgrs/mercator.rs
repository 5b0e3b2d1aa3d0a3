//! The transverse Mercator projection of the WGS 84 ellipsoid, as UTM uses it.
//!
//! Krüger's series to the fourth order in the third flattening, after C. F. F. Karney, *Transverse Mercator with an accuracy of a
//! few nanometers*, Journal of Geodesy 85 (2011), equations 7 to 11, 35 and 36. Within a zone it errs by less than a micrometre.

/// Semi-major axis and flattening of WGS 84 (NGA.STND.0036).
const AXIS_M: f64 = 6_378_137.0;
const FLATTENING: f64 = 1.0 / 298.257_223_563;

/// What UTM makes of them: the scale on the middle meridian, and what is added so that nothing is negative.
const SCALE: f64 = 0.9996;
const FALSE_EASTING: f64 = 500_000.0;
pub(super) const SOUTHERN_NORTHING: f64 = 10_000_000.0;

/// Third flattening, and the powers of it.
const N1: f64 = FLATTENING / (2.0 - FLATTENING);
const N2: f64 = N1 * N1;
const N3: f64 = N2 * N1;
const N4: f64 = N2 * N2;

/// The radius of the circle whose circumference is that of a meridian (equation 14).
const RADIUS_M: f64 = AXIS_M / (1.0 + N1) * (1.0 + N2 / 4.0 + N4 / 64.0);

const FORWARD: [f64; 4] = [
    N1 / 2.0 - N2 * 2.0 / 3.0 + N3 * 5.0 / 16.0 + N4 * 41.0 / 180.0,
    N2 * 13.0 / 48.0 - N3 * 3.0 / 5.0 + N4 * 557.0 / 1_440.0,
    N3 * 61.0 / 240.0 - N4 * 103.0 / 140.0,
    N4 * 49_561.0 / 161_280.0,
];

const BACKWARD: [f64; 4] = [
    N1 / 2.0 - N2 * 2.0 / 3.0 + N3 * 37.0 / 96.0 - N4 / 360.0,
    N2 / 48.0 + N3 / 15.0 - N4 * 437.0 / 1_440.0,
    N3 * 17.0 / 480.0 - N4 * 37.0 / 840.0,
    N4 * 4_397.0 / 161_280.0,
];

/// A point on the flat map of a zone, in metres. South of the equator the northing is negative, or counted from the pole as UTM
/// writes it.
#[derive(Clone, Copy)]
pub(super) struct Flat {
    pub(super) easting: f64,
    pub(super) northing: f64,
}

/// Where a point lies on the map of this zone, as UTM writes it.
pub(super) fn to_flat(zone: u8, latitude: f64, longitude: f64) -> Flat {
    let from_middle = (longitude - middle_meridian(zone) + 540.0).rem_euclid(360.0) - 180.0;
    let (sine, cosine) = from_middle.to_radians().sin_cos();
    let conformal = conformal_tangent(latitude.to_radians().tan());
    let xi = conformal.atan2(cosine);
    let eta = (sine / conformal.hypot(cosine)).asinh();
    let (mut north, mut east) = (xi, eta);
    for (twice, factor) in DOUBLES.into_iter().zip(FORWARD) {
        north += factor * (twice * xi).sin() * (twice * eta).cosh();
        east += factor * (twice * xi).cos() * (twice * eta).sinh();
    }
    let shift = if latitude < 0.0 { SOUTHERN_NORTHING } else { 0.0 };
    Flat { easting: SCALE * RADIUS_M * east + FALSE_EASTING, northing: SCALE * RADIUS_M * north + shift }
}

/// Latitude and longitude of a point on the map of this zone; south of the equator its northing is negative.
pub(super) fn from_flat(zone: u8, flat: Flat) -> (f64, f64) {
    let north = flat.northing / (SCALE * RADIUS_M);
    let east = (flat.easting - FALSE_EASTING) / (SCALE * RADIUS_M);
    let (mut xi, mut eta) = (north, east);
    for (twice, factor) in DOUBLES.into_iter().zip(BACKWARD) {
        xi -= factor * (twice * north).sin() * (twice * east).cosh();
        eta -= factor * (twice * north).cos() * (twice * east).sinh();
    }
    let conformal = xi.sin() / eta.sinh().hypot(xi.cos());
    let latitude = tangent_of(conformal).atan().to_degrees();
    let longitude = middle_meridian(zone) + eta.sinh().atan2(xi.cos()).to_degrees();
    (latitude, longitude)
}

/// The series run over 2ξ, 4ξ, 6ξ and 8ξ.
const DOUBLES: [f64; 4] = [2.0, 4.0, 6.0, 8.0];

fn middle_meridian(zone: u8) -> f64 {
    f64::from(zone) * 6.0 - 183.0
}

/// The tangent of the conformal latitude from that of the latitude (equations 7 to 9).
fn conformal_tangent(tangent: f64) -> f64 {
    let eccentricity = (FLATTENING * (2.0 - FLATTENING)).sqrt();
    let secant = tangent.hypot(1.0);
    let sigma = (eccentricity * (eccentricity * tangent / secant).atanh()).sinh();
    tangent * sigma.hypot(1.0) - sigma * secant
}

/// And back, by Newton's method (equations 19 to 21): two steps reach what an `f64` can hold, a third proves it.
fn tangent_of(conformal: f64) -> f64 {
    let flatter = (1.0 - FLATTENING).powi(2);
    let mut tangent = conformal;
    for _ in 0..3 {
        let reached = conformal_tangent(tangent);
        let slope = (1.0 + flatter * tangent.powi(2)) / (flatter * tangent.hypot(1.0) * reached.hypot(1.0));
        tangent += (conformal - reached) * slope;
    }
    tangent
}
