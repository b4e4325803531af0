//! The one reader and writer of JSON documents, shared by every document and every language.
//!
//! serde's own messages quote the input. So a failure is turned into a [`Problem`] here: its kind
//! from the form of the message, its pointer from the path, and of the words only those that
//! follow the last `expected`, which are always ours.

mod strict;

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{DeserializeSeed, IgnoredAny, IntoDeserializer, MapAccess, Visitor},
};
use serde_json::value::RawValue;
use strict::Strict;

use crate::{Error, ErrorKind, bounds, error::Problem};

/// The prefix by which a problem of one of our own types travels through serde's text-only errors.
const MARK: &str = "mi!";

/// Reads `text` as a `T`, strictly.
///
/// # Errors
/// A [`Problem`] for text that is not JSON (with line and column), nested deeper than
/// [`bounds::NESTING`], or not a `T` (with its pointer).
pub(crate) fn read<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, Error> {
    check_nesting(text)?;
    Ok(read_part(text, text)?)
}

/// Reads the arguments of one call, which a binding takes as one JSON object.
///
/// Documents among them stay text ([`RawValue`]), each to be read by its own `from_json`, so that
/// pointers are relative to it. The object may be nested one level deeper than a document.
///
/// # Errors
/// As every reader of this crate; pointers are relative to the object.
pub fn read_arguments<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, Error> {
    check_depth(text, bounds::NESTING.saturating_add(1))?;
    Ok(read_part(text, text)?)
}

/// Reads `part`, a slice of the document `whole` that is known to be nested within the limit.
pub(crate) fn read_part<'t, T: Deserialize<'t>>(part: &'t str, whole: &str) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_str(part);
    let mut track = serde_path_to_error::Track::new();
    let tracked = serde_path_to_error::Deserializer::new(&mut json, &mut track);
    let value = T::deserialize(Strict(tracked))
        .map_err(|error| problem(&error, pointer(&track.path()), whole))?;
    json.end().map_err(|error| problem(&error, String::new(), whole))?;
    Ok(value)
}

/// Reads a JSON object that is tagged as the struct that belongs to its tag.
///
/// serde buffers the content of a tagged union and so loses the path; here the tag is read first
/// ([`tag`]) and the struct's own reader then sees every field in place, without the tag.
pub(crate) fn read_tagged<'t, T: Deserialize<'t>>(
    part: &'t str,
    tag: &'static str,
    whole: &str,
) -> Result<T, Problem> {
    read_without(part, &[tag], whole)
}

/// Reads a JSON object as a struct, passing over keys that were read before.
pub(crate) fn read_without<'t, T: Deserialize<'t>>(
    part: &'t str,
    keys: &[&str],
    whole: &str,
) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_str(part);
    let mut track = serde_path_to_error::Track::new();
    let tracked = serde_path_to_error::Deserializer::new(&mut json, &mut track);
    T::deserialize(Without { inner: Strict(tracked), keys })
        .map_err(|error| problem(&error, pointer(&track.path()), whole))
}

/// The tag of an object: the text in its field `tag`.
///
/// # Errors
/// A [`Problem`] when `part` is no object or has no such text.
pub(crate) fn tag(part: &str, tag: &'static str, whole: &str) -> Result<String, Problem> {
    struct Find(&'static str);
    impl<'de> Visitor<'de> for Find {
        type Value = String;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "an object with the field {}", self.0)
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<String, A::Error> {
            let mut found = None;
            while let Some(key) = map.next_key::<Cow<'de, str>>()? {
                if key != self.0 {
                    map.next_value::<IgnoredAny>()?;
                } else if found.replace(map.next_value()?).is_some() {
                    return Err(serde::de::Error::duplicate_field(self.0));
                }
            }
            found.ok_or_else(|| serde::de::Error::missing_field(self.0))
        }
    }
    let mut json = serde_json::Deserializer::from_str(part);
    let mut track = serde_path_to_error::Track::new();
    let tracked = serde_path_to_error::Deserializer::new(&mut json, &mut track);
    let found = tracked.deserialize_map(Find(tag));
    found.map_err(|error| problem(&error, pointer(&track.path()), whole))
}

/// Reads a tagged union out of a document that is being read, with the path inside of it.
pub(crate) fn read_union<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    tag_name: &'static str,
    read: impl FnOnce(&str, &'de str) -> Result<T, Problem>,
) -> Result<T, D::Error> {
    let part = <&'de RawValue>::deserialize(deserializer)?.get();
    let tag = tag(part, tag_name, part).map_err(|problem| marked(problem.into()))?;
    read(&tag, part).map_err(|problem| marked(problem.into()))
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
                crate::document::read_union(deserializer, $tag, |tag, part| match tag {
                    $($code => {
                        #[derive(serde::Deserialize)]
                        #[serde(deny_unknown_fields)]
                        struct Fields { $( $(#[$field_meta])* $field: $type, )* }
                        let Fields { $($field),* } = crate::document::read_tagged(part, $tag, part)?;
                        Ok(Self::$variant { $($field),* })
                    })+
                    _ => Err(crate::error::Problem::new(
                        crate::ErrorKind::UnknownCode,
                        concat!("/", $tag),
                        concat!("one of" $(, " ", $code)+),
                    )),
                })
            }
        }
    };
}
pub(crate) use tagged;

