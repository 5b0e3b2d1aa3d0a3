"""What we export, read by programs that are not ours.

Each reader refuses what its format does not allow; beside that it is asked for what went in, so that a file which says nothing
does not pass.
"""

import sys
import zipfile
from pathlib import Path

import gpxpy
from geojson_pydantic import FeatureCollection
from lxml import etree
from pykml.parser import Schema

ENTRIES_WITH_A_FIX = 2
TEXT = 'тұман & <50 м> "көрінбейді"'
SOUTH = (-80.25, -0.5)


def check(what, is_so):
    """Ends the program with what is wrong."""
    if not is_so:
        sys.exit(f"{what} does not hold")


def check_gpx(file):
    """GPX 1.1 as gpxpy reads it: every track has points with times, and each entry with a fix is a waypoint."""
    gpx = gpxpy.parse(file.read_text(encoding="utf-8"))
    check("GPX 1.1", gpx.version == "1.1")
    points = [point for track in gpx.tracks for segment in track.segments for point in segment.points]
    check("tracks with points", len(gpx.tracks) >= 2 and len(points) > 100)
    check("the entries as waypoints", len(gpx.waypoints) >= ENTRIES_WITH_A_FIX)
    check("the words of an entry", any(TEXT in (point.description or "") + (point.comment or "") for point in gpx.waypoints))
    check("south and west", any((point.longitude, point.latitude) == SOUTH for point in gpx.waypoints))
    return len(points)


def check_geojson(file):
    """RFC 7946: the types, the nesting and the number of coordinates of each geometry."""
    collection = FeatureCollection.model_validate_json(file.read_bytes())
    kinds = [feature.geometry.type for feature in collection.features if feature.geometry is not None]
    check("lines of tracks", any("LineString" in kind for kind in kinds))
    check("points of entries", kinds.count("Point") >= ENTRIES_WITH_A_FIX)
    check("ids that are each there once", len({feature.id for feature in collection.features}) == len(collection.features))
    texts = [str(feature.properties) for feature in collection.features]
    check("the words of an entry", any("көрінбейді" in text for text in texts))
    places = [tuple(feature.geometry.coordinates)[:2] for feature in collection.features if feature.geometry and feature.geometry.type == "Point"]
    check("longitude first", SOUTH in [tuple(float(number) for number in place) for place in places])
    return len(collection.features)


def check_kml(bytes_of_file):
    """The schema of OGC KML 2.2, with Google's extensions, which the tracks with times need."""
    tree = etree.fromstring(bytes_of_file)
    schema = Schema("kml22gx.xsd")
    if not schema.validate(tree):
        sys.exit(f"KML: {schema.schema.error_log}")
    placemarks = tree.findall(".//{http://www.opengis.net/kml/2.2}Placemark")
    check("placemarks", len(placemarks) >= ENTRIES_WITH_A_FIX + 2)
    check("the words of an entry", TEXT in "".join(tree.itertext()))
    return len(placemarks)


def main(folder):
    """Reads all four."""
    points = check_gpx(folder / "patrol.gpx")
    features = check_geojson(folder / "patrol.geojson")
    placemarks = check_kml((folder / "patrol.kml").read_bytes())
    with zipfile.ZipFile(folder / "patrol.kmz") as archive:
        check("a whole archive", archive.testzip() is None)
        check("the same placemarks", check_kml(archive.read("doc.kml")) == placemarks)
    print(f"others read our exports: {points} points, {features} features, {placemarks} placemarks")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
