//! The one reader and writer of JSON documents, shared by every document and every language.

mod canonical;
mod check;
mod cursor;
mod fault;
mod number;
mod object;
mod part;
mod source;
mod writer;

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{IgnoredAny, Visitor},
};

pub(crate) use canonical::canonical;
pub(crate) use check::{Check, Faults};
pub(crate) use fault::marked;
pub(crate) use mi_core_derive::Part;
pub(crate) use object::{Build, Field, Object, Part, Stop, Table, WriteField, deserialize};
pub use part::JsonText;
pub(crate) use part::{Fields, Keys, items, read_part};
pub(crate) use source::Source;
pub(crate) use writer::{Writer, push_digits};

use crate::{Error, ErrorKind, bounds, error::Problem};

/// Reads `text` as a `T`, strictly: quickly if that succeeds, else carefully.
///
/// # Errors
/// A [`Problem`] for text that is not JSON (with line and column) or nested deeper than
/// [`bounds::NESTING`], and all problems, with their pointers, of one that is not a `T`.
pub(crate) fn read<T: Part>(text: &str) -> Result<T, Error> {
    match read_quickly(text, T::read) {
        Some(value) => Ok(value),
        None => read_carefully(text, T::read),
    }
}

/// Reads `text` in one pass, if it is plain and without a fault.
///
/// None of our own types holds itself, so that no text leads deeper than they are nested.
pub(crate) fn read_quickly<T>(
    text: &str,
    read: impl FnOnce(&mut Source<'_>) -> Result<T, Stop>,
) -> Option<T> {
    let mut source = Source::quick(text);
    let value = read(&mut source).ok()?;
    source.is_at_end().then_some(value)
}

/// Reads `text` with all its problems.
pub(crate) fn read_carefully<T>(
    text: &str,
    read: impl FnOnce(&mut Source<'_>) -> Result<T, Stop>,
) -> Result<T, Error> {
    read_with(text, |text| Source::careful(text).read_all(read))
}

/// Reads `text` with a reader of its own, which may find several problems.
pub(crate) fn read_with<T>(
    text: &str,
    read: impl FnOnce(&str) -> Result<T, Error>,
) -> Result<T, Error> {
    check_depth(text, bounds::NESTING)?;
    read(text.trim_matches(WHITE_SPACE)).map_err(|error| placed(error, text))
}

/// Reads the arguments of one call, which a binding takes as one JSON object.
///
/// Documents among them stay text ([`JsonText`]), each to be read by its own `from_json`, so that
/// pointers are relative to it. The object may be nested one level deeper than a document.
///
/// # Errors
/// As every reader of this crate; pointers are relative to the object.
pub fn read_arguments<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, Error> {
    check_depth(text, bounds::NESTING.saturating_add(1))?;
    let read = read_part(text.trim_matches(WHITE_SPACE));
    read.map_err(|problem| placed(problem.into(), text))
}

/// Refuses a document of a later version before anything else is read.
pub(crate) fn check_version(fields: &Fields<'_>, newest: i64) -> Result<(), Error> {
    let version: i64 = fields.field("schema_version")?;
    if version > newest {
        let expected = format!("schema_version at most {newest}");
        return Err(Error::new(ErrorKind::NewerSchema, "/schema_version", expected));
    }
    if version < 1 {
        return Err(Error::new(ErrorKind::OutOfRange, "/schema_version", "schema_version 1"));
    }
    Ok(())
}

const WHITE_SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

/// An error of a document, with the place where it is not JSON.
fn placed(error: Error, text: &str) -> Error {
    let is_json = |problem: &Problem| problem.kind() != ErrorKind::NotJson;
    if error.problems().iter().all(is_json) {
        return error;
    }
    match serde_json::from_str::<IgnoredAny>(text) {
        Err(found) => Problem::new(ErrorKind::NotJson, "", "JSON text")
            // A line that ends before anything stands on it has no column of its own.
            .positioned(found.line(), found.column().max(1))
            .into(),
        // All that the grammar lets through is half of a surrogate pair.
        Ok(IgnoredAny) => error.map(|problem| match problem.kind() {
            ErrorKind::NotJson => {
                Problem::new(ErrorKind::InvalidText, problem.path(), "Unicode text")
            }
            _ => problem,
        }),
    }
}

/// Reads a tagged union, whichever deserializer holds it, with the path inside of it.
///
/// serde would buffer the content and so lose the path; here the tag is read first, and the struct
/// that belongs to it then sees every other field in place.
pub(crate) fn read_union<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    tag: &'static str,
    read: impl FnOnce(&str, &Fields<'_>) -> Result<T, Problem>,
) -> Result<T, D::Error> {
    let text = JsonText::deserialize(deserializer)?;
    let union =
        Fields::of(text.as_str()).and_then(|fields| read(&fields.field::<String>(tag)?, &fields));
    union.map_err(|problem| marked(problem.into()))
}

/// Declares a union of objects that are told apart by a tag, with a reader that keeps the path.
macro_rules! tagged {
    (
        $(#[$meta:meta])*
        pub enum $name:ident by $tag:literal {
            $(
                $(#[$doc:meta])*
                $variant:ident = $code:literal { $( $(#[$field_meta:meta])* $field:ident: $type:ty, )* },
            )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, serde::Serialize)]
        #[serde(tag = $tag)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
        pub enum $name {
            $( $(#[$doc])* #[serde(rename = $code)] $variant { $( $(#[$field_meta])* $field: $type, )* }, )+
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::document::read_union(deserializer, $tag, |tag, fields| match tag {
                    $($code => {
                        #[derive(serde::Deserialize)]
                        #[serde(deny_unknown_fields)]
                        struct Fields { $( $(#[$field_meta])* $field: $type, )* }
                        let Fields { $($field),* } = fields.read(&[$tag])?;
                        Ok(Self::$variant { $($field),* })
                    })+
                    _ => Err(crate::error::Problem::new(
                        crate::ErrorKind::UnknownCode,
                        concat!("/", $tag),
                        format!("one of {}", [$($code),+].join(", ")),
                    )),
                })
            }
        }
    };
}
pub(crate) use tagged;

/// Writes one of our own documents as compact JSON.
pub(crate) fn write_part<T: Part>(value: &T) -> String {
    let mut writer = Writer::compact();
    value.write(&mut writer);
    writer.into_text()
}

/// Writes an object as compact JSON.
pub(crate) fn write_object(table: &Table, object: &dyn WriteField) -> String {
    let mut writer = Writer::compact();
    writer.object(None, table, object);
    writer.into_text()
}

/// Writes one of our own documents in its canonical form.
pub(crate) fn canonical_part<T: Part>(value: &T) -> String {
    let mut writer = Writer::canonical();
    value.write(&mut writer);
    writer.into_text()
}

/// Writes a document as compact JSON.
pub(crate) fn write<T: Serialize + ?Sized>(value: &T) -> String {
    // Our own types have string keys and finite numbers: writing them to memory cannot fail.
    serde_json::to_string(value).unwrap_or_default()
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to memory cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Reads a text and checks it with a constructor of ours.
pub(crate) fn read_text<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    expected: &'static str,
    new: impl FnOnce(&str) -> Result<T, Error>,
) -> Result<T, D::Error> {
    struct Text<T, F>(&'static str, F, PhantomData<T>);
    impl<T, F: FnOnce(&str) -> Result<T, Error>> Visitor<'_> for Text<T, F> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "a text: {}", self.0)
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
            (self.1)(text).map_err(marked)
        }
    }
    deserializer.deserialize_str(Text(expected, new, PhantomData))
}

/// Reads a whole number and checks it with a constructor of ours.
pub(crate) fn read_integer<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    new: impl FnOnce(i64) -> Result<T, Error>,
) -> Result<T, D::Error> {
    new(i64::deserialize(deserializer)?).map_err(marked)
}

/// Refuses text that is nested deeper than the limit before any reader recurses into it.
fn check_depth(text: &str, most: usize) -> Result<(), Error> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'[' | b'{' => depth = depth.saturating_add(1),
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > most {
            return Err(Error::new(
                ErrorKind::LimitExceeded,
                "",
                format!("at most {} levels of nesting", bounds::NESTING),
            ));
        }
    }
    Ok(())
}
