#!/usr/bin/env bash
# Lets programs that are not ours read what we export: gpxpy the GPX, geojson-pydantic the GeoJSON (RFC 7946), and libxml2 the KML
# and the KMZ by the schema of OGC KML 2.2 that pykml carries.
# Needs cargo and python3 with venv; what the check itself needs is installed into a venv under the target directory.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

cargo build --quiet --locked --package jasaq
target="$(cargo metadata --locked --no-deps --format-version 1 | sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p')"
venv="$target/formats-venv"
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check --requirement tests/formats/requirements.txt

# A patrol with two imported tracks, entries with and without a fix, south of the equator too, and words that XML has to escape.
place="$(mktemp --directory)"
trap 'rm -r "$place"' EXIT
jasaq() { "$target/debug/jasaq" --quiet --home "$place/home" --lang en "$@"; }
founder() { "$target/debug/jasaq" --quiet --home "$place/founder" --lang en "$@"; }
founder init --sheets "$place/sheets" >"$place/root"
jasaq join "$(founder invite --role ss --office 2034)" >"$place/words"
jasaq patrol start --mode joint --area border_zone >"$place/patrol" 2>"$place/said"
for track in server/jasaq/tracks/*.gpx; do jasaq track import "$track" >>"$place/said" 2>&1; done
add() { jasaq entry add --activity border_service --kind round --mode joint "$@" >>"$place/said" 2>&1; }
add --text 'тұман & <50 м> "көрінбейді"' --lat 44.1657001 --lon 80.0001 --accuracy 6
add --text 'оңтүстікте' --lat -0.5 --lon -80.25
add --text 'орны анықталмады'
jasaq patrol end >>"$place/said" 2>&1
for format in gpx geojson kml kmz; do
    jasaq track export "$(cat "$place/patrol")" --format "$format" --output "$place/patrol.$format"
done
"$venv/bin/python" -B tests/formats/check.py "$place"