/// A deserializer of a struct that passes over some keys.
struct Without<'k, D> {
    inner: D,
    keys: &'k [&'k str],
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Without<'_, D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.inner.deserialize_map(Without { inner: visitor, keys: self.keys })
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Without<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(Without { inner: map, keys: self.keys })
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Without<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        // serde_path_to_error notes a key when it is read, so the field's own path stays right.
        while let Some(key) = self.inner.next_key::<Cow<'de, str>>()? {
            if !self.keys.contains(&&*key) {
                return seed.deserialize(key.into_deserializer()).map(Some);
            }
            self.inner.next_value::<IgnoredAny>()?;
        }
        Ok(None)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.inner.next_value_seed(seed)
    }
}

/// Writes a document as compact JSON.
pub(crate) fn write<T: Serialize + ?Sized>(value: &T) -> String {
    // Our own types have string keys and finite numbers: writing them to memory cannot fail.
    serde_json::to_string(value).unwrap_or_default()
}

/// Writes a document in the canonical form of RFC 8785: sorted keys, shortest numbers.
pub(crate) fn canonical<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    // `Value` keeps its keys in a `BTreeMap`; our keys are ASCII, where byte order is UTF-16 order.
    let tree = serde_json::to_value(value).unwrap_or_default();
    let mut writer = serde_json::Serializer::with_formatter(&mut bytes, Canonical);
    if tree.serialize(&mut writer).is_err() {
        bytes.clear();
    }
    bytes
}

/// Numbers as ECMAScript writes them.
struct Canonical;

impl serde_json::ser::Formatter for Canonical {
    fn write_f64<W: ?Sized + std::io::Write>(
        &mut self,
        writer: &mut W,
        value: f64,
    ) -> std::io::Result<()> {
        writer.write_all(ryu_js::Buffer::new().format(value).as_bytes())
    }
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

/// Reads one code of a closed list.
pub(crate) fn read_code<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    unknown: ErrorKind,
    codes: &'static [&'static str],
    from_code: fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    read_text(deserializer, "a code", |text| {
        from_code(text)
            .ok_or_else(|| Error::new(unknown, "", format!("one of {}", codes.join(", "))))
    })
}

/// Reads a whole number and checks it with a constructor of ours.
pub(crate) fn read_integer<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    new: impl FnOnce(i64) -> Result<T, Error>,
) -> Result<T, D::Error> {
    new(i64::deserialize(deserializer)?).map_err(marked)
}

/// One of our own problems, as the text of a serde error.
pub(crate) fn marked<E: serde::de::Error>(error: Error) -> E {
    let problem = error.into_problems().into_iter().next();
    problem.map_or_else(
        || E::custom("invalid"),
        |problem| {
            let (code, path, expected) = (problem.code(), problem.path(), problem.expected());
            E::custom(format!("{MARK}{code} {path} {expected}"))
        },
    )
}

/// The problem behind a serde error.
fn problem(error: &serde_json::Error, path: String, whole: &str) -> Problem {
    if !error.is_data() {
        return not_json(whole).unwrap_or_else(|| {
            Problem::new(ErrorKind::NotJson, "", "JSON text")
                .positioned(error.line(), error.column())
        });
    }
    let message = error.to_string();
    let words = message.rsplit_once(" at line ").filter(|_| error.line() > 0);
    let message = words.map_or(message.as_str(), |(words, _)| words);
    if let Some(marked) = message.strip_prefix(MARK) {
        let mut parts = marked.splitn(3, ' ');
        let kind = parts.next().and_then(ErrorKind::from_code).unwrap_or(ErrorKind::InvalidText);
        let below = parts.next().unwrap_or_default();
        return match not_json(whole).filter(|_| kind == ErrorKind::NotJson) {
            Some(problem) => problem,
            None => Problem::new(kind, path + below, parts.next().unwrap_or_default()),
        };
    }
    // What follows the last "expected" is the type's own list of names, never the input.
    let expected = message.rsplit_once(", expected ").map(|(_, words)| in_words(words));
    let field = || message.split('`').nth(1).unwrap_or_default().to_owned();
    let (kind, path, expected) = if message.starts_with("missing field `") {
        (ErrorKind::MissingField, path, Some(format!("the field {}", field())))
    } else if message.starts_with("duplicate field `") {
        (ErrorKind::DuplicateField, path, Some(format!("the field {} once", field())))
    } else if message.starts_with("unknown field `") {
        let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent).to_owned();
        let none = message.ends_with("`, there are no fields");
        let known = if none { Some("no field here".to_owned()) } else { expected };
        (ErrorKind::UnknownField, parent, known)
    } else if message.starts_with("unknown variant `") {
        (ErrorKind::UnknownCode, path, expected)
    } else if message.starts_with("invalid value: ") {
        (ErrorKind::OutOfRange, path, expected)
    } else {
        (ErrorKind::WrongType, path, expected)
    };
    Problem::new(kind, path, expected.unwrap_or_else(|| "another type".to_owned()))
}

/// What serde expects, without the names that types have in Rust.
fn in_words(expected: &str) -> String {
    match expected {
        "i64" => "a whole number".to_owned(),
        "f64" => "a number".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a sequence" => "a list".to_owned(),
        names => names.replace('`', ""),
    }
}

/// Why a text is not JSON, with its place in the whole document.
fn not_json(whole: &str) -> Option<Problem> {
    let error = serde_json::from_str::<serde_json::Value>(whole).err()?;
    Some(Problem::new(ErrorKind::NotJson, "", "JSON text").positioned(error.line(), error.column()))
}

/// Refuses text that is nested deeper than the limit before any reader recurses into it.
pub(crate) fn check_nesting(text: &str) -> Result<(), Error> {
    check_depth(text, bounds::NESTING)
}

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

/// A serde path as a JSON Pointer.
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => {
                pointer.push('/');
                pointer.push_str(&index.to_string());
            }
            Segment::Map { key } => {
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
            }
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}
