//! The project's own tasks: `cargo xtask wasm`, `cargo xtask gen`.

fn main() {}
