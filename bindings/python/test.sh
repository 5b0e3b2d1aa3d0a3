#!/usr/bin/env bash
# Lives through a squad's day from Python, against the program and a running relay. Needs cargo and python3, nothing else.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source bindings/generate.sh python

# The generated module looks for the library beside itself.
ln -sf "$library" "$generated/"
JASAQ_PROGRAM="$program" PYTHONPATH="$generated" PYTHONDONTWRITEBYTECODE=1 \
    python3 -m unittest discover --start-directory bindings/python --pattern 'test_*.py' --verbose
echo "the Python bindings work"
