# Sourced by each language's test.sh, from the root of the repository, with the language's name: builds the library, the
# generator and the program, and generates. Leaves behind: `program`, `library` and `generated`, the folder with the code.
# Generated code is not kept in the repository: it belongs to the library it was generated from, to the byte.

cargo build --quiet --locked --package jasaq
cargo build --quiet --locked --package jasaq-ffi --features bindgen --config bindings/generator.toml

target="$(cargo metadata --locked --no-deps --format-version 1 | sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p')"
case "$(uname -s)" in
    Darwin) library="$target/debug/libjasaq_ffi.dylib" ;;
    *) library="$target/debug/libjasaq_ffi.so" ;;
esac
program="$target/debug/jasaq"
generated="$target/bindings/$1"

rm -rf "$generated"
"$target/debug/uniffi-bindgen" generate --language "$1" --no-format --out-dir "$generated" "$library" >/dev/null
