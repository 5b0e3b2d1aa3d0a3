//! The shapes of KML: points and lines written as tuples, and trails of moments and places.
//!
//! Promises that tuples are read as they come, in pieces of any length, and that what was cut off in the middle of one is no
//! point. A height of 0 counts only where the file says that heights are absolute: programs that know none write it.

use jasaq_model::moment::UtcTime;
use jasaq_model::position::Elevation;
use jasaq_model::track::TrackPoint;

use super::IMPORT_POINTS_MAX;
use super::imported::{Gathered, ImportRefused};

/// Of one tuple; three numbers of twenty digits have fewer letters.
const TUPLE_BYTES_MAX: usize = 128;

/// What a file's heights are measured from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Heights {
    /// Nothing was said: viewers lay the shape on the ground, whatever the height is.
    #[default]
    OnTheGround,
    /// The sea.
    Absolute,
    /// The ground, or the bottom of the sea: not what a height is here.
    Relative,
}

impl Heights {
    pub(super) fn read(written: &str) -> Self {
        match written.trim() {
            "absolute" => Self::Absolute,
            "clampToGround" => Self::OnTheGround,
            _ => Self::Relative,
        }
    }

    fn apply(self, written: Vec<(TrackPoint, Height)>) -> Vec<TrackPoint> {
        let apply = |(point, height)| {
            let elevation = match (height, self) {
                (Height::Zero, Self::Absolute) => Some(Elevation::from_centimetres(0)),
                (Height::Zero, _) | (_, Self::Relative) => None,
                (Height::Of(elevation), _) => elevation,
            };
            TrackPoint { elevation, ..point }
        };
        written.into_iter().map(apply).collect()
    }
}

/// What was written for a height: a bare 0 may be one or none.
#[derive(Debug, Clone, Copy)]
enum Height {
    Zero,
    Of(Option<Elevation>),
}

/// A point or a line whose element is still open.
#[derive(Default)]
pub(super) struct Shape {
    pub(super) heights: Heights,
    points: Vec<(TrackPoint, Height)>,
    /// What came of the next tuple.
    begun: String,
}

impl Shape {
    /// Reads more of the tuples: `longitude,latitude[,height]`, with blanks between them.
    pub(super) fn read(&mut self, text: &str, gathered: &mut Gathered) -> Result<(), ImportRefused> {
        for letter in text.chars() {
            if !letter.is_whitespace() {
                // Of what is longer than any tuple it is enough to know that.
                if self.begun.len() < TUPLE_BYTES_MAX {
                    self.begun.push(letter);
                }
            } else if !self.begun.ends_with(',') {
                // Some programs put a blank behind the comma too.
                self.end_tuple(gathered)?;
            }
        }
        Ok(())
    }

    /// The last tuple is whole.
    pub(super) fn end_tuple(&mut self, gathered: &mut Gathered) -> Result<(), ImportRefused> {
        if self.begun.is_empty() {
            return Ok(());
        }
        let tuple = std::mem::take(&mut self.begun);
        self.points.push(read_point(tuple.split(','), gathered)?);
        Ok(())
    }

    /// Its points.
    pub(super) fn into_points(self) -> Vec<TrackPoint> {
        self.heights.apply(self.points)
    }
}

/// Google's track while its element is open.
#[derive(Default)]
pub(super) struct Trail {
    pub(super) heights: Heights,
    moments: Vec<Option<UtcTime>>,
    places: Vec<(TrackPoint, Height)>,
}

impl Trail {
    /// A moment; an empty one is one that nobody knows.
    pub(super) fn read_moment(
        &mut self,
        written: &str,
        gathered: &mut Gathered,
    ) -> Result<(), ImportRefused> {
        if self.moments.len() == IMPORT_POINTS_MAX {
            return Err(ImportRefused::TooManyPoints);
        }
        let time = if written.trim().is_empty() { None } else { gathered.time(written) };
        self.moments.push(time);
        Ok(())
    }

    /// A place, `longitude latitude [height]`; an empty one is where the fix was lost.
    pub(super) fn read_place(&mut self, written: &str, gathered: &mut Gathered) -> Result<(), ImportRefused> {
        let point = if written.trim().is_empty() {
            gathered.count_point()?;
            LOST
        } else {
            read_point(written.split_whitespace(), gathered)?
        };
        self.places.push(point);
        Ok(())
    }

    /// The first place has the first moment, and so on; a moment without a place is where the fix was lost.
    pub(super) fn into_points(mut self, gathered: &mut Gathered) -> Result<Vec<TrackPoint>, ImportRefused> {
        while self.places.len() < self.moments.len() {
            gathered.count_point()?;
            self.places.push(LOST);
        }
        for ((place, _), time) in self.places.iter_mut().zip(self.moments) {
            place.time = time;
        }
        Ok(self.heights.apply(self.places))
    }
}

const LOST: (TrackPoint, Height) =
    (TrackPoint { coordinates: None, time: None, elevation: None }, Height::Of(None));

fn read_point<'a>(
    mut numbers: impl Iterator<Item = &'a str>,
    gathered: &mut Gathered,
) -> Result<(TrackPoint, Height), ImportRefused> {
    gathered.count_point()?;
    let mut degrees = || numbers.next().and_then(|number| number.parse::<f64>().ok());
    let (longitude, latitude) = (degrees(), degrees());
    let coordinates = gathered.coordinates(latitude.zip(longitude));
    let height = match numbers.next().filter(|height| !height.is_empty()).map(str::parse::<f64>) {
        None => Height::Of(None),
        Some(Ok(0.0)) => Height::Zero,
        Some(metres) => Height::Of(gathered.elevation(metres.ok())),
    };
    Ok((TrackPoint { coordinates, time: None, elevation: None }, height))
}
