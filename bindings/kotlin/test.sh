#!/usr/bin/env bash
# Lives through a squad's day from Kotlin on a JVM, against the program and a running relay. Needs cargo, a JDK and Maven.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source bindings/generate.sh kotlin

# A JVM writes the arguments of a process it starts in the locale's character set: Kazakh words have to survive that.
export LC_ALL=C.UTF-8

# What an earlier generation left compiled would stand in for what this one lacks.
rm -rf "$target/bindings/kotlin-build"
JASAQ_PROGRAM="$program" mvn --quiet --batch-mode --file bindings/kotlin/pom.xml "-Dcargo.target=$target" test
echo "the Kotlin bindings work"
