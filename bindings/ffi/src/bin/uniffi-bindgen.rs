//! UniFFI's own generator, pinned to the version that this crate is linked with: the two must be the same.

fn main() {
    uniffi::uniffi_bindgen_main();
}
