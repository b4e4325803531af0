//! Python bindings for `mi-core`. Every method parses, calls and converts.

#[pyo3::pymodule]
mod _mi_core {
    #[pymodule_export]
    const VERSION: &str = mi_core::VERSION;
}
