//! A part of a JSON document, read from its own text: the one deserializer of this crate.
//!
//! A part stays text until a type asks for it. So nothing is held twice however long a record is, a
//! union sees its tag before its fields, and a document among the arguments of a call can be handed
//! on as it is. `serde_json` does the parsing, one level at a time.

use std::{borrow::Cow, fmt, iter::Enumerate, slice};

use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeSeed, Error as _, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor,
    },
};
use serde_json::value::RawValue;

use super::{fault::Fault, number::Number};
use crate::{Error, ErrorKind, bounds, error::Problem};

/// Keys that are read apart from the struct that has the others.
pub(crate) type Keys = &'static [&'static str];

/// Reads a part of a document.
pub(crate) fn read_part<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, Problem> {
    T::deserialize(Part::Text(text)).map_err(Problem::from)
}

/// How many parts a list has. Counting takes no room, whatever the list holds.
pub(super) fn count(text: &str) -> Result<usize, Problem> {
    let items: Vec<IgnoredAny> =
        serde_json::from_str(text).map_err(|_| Fault::unread(text, '[', &"a list"))?;
    Ok(items.len())
}

/// Visits the parts of a list, one after another, until `see` wants no more.
pub(super) fn each_item<'t>(text: &'t str, see: &mut dyn FnMut(&'t str) -> bool) {
    struct Each<'f, 't>(&'f mut dyn FnMut(&'t str) -> bool);
    impl<'de> Visitor<'de> for Each<'_, 'de> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
            while let Some(item) = items.next_element::<&RawValue>()? {
                if !(self.0)(item.get()) {
                    break;
                }
            }
            Ok(())
        }
    }
    let mut list = serde_json::Deserializer::from_str(text);
    // What is no list was told when its parts were counted; one that is left early is no fault.
    let _ = list.deserialize_seq(Each(see));
}

/// The parts of a list.
pub(crate) fn items(text: &str) -> Result<Vec<&str>, Problem> {
    let mut items = Vec::with_capacity(count(text)?);
    each_item(text, &mut |item| {
        items.push(item);
        true
    });
    Ok(items)
}

/// The fields of an object: each key as often as it stands there, and the text of its value.
pub(crate) struct Fields<'t>(Vec<(Cow<'t, str>, &'t str)>);

impl<'t> Fields<'t> {
    /// Parses one level of an object.
    pub(crate) fn of(text: &'t str) -> Result<Self, Problem> {
        let fields: Self =
            serde_json::from_str(text).map_err(|_| Fault::unread(text, '{', &"an object"))?;
        if fields.0.len() > bounds::ENTRIES {
            return Err(Fault::too_many("fields").into());
        }
        Ok(fields)
    }

    /// Keys and values, as they stand there.
    pub(super) fn iter(&self) -> impl Iterator<Item = &(Cow<'t, str>, &'t str)> {
        self.0.iter()
    }

    /// Sets a field to a value of another text.
    pub(crate) fn put(&mut self, name: &'static str, value: &'t str) {
        self.0.retain(|(key, _)| key != name);
        self.0.push((name.into(), value));
    }

    /// Reads one field by itself, such as the tag of a union, which has to stand there once.
    pub(crate) fn field<T: Deserialize<'t>>(&self, name: &'static str) -> Result<T, Problem> {
        let mut found = self.0.iter().filter(|(key, _)| key == name);
        let (_, text) = found.next().ok_or_else(|| Fault::missing_field(name))?;
        let value = T::deserialize(Part::Text(text)).map_err(|fault| fault.below(name))?;
        match found.next() {
            Some(_) => Err(Fault::duplicate_field(name).into()),
            None => Ok(value),
        }
    }

    /// Keys and values, by key.
    pub(super) fn sorted(&mut self) -> impl Iterator<Item = (&str, &'t str)> {
        self.0.sort_unstable();
        self.0.iter().map(|(key, value)| (&**key, *value))
    }

    /// Reads the object as a struct, passing over keys that are read apart.
    pub(crate) fn read<T: Deserialize<'t>>(&self, without: Keys) -> Result<T, Problem> {
        T::deserialize(Part::Object(self, without)).map_err(Problem::from)
    }
}

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Key<'t>(#[serde(borrow)] Cow<'t, str>);

        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::with_capacity(8);
                while let Some((Key(key), value)) = map.next_entry::<_, &RawValue>()? {
                    // One more than the limit tells that there are too many.
                    if fields.len() <= bounds::ENTRIES {
                        fields.push((key, value.get()));
                    }
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

/// What is read: a text, or the fields of an object that were parsed before.
#[derive(Clone, Copy)]
enum Part<'p, 't> {
    Text(&'t str),
    Object(&'p Fields<'t>, Keys),
}

impl<'t> Part<'_, 't> {
    /// The text, when it begins as wanted.
    fn text(self, first: impl FnOnce(u8) -> bool) -> Option<&'t str> {
        match self {
            Self::Text(text) => text.bytes().next().is_some_and(first).then_some(text),
            Self::Object(..) => None,
        }
    }

    fn string(self) -> Option<Result<Cow<'t, str>, Fault>> {
        self.text(|first| first == b'"').and_then(string)
    }
}

/// The token, when it is a number.
pub(super) fn number(token: &str) -> Option<&str> {
    token.starts_with(|first: char| first == '-' || first.is_ascii_digit()).then_some(token)
}

/// The text that a token of JSON writes, when it is one.
pub(super) fn string(token: &str) -> Option<Result<Cow<'_, str>, Fault>> {
    let inner = token.strip_prefix('"')?;
    if !token.contains('\\') {
        let inner = inner.strip_suffix('"').map(Cow::Borrowed);
        return Some(inner.ok_or_else(Fault::not_json));
    }
    let unescaped: Result<String, _> = serde_json::from_str(token);
    Some(unescaped.map(Cow::Owned).map_err(|_| Fault::not_json()))
}

