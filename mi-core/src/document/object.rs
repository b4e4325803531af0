//! What an object of a document is made of, as `#[derive(Part)]` writes it.

use std::collections::BTreeSet;

use serde::{Deserialize, Deserializer, ser::SerializeStruct};

use super::{JsonText, Source, Writer, marked};

/// A value that reads and writes itself as a part of a document.
pub(crate) trait Part: Sized {
    /// Reads the part that stands next.
    fn read(from: &mut Source<'_>) -> Result<Self, Stop>;

    /// Writes it.
    fn write(&self, to: &mut Writer);

    /// Adds the names of all fields that it and its parts have.
    fn names(names: &mut BTreeSet<&'static str>) {
        let _ = names;
    }

    /// Is it left out of the object that has it?
    fn is_absent(&self) -> bool {
        false
    }

    /// Does it say something: is it there, and no empty list?
    fn is_filled(&self) -> bool {
        true
    }
}

/// Reading stops here. What is wrong the careful reader has noted; the quick one does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stop;

/// One field of an object.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) is_required: bool,
}

/// The fields of an object, as they were declared: at most 64 of them.
pub(crate) struct Table {
    pub(crate) fields: &'static [Field],
    /// Their places by name, the order of the canonical form.
    pub(crate) sorted: &'static [usize],
}

impl Table {
    /// The place of a field, which is usually the one that was declared `next`.
    pub(super) fn place(&self, name: &str, next: usize) -> Option<usize> {
        if self.fields.get(next).is_some_and(|field| field.name == name) {
            return Some(next);
        }
        self.fields.iter().position(|field| field.name == name)
    }

    /// Is there a field of this name?
    pub(crate) fn has(&self, name: &str) -> bool {
        self.place(name, usize::MAX).is_some()
    }

    /// The names of all fields.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.fields.iter().map(|field| field.name).collect()
    }

    /// The fields that have to be there and of which no bit is set.
    pub(super) fn missing(&self, seen: u64) -> impl Iterator<Item = &'static str> {
        let fields = self.fields.iter().enumerate();
        let missing =
            fields.filter(move |(place, field)| field.is_required && seen & bit(*place) == 0);
        missing.map(|(_, field)| field.name)
    }
}

/// The bit that stands for a field in a mask of those that were seen.
pub(super) fn bit(place: usize) -> u64 {
    u32::try_from(place).ok().and_then(|place| 1_u64.checked_shl(place)).unwrap_or_default()
}

/// An object that is being read: it takes its fields one by one, in any order.
pub(crate) trait Build {
    /// Reads the field at this place of the table.
    fn set(&mut self, place: usize, from: &mut Source<'_>) -> Result<(), Stop>;
}

/// An object that writes its fields one by one.
pub(crate) trait WriteField {
    /// Writes the field at this place of the table, unless it is absent.
    fn write_field(&self, place: usize, to: &mut Writer);
}

/// A struct that is an object by itself, or, with a tag among its fields, of a union.
pub(crate) trait Object: WriteField + Sized {
    /// Its fields.
    const TABLE: &'static Table;

    /// Reads the object that stands next, passing over the tag.
    fn read_fields(from: &mut Source<'_>, tag: Option<&'static str>) -> Result<Self, Stop>;

    /// Is the field at this place there, and no empty list?
    fn is_written(&self, place: usize) -> bool;

    /// How many fields are there to be written.
    fn count(&self) -> usize;

    /// Is there a field of this name that is written: present, and not empty?
    fn has_written(&self, name: &str) -> bool {
        Self::TABLE.place(name, usize::MAX).is_some_and(|place| self.is_written(place))
    }

    /// Hands the fields to a serializer of serde's.
    fn serialize_fields<S: SerializeStruct>(&self, out: &mut S) -> Result<(), S::Error>;
}

/// Reads a part, whichever deserializer of serde's holds it.
pub(crate) fn deserialize<'de, D: Deserializer<'de>, T: Part>(
    deserializer: D,
) -> Result<T, D::Error> {
    let text = JsonText::deserialize(deserializer)?;
    super::read(text.as_str()).map_err(marked)
}

impl<T: Part> Part for Option<T> {
    fn names(names: &mut BTreeSet<&'static str>) {
        T::names(names);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Stop> {
        if from.is_null() { Ok(None) } else { T::read(from).map(Some) }
    }

    fn write(&self, to: &mut Writer) {
        if let Some(value) = self {
            value.write(to);
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn is_filled(&self) -> bool {
        self.as_ref().is_some_and(Part::is_filled)
    }
}

impl<T: Part> Part for Box<T> {
    fn names(names: &mut BTreeSet<&'static str>) {
        T::names(names);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Stop> {
        T::read(from).map(Self::new)
    }

    fn write(&self, to: &mut Writer) {
        T::write(self, to);
    }
}

impl<T: Part> Part for Vec<T> {
    fn names(names: &mut BTreeSet<&'static str>) {
        T::names(names);
    }

    fn read(from: &mut Source<'_>) -> Result<Self, Stop> {
        let mut items = Vec::new();
        from.list(usize::MAX, &mut |from| {
            items.push(T::read(from)?);
            Ok(())
        })?;
        Ok(items)
    }

    fn write(&self, to: &mut Writer) {
        to.list(self.len(), &mut |place, to| {
            if let Some(item) = self.get(place) {
                item.write(to);
            }
        });
    }

    fn is_filled(&self) -> bool {
        !self.is_empty()
    }
}

impl Part for bool {
    fn read(from: &mut Source<'_>) -> Result<Self, Stop> {
        from.truth()
    }

    fn write(&self, to: &mut Writer) {
        to.truth(*self);
    }
}

impl Part for i64 {
    fn read(from: &mut Source<'_>) -> Result<Self, Stop> {
        from.whole()
    }

    fn write(&self, to: &mut Writer) {
        to.whole(*self);
    }
}
