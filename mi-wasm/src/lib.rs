//! JavaScript bindings for `mi-core`: plain data in, plain data out.

use wasm_bindgen::prelude::*;

/// The version of this package; the crate and the Python package carry the same one.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    mi_core::VERSION.to_owned()
}