macro_rules! numbers {
    ($($name:ident)*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            let text = self.text(|_| true).and_then(number);
            let number = text.ok_or_else(|| Fault::wrong_type(&visitor))?;
            match Number::of(number).ok_or_else(Fault::not_json)? {
                Number::Whole(whole) => visitor.visit_i64(whole),
                Number::Other(number) => visitor.visit_f64(number),
                Number::TooLarge => Err(Fault::out_of_range(&visitor)),
            }
        }
    )*};
}

macro_rules! texts {
    ($($name:ident)*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            let text = self.string().ok_or_else(|| Fault::wrong_type(&visitor))??;
            visitor.visit_str(&text)
        }
    )*};
}

impl<'de> Deserializer<'de> for Part<'_, 'de> {
    type Error = Fault;

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64
    }

    texts! { deserialize_str deserialize_string deserialize_identifier deserialize_char }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Text("true") => visitor.visit_bool(true),
            Self::Text("false") => visitor.visit_bool(false),
            Self::Text(_) | Self::Object(..) => Err(Fault::wrong_type(&visitor)),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Text("null") => visitor.visit_unit(),
            Self::Text(_) | Self::Object(..) => Err(Fault::wrong_type(&visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Text("null") => visitor.visit_none(),
            Self::Text(_) | Self::Object(..) => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let text = self.text(|first| first == b'[').ok_or_else(|| Fault::wrong_type(&visitor))?;
        if count(text)? > bounds::ENTRIES {
            return Err(Fault::too_many("items"));
        }
        visitor.visit_seq(Items(items(text)?.iter().enumerate()))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Text(text) => visitor.visit_map(Entries::new(&Fields::of(text)?, &[])),
            Self::Object(fields, without) => visitor.visit_map(Entries::new(fields, without)),
        }
    }

    /// A struct is read from an object only: a document has one form.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_map(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self {
            Self::Text(text) if name == JsonText::TOKEN => visitor.visit_borrowed_str(text),
            Self::Text(_) | Self::Object(..) => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let text = self.string().ok_or_else(|| Fault::wrong_type(&visitor))??;
        visitor.visit_enum(text.into_deserializer())
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let Self::Text(text) = self else { return self.deserialize_map(visitor) };
        match text.bytes().next() {
            Some(b'{') | None => self.deserialize_map(visitor),
            Some(b'[') => self.deserialize_seq(visitor),
            Some(b'"') => self.deserialize_str(visitor),
            Some(b't' | b'f') => self.deserialize_bool(visitor),
            Some(b'n') => self.deserialize_unit(visitor),
            Some(_) => self.deserialize_f64(visitor),
        }
    }

    serde::forward_to_deserialize_any! { bytes byte_buf unit_struct tuple tuple_struct }
}

/// The entries of an object, with the path of what fails below them.
struct Entries<'p, 't> {
    rest: slice::Iter<'p, (Cow<'t, str>, &'t str)>,
    without: Keys,
    value: Option<&'p (Cow<'t, str>, &'t str)>,
}

impl<'p, 't> Entries<'p, 't> {
    fn new(fields: &'p Fields<'t>, without: Keys) -> Self {
        Self { rest: fields.0.iter(), without, value: None }
    }
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        let without = self.without;
        self.value = self.rest.find(|(key, _)| !without.contains(&&**key));
        let key = self.value.map(|(key, _)| seed.deserialize((**key).into_deserializer()));
        key.transpose()
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let (key, text) = self.value.ok_or_else(Fault::not_json)?;
        seed.deserialize(Part::Text(text)).map_err(|fault| fault.below(key))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// The items of a list, with the path of what fails below them.
struct Items<'p, 't>(Enumerate<slice::Iter<'p, &'t str>>);

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some((place, text)) = self.0.next() else { return Ok(None) };
        let item = seed.deserialize(Part::Text(text));
        item.map(Some).map_err(|fault| fault.below(&place.to_string()))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// A JSON value as its text: what a document is among the arguments of a call, until it is read
/// with pointers of its own.
#[derive(Clone)]
pub struct JsonText<'t>(Cow<'t, str>);

impl JsonText<'_> {
    /// By this name, the deserializer above hands out the text itself.
    const TOKEN: &'static str = "mi_core::JsonText";

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text of a document that is handed over as an object, or as a string that holds its text:
    /// no document is a JSON string.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidText`] for a string that is not Unicode.
    pub fn document(&self) -> Result<Cow<'_, str>, Error> {
        let string = Part::Text(&self.0).string().unwrap_or(Ok(Cow::Borrowed(&*self.0)));
        string.map_err(|_| Error::new(ErrorKind::InvalidText, "", "Unicode text"))
    }
}

impl fmt::Debug for JsonText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JsonText")
    }
}

impl<'de: 't, 't> Deserialize<'de> for JsonText<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = JsonText<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON value")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<JsonText<'de>, E> {
                Ok(JsonText(Cow::Borrowed(text)))
            }

            // Any other deserializer than ours has a value, which is written as text first.
            fn visit_newtype_struct<D: Deserializer<'de>>(
                self,
                deserializer: D,
            ) -> Result<JsonText<'de>, D::Error> {
                let mut text = Vec::new();
                let mut writer = serde_json::Serializer::new(&mut text);
                serde_transcode::transcode(deserializer, &mut writer).map_err(D::Error::custom)?;
                Ok(JsonText(Cow::Owned(String::from_utf8(text).map_err(D::Error::custom)?)))
            }
        }
        deserializer.deserialize_newtype_struct(Self::TOKEN, Text)
    }
}
