//! Where something was, as it is given on the line.

use jasaq_fieldbook::FieldbookRefused;
use jasaq_fieldbook::model::position::{
    Accuracy, Coordinates, Elevation, MgrsSquare, Origin, Place, PlaceMarks, Position, PositionRefused,
};

use crate::arguments::entry::PlaceArguments;
use crate::failure::{Class, Failure};

/// Everything that is known of a place.
pub(super) fn place(arguments: &PlaceArguments) -> Result<Place, Failure> {
    Ok(Place { position: position(arguments)?, marks: marks(arguments) })
}

/// How it is known beside its position.
pub(super) fn marks(arguments: &PlaceArguments) -> PlaceMarks {
    PlaceMarks { marker: arguments.marker.clone(), landmark: arguments.landmark.clone() }
}

/// Its position, if one is given: in degrees, or as the square of a map's grid.
pub(super) fn position(arguments: &PlaceArguments) -> Result<Option<Position>, Failure> {
    let square = arguments.mgrs.as_deref().map(MgrsSquare::read).transpose();
    let square = square.map_err(FieldbookRefused::Mgrs)?;
    read(arguments, square).map_err(|refused| {
        let id = match refused {
            PositionRefused::OffTheGlobe => "position-off-the-globe",
            PositionRefused::NoFix => "position-zero",
            PositionRefused::NotADistance => "position-not-a-distance",
        };
        Failure::new(Class::Usage, id, &refused)
    })
}

fn read(place: &PlaceArguments, square: Option<MgrsSquare>) -> Result<Option<Position>, PositionRefused> {
    let coordinates = match (square, place.lat, place.lon) {
        (Some(square), ..) => square.middle(),
        (None, Some(latitude), Some(longitude)) => Coordinates::from_degrees(latitude, longitude)?,
        _ => return Ok(None),
    };
    let origin = match (square.is_some() || place.by_hand, place.mock) {
        (true, _) => Origin::ByHand { measured: None },
        (_, true) => Origin::Mock,
        _ => Origin::Measured,
    };
    let accuracy = place.accuracy.or(square.and_then(as_far_as_its_corners));
    Ok(Some(Position {
        accuracy: accuracy.map(Accuracy::from_metres).transpose()?,
        elevation: place.altitude.map(Elevation::from_metres).transpose()?,
        ..Position::new(coordinates, origin)
    }))
}

/// From the middle of a square to its corners. One of a metre says nothing of how accurate it is.
fn as_far_as_its_corners(square: MgrsSquare) -> Option<f64> {
    (square.side_m() > 1).then(|| f64::from(square.side_m()) * std::f64::consts::FRAC_1_SQRT_2)
}
