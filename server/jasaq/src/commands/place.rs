//! Where something was, as it is given on the line.

use jasaq_fieldbook::model::position::{
    Accuracy, Coordinates, Elevation, Origin, Place, PlaceMarks, Position, PositionRefused,
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

/// Its position, if one is given.
pub(super) fn position(arguments: &PlaceArguments) -> Result<Option<Position>, Failure> {
    read(arguments).map_err(|refused| {
        let id = match refused {
            PositionRefused::OffTheGlobe => "position-off-the-globe",
            PositionRefused::NoFix => "position-zero",
            PositionRefused::NotADistance => "position-not-a-distance",
        };
        Failure::new(Class::Usage, id, &refused)
    })
}

fn read(place: &PlaceArguments) -> Result<Option<Position>, PositionRefused> {
    let Some(coordinates) = coordinates(place)? else { return Ok(None) };
    let origin = match (place.by_hand, place.mock) {
        (true, _) => Origin::ByHand { measured: None },
        (_, true) => Origin::Mock,
        _ => Origin::Measured,
    };
    Ok(Some(Position {
        accuracy: place.accuracy.map(Accuracy::from_metres).transpose()?,
        elevation: place.altitude.map(Elevation::from_metres).transpose()?,
        ..Position::new(coordinates, origin)
    }))
}

/// Every way in which a point can be given.
fn coordinates(place: &PlaceArguments) -> Result<Option<Coordinates>, PositionRefused> {
    let (Some(latitude), Some(longitude)) = (place.lat, place.lon) else { return Ok(None) };
    Coordinates::from_degrees(latitude, longitude).map(Some)
}
