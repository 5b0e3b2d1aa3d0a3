#!/usr/bin/env bash
# Lets the Python reader read the golden vectors and 10,000 random lines, and compares with what the Rust one says.
# `test.sh SEED COUNT` takes others.
# Needs cargo and python3 with venv; what the reader itself needs is installed into a venv under the target directory.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

cargo build --quiet --locked --package jasaq-tests --bin random-envelopes
target="$(cargo metadata --locked --no-deps --format-version 1 | sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p')"
venv="$target/decoder-venv"
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check --requirement tests/decoder/requirements.txt
"$venv/bin/python" -B -m unittest discover --start-directory tests/decoder --pattern 'test_*.py'

# A fixed seed: what was green stays green. Another is one argument away.
"$target/debug/random-envelopes" --count "${2:-10000}" --seed "${1:-1}" \
    | "$venv/bin/python" -B tests/decoder/check.py --vectors tests/vectors --random -
