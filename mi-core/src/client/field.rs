//! The fields of bodies by name, as the questions of content read them.
//!
//! A question names the fields that it filters by; the names become places once, when the
//! vocabulary is loaded, so that no event is searched for a name.

use super::{Comparison, Limits, Substance, Target};
use crate::{
    code::Coded,
    date::{CalendarDate, PartialDate},
    text::{Code, EventId, Text},
    value::{Amount, Count, DayCount, ObservedValue, Quantity},
};

/// What a field holds, for the checks of the questions that name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldKind {
    /// True or false.
    Truth,
    /// One of these codes.
    Code(&'static [&'static str]),
    /// A code of the service's own.
    OwnCode,
    /// A substance or class.
    Substance,
    /// A target.
    Target,
    /// A number.
    Number,
    /// A day, which may be known only in part.
    Date,
    /// A value of the service's own.
    OwnValue,
    /// Something that questions can only find present or absent: words, lists, parts.
    Other,
}

/// The value of a field.
#[derive(Clone, Copy)]
pub(crate) enum Field<'b> {
    /// Not recorded.
    Absent,
    /// True or false.
    Truth(bool),
    /// One of the codes of a closed list.
    Code(&'static str),
    /// A code of the service's own.
    OwnCode(&'b Code),
    /// A substance or class.
    Substance(Substance),
    /// A target.
    Target(&'b Target),
    /// A number.
    Number(f64),
    /// A day, which may be known only in part.
    #[expect(dead_code, reason = "no question reads days of a body yet")]
    Date(PartialDate),
    /// A value of the service's own.
    OwnValue(&'b ObservedValue),
    /// Something that is recorded, and that questions cannot compare.
    Other,
}

/// A body whose fields can be asked for by name.
pub(crate) trait Fields {
    /// The names of the fields with what they hold, in the order of the struct.
    const FIELDS: &'static [(&'static str, FieldKind)];

    /// The field at a place of [`Self::FIELDS`]; absent, where there is no such place.
    fn field(&self, place: usize) -> Field<'_>;
}

/// The type of a field.
pub(crate) trait AsField {
    /// What it holds.
    const KIND: FieldKind;

    /// Its value.
    fn as_field(&self) -> Field<'_>;
}

impl<C: Coded> AsField for C {
    const KIND: FieldKind = FieldKind::Code(C::CODES);

    fn as_field(&self) -> Field<'_> {
        Field::Code(Coded::code(*self))
    }
}

impl<F: AsField> AsField for Option<F> {
    const KIND: FieldKind = F::KIND;

    fn as_field(&self) -> Field<'_> {
        self.as_ref().map_or(Field::Absent, AsField::as_field)
    }
}

/// Types of fields, each with what it holds and how its value is seen.
macro_rules! as_field {
    ($($type:ty: $kind:ident, $value:ident => $field:expr;)+) => {
        $(impl AsField for $type {
            const KIND: FieldKind = FieldKind::$kind;

            fn as_field(&self) -> Field<'_> {
                let $value = self;
                $field
            }
        })+
    };
}

as_field! {
    bool: Truth, value => Field::Truth(*value);
    Code: OwnCode, value => Field::OwnCode(value);
    Substance: Substance, value => Field::Substance(*value);
    Target: Target, value => Field::Target(value);
    Amount: Number, value => Field::Number(value.get());
    DayCount: Number, value => Field::Number(number(value.get()));
    CalendarDate: Date, value => Field::Date((*value).into());
    PartialDate: Date, value => Field::Date(*value);
    ObservedValue: OwnValue, value => Field::OwnValue(value);
    Text: Other, _value => Field::Other;
    EventId: Other, _value => Field::Other;
    Count: Other, _value => Field::Other;
    Quantity: Other, _value => Field::Other;
    Comparison: Other, _value => Field::Other;
    Limits: Other, _value => Field::Other;
}

impl<T> AsField for Vec<T> {
    const KIND: FieldKind = FieldKind::Other;

    fn as_field(&self) -> Field<'_> {
        Field::Other
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of days are below 2^53")]
fn number(days: i64) -> f64 {
    days as f64
}
