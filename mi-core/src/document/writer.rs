//! The writer of our own documents: compact JSON, in the order of declaration or in canonical form.

use std::fmt::Write as _;

use super::{Object, Table, WriteField};

/// A JSON text that is being written.
pub(crate) struct Writer {
    text: String,
    is_canonical: bool,
}

impl Writer {
    /// A writer of the compact form: fields as they were declared, a tag before them.
    pub(super) fn compact() -> Self {
        Self { text: String::new(), is_canonical: false }
    }

    /// A writer of the canonical form (RFC 8785): keys by name, numbers as JavaScript writes them.
    pub(super) fn canonical() -> Self {
        Self { text: String::with_capacity(256), is_canonical: true }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Writes an object, with the name and code of the tag that tells its type.
    pub(crate) fn object(
        &mut self,
        mut tag: Option<(&str, &str)>,
        table: &Table,
        fields: &dyn WriteField,
    ) {
        self.text.push('{');
        if self.is_canonical {
            // Our keys are ASCII, of which byte order is UTF-16 order.
            for place in table.sorted {
                let next = table.fields.get(*place).map_or("", |field| field.name);
                if let Some((name, code)) = tag.take_if(|(name, _)| *name < next) {
                    self.tag(name, code);
                }
                fields.write_field(*place, self);
            }
        }
        if let Some((name, code)) = tag {
            self.tag(name, code);
        }
        if !self.is_canonical {
            for place in 0..table.fields.len() {
                fields.write_field(place, self);
            }
        }
        self.text.push('}');
    }

    /// Writes an object as one of a union.
    pub(crate) fn tagged<T: Object>(&mut self, tag: &str, code: &str, object: &T) {
        self.object(Some((tag, code)), T::TABLE, object);
    }

    /// Writes a field; the key comes with quotes and colon.
    pub(crate) fn field<T: super::Part>(&mut self, key: &'static str, value: &T) {
        if !value.is_absent() {
            self.comma();
            self.text.push_str(key);
            value.write(self);
        }
    }

    /// Writes a field that is a list, from wherever its items stand.
    pub(crate) fn items<'t, T: super::Part + 't>(
        &mut self,
        key: &'static str,
        mut items: impl ExactSizeIterator<Item = &'t T>,
    ) {
        self.comma();
        self.text.push_str(key);
        self.list(items.len(), &mut |_, to| {
            if let Some(item) = items.next() {
                item.write(to);
            }
        });
    }

    fn tag(&mut self, name: &str, code: &str) {
        self.comma();
        self.code(name);
        self.text.push(':');
        self.code(code);
    }

    fn comma(&mut self) {
        if self.text.as_bytes().last() != Some(&b'{') {
            self.text.push(',');
        }
    }

    /// Writes a list of so many items.
    pub(crate) fn list(&mut self, count: usize, item: &mut dyn FnMut(usize, &mut Self)) {
        self.text.push('[');
        for place in 0..count {
            if place > 0 {
                self.text.push(',');
            }
            item(place, self);
        }
        self.text.push(']');
    }

    /// Writes a text in which nothing has to be escaped, such as a code or a date.
    pub(crate) fn code(&mut self, code: &str) {
        self.text.push('"');
        self.text.push_str(code);
        self.text.push('"');
    }

    /// Writes a text of which what is written into it needs no escapes.
    pub(crate) fn quoted(&mut self, write: impl FnOnce(&mut String)) {
        self.text.push('"');
        write(&mut self.text);
        self.text.push('"');
    }

    /// Writes any text.
    pub(crate) fn words(&mut self, words: &str) {
        let is_plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
        if words.bytes().all(is_plain) {
            self.code(words);
        } else {
            self.text.push_str(&serde_json::to_string(words).unwrap_or_default());
        }
    }

    pub(crate) fn whole(&mut self, number: i64) {
        let _ = write!(self.text, "{number}");
    }

    /// Writes a number with a fraction.
    pub(crate) fn fraction(&mut self, number: f64) {
        if self.is_canonical {
            self.text.push_str(ryu_js::Buffer::new().format(number));
        } else {
            self.text.push_str(&serde_json::to_string(&number).unwrap_or_default());
        }
    }

    pub(crate) fn truth(&mut self, holds: bool) {
        self.text.push_str(if holds { "true" } else { "false" });
    }
}

/// Writes a number with so many digits, at most four, such as the month of a date.
pub(crate) fn push_digits(text: &mut String, number: i64, width: usize) {
    let mut rest = u16::try_from(number).unwrap_or_default();
    let mut digits = ['0'; 4];
    for place in digits.iter_mut().rev() {
        *place = char::from_digit((rest % 10).into(), 10).unwrap_or('0');
        rest /= 10;
    }
    text.extend(digits.iter().skip(digits.len().saturating_sub(width)));
}
