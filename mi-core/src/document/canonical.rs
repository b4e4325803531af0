//! The canonical form of a document (RFC 8785): sorted keys, no white space, shortest numbers.

use serde::Serialize;

use super::{items, part::Fields, write};
use crate::error::Problem;

/// Writes a document in its canonical form.
pub(crate) fn canonical<T: Serialize + ?Sized>(value: &T) -> String {
    let mut canonical = String::new();
    // What was just written is JSON, so that reading it back cannot fail.
    if rewrite(&write(value), &mut canonical).is_err() {
        canonical.clear();
    }
    canonical
}

/// Writes a JSON text anew. `serde_json` writes strings and whole numbers as RFC 8785 does.
fn rewrite(text: &str, out: &mut String) -> Result<(), Problem> {
    match text.bytes().next() {
        Some(b'{') => {
            out.push('{');
            // Our keys are ASCII, of which byte order is UTF-16 order.
            let mut fields = Fields::of(text)?;
            for (index, (key, value)) in fields.sorted().enumerate() {
                out.push_str(if index == 0 { "\"" } else { ",\"" });
                out.push_str(key);
                out.push_str("\":");
                rewrite(value, out)?;
            }
            out.push('}');
        }
        Some(b'[') => {
            out.push('[');
            for (index, item) in items(text)?.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                rewrite(item, out)?;
            }
            out.push(']');
        }
        Some(b'-' | b'0'..=b'9') if text.contains(['.', 'e']) => {
            let number = text.parse().unwrap_or_default();
            out.push_str(ryu_js::Buffer::new().format::<f64>(number));
        }
        _ => out.push_str(text),
    }
    Ok(())
}
