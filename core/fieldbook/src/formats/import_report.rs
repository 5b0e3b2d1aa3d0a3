//! What an import found: counts of what came in, and of what could only be kept with a note.

/// What was in a file. Every count but the first five is something a person should know before he relies on
/// it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Points of tracks, kept.
    pub points: usize,
    /// Segments with at least one point.
    pub segments: usize,
    /// Tracks with at least one point.
    pub tracks: usize,
    /// Named places, kept; the points of routes are among them.
    pub waypoints: usize,
    /// Points of routes.
    pub route_points: usize,
    /// Points of tracks without a time.
    pub untimed_points: usize,
    /// Times that were written but cannot be read; their points are untimed.
    pub unreadable_times: usize,
    /// Times before the decree or after 2100, kept as they are.
    pub implausible_clocks: usize,
    /// Points at exactly 0,0, kept as places where the fix was lost.
    pub points_at_zero: usize,
    /// Points off the globe or without readable coordinates, kept as places where the fix was lost.
    pub unreadable_coordinates: usize,
    /// Heights that cannot be read, left out.
    pub unreadable_elevations: usize,
    /// Names and comments that were too long or held control characters, kept as far as they can be.
    pub words_shortened: usize,
    /// Shapes that are neither a track nor a place and were left out: areas, models.
    pub shapes_left_out: usize,
    /// Letters that cannot be read in the encoding the file declares, or in UTF-8 if it declares none, kept as `�`.
    pub not_utf8: bool,
    /// The file breaks off; what stands before the break is kept.
    pub breaks_off: bool,
}
