#!/usr/bin/env bash
# Lets the Python reader read the golden vectors and books, 10,000 random lines, twice as many statements and 3,000 random districts,
# and compares with what the Rust one says. `test.sh SEED LINES DISTRICTS` takes others.
# Needs cargo and python3 with venv; what the reader itself needs is installed into a venv under the target directory.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

cargo build --quiet --locked --package jasaq-tests --bin random-envelopes --bin random-folds
target="$(cargo metadata --locked --no-deps --format-version 1 | sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p')"
venv="$target/decoder-venv"
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check --requirement tests/decoder/requirements.txt
"$venv/bin/python" -B -m unittest discover --start-directory tests/decoder --pattern 'test_*.py'

# A fixed seed: what was green stays green. Another is one argument away.
lines() {
    "$target/debug/random-envelopes" --count "${2:-10000}" --seed "${1:-1}"
    "$target/debug/random-envelopes" --statements "$((2 * ${2:-10000}))" --seed "${1:-1}"
    "$target/debug/random-folds" --count "${3:-3000}" --seed "${1:-1}"
    "$target/debug/random-folds" --seeds "$(grep --invert-match '^#' tests/decoder/fold_seeds.txt | paste --serial --delimiters=,)"
}
lines "$@" | "$venv/bin/python" -B tests/decoder/check.py --vectors tests/vectors --random -
