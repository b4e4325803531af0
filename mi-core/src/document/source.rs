//! Where a part of a document is read from: quickly, or carefully with all its problems.
//!
//! Both ways go by the same tables, and one loop for each reads every object. The quick way takes
//! the text in one pass and stops at the first thing that it does not take. The careful way then
//! reads anew, level by level as `part.rs` parses it, goes on behind a problem, and tells them all.

use std::{borrow::Cow, mem};

use serde::de::Error as _;

use super::{
    Build, Fields, Stop, Table,
    cursor::Cursor,
    fault::Fault,
    number::Number,
    object::bit,
    part::{self, count, each_item},
};
use crate::{Error, ErrorKind, bounds, error::Problem};

/// A part of a document that is about to be read.
pub(crate) enum Source<'t> {
    /// Here in a text.
    Quick(Cursor<'t>),
    /// The text of the part alone, and the problems so far.
    Careful(&'t str, Vec<Problem>),
}

impl<'t> Source<'t> {
    pub(super) fn quick(text: &'t str) -> Self {
        Self::Quick(Cursor::new(text))
    }

    pub(crate) fn careful(text: &'t str) -> Self {
        Self::Careful(text, Vec::new())
    }

    /// Has the quick way read all?
    pub(super) fn is_at_end(&mut self) -> bool {
        match self {
            Self::Quick(cursor) => cursor.is_at_end(),
            Self::Careful(..) => false,
        }
    }

    /// Reads the whole, carefully, and tells all that is wrong.
    pub(crate) fn read_all<T>(
        mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Stop>,
    ) -> Result<T, Error> {
        let value = read(&mut self);
        if let Self::Careful(_, mut problems) = self {
            problems.truncate(bounds::PROBLEMS);
            Error::check(problems)?;
        }
        // Whoever stops has said why.
        value.map_err(|Stop| wrong_type("another value").into())
    }

    /// Notes a problem of this part, for those who want to know.
    #[cold]
    fn refuse(&mut self, problem: impl FnOnce() -> Problem) -> Stop {
        if let Self::Careful(_, problems) = self {
            problems.push(problem());
        }
        Stop
    }

    /// What a constructor of ours made of the part, or its problems.
    pub(crate) fn checked<T>(&mut self, made: Result<T, Error>) -> Result<T, Stop> {
        made.map_err(|error| {
            if let Self::Careful(_, problems) = self {
                problems.extend(error.into_problems());
            }
            Stop
        })
    }

    /// Reads a text.
    pub(crate) fn text(&mut self, expected: &'static str) -> Result<Cow<'t, str>, Stop> {
        let text = match self {
            Self::Quick(cursor) => return cursor.words(),
            Self::Careful(text, _) => *text,
        };
        match part::string(text) {
            Some(Ok(text)) => Ok(text),
            Some(Err(fault)) => Err(self.refuse(|| fault.into())),
            None => Err(self.refuse(|| wrong_type(&format!("a text: {expected}")))),
        }
    }

    fn number(&mut self, expected: &'static str) -> Result<Number, Stop> {
        let text = match self {
            Self::Quick(cursor) => return cursor.number(),
            Self::Careful(text, _) => *text,
        };
        let number = part::number(text).ok_or_else(|| self.refuse(|| wrong_type(expected)))?;
        Number::of(number).ok_or_else(|| self.refuse(|| Fault::not_json().into()))
    }

    /// Reads a whole number.
    pub(crate) fn whole(&mut self) -> Result<i64, Stop> {
        const EXPECTED: &str = "a whole number";
        match self.number(EXPECTED)? {
            Number::Whole(whole) => Ok(whole),
            Number::Other(_) => Err(self.refuse(|| wrong_type(EXPECTED))),
            Number::TooLarge => Err(self.refuse(|| out_of_range(EXPECTED))),
        }
    }

    /// Reads any number.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a whole number that a float cannot hold is none"
    )]
    pub(crate) fn float(&mut self) -> Result<f64, Stop> {
        const EXPECTED: &str = "a number";
        match self.number(EXPECTED)? {
            Number::Whole(whole) => Ok(whole as f64),
            Number::Other(number) => Ok(number),
            Number::TooLarge => Err(self.refuse(|| out_of_range(EXPECTED))),
        }
    }

    /// Reads `true` or `false`.
    pub(crate) fn truth(&mut self) -> Result<bool, Stop> {
        let (yes, no) = match self {
            Self::Quick(cursor) => {
                let yes = cursor.literal("true");
                (yes, !yes && cursor.literal("false"))
            }
            Self::Careful(text, _) => (*text == "true", *text == "false"),
        };
        if yes || no { Ok(yes) } else { Err(self.refuse(|| wrong_type("true or false"))) }
    }

    /// Is the part `null`, which is as if it were absent? Takes it then.
    pub(crate) fn is_null(&mut self) -> bool {
        match self {
            Self::Quick(cursor) => cursor.next() == Some(b'n') && cursor.literal("null"),
            Self::Careful(text, _) => *text == "null",
        }
    }

    /// Reads a list of at most so many items.
    pub(crate) fn list(
        &mut self,
        most: usize,
        item: &mut dyn FnMut(&mut Self) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let text = match self {
            Self::Quick(cursor) => {
                cursor.take(b'[')?;
                if cursor.ends(b']') {
                    return Ok(());
                }
                return self.rest_of_list(most, item);
            }
            Self::Careful(text, _) => *text,
        };
        let count = count(text).map_err(|problem| self.refuse(|| problem))?;
        if count > most {
            let expected = format!("at most {most} items");
            return Err(self.refuse(|| Problem::new(ErrorKind::LimitExceeded, "", expected)));
        }
        let (mut is_whole, mut place) = (true, 0_usize);
        each_item(text, &mut |text| {
            is_whole &= self.below(&place, text, item).is_ok();
            place = place.saturating_add(1);
            !self.is_full()
        });
        if is_whole { Ok(()) } else { Err(Stop) }
    }

    fn rest_of_list(
        &mut self,
        most: usize,
        item: &mut dyn FnMut(&mut Self) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        for _ in 0..most {
            item(self)?;
            let Self::Quick(cursor) = self else { return Err(Stop) };
            if !cursor.has_more(b']')? {
                return Ok(());
            }
        }
        Err(Stop)
    }

    /// Reads an object into a builder of it, by the table of its fields, passing over its tag.
    pub(crate) fn object(
        &mut self,
        table: &Table,
        tag: Option<&'static str>,
        built: &mut dyn Build,
    ) -> Result<(), Stop> {
        match self {
            Self::Quick(_) => self.object_quickly(table, tag, built),
            Self::Careful(text, _) => {
                let text = *text;
                self.object_carefully(text, table, tag, built)
            }
        }
    }

    fn object_quickly(
        &mut self,
        table: &Table,
        tag: Option<&'static str>,
        built: &mut dyn Build,
    ) -> Result<(), Stop> {
        let Self::Quick(cursor) = self else { return Err(Stop) };
        cursor.take(b'{')?;
        let mut seen = 0;
        let (mut next, mut tags, mut has_more) = (0_usize, 0_usize, !cursor.ends(b'}'));
        while has_more {
            let Self::Quick(cursor) = self else { return Err(Stop) };
            let key = cursor.key()?;
            if tag == Some(key) {
                cursor.pass_over()?;
                tags = tags.saturating_add(1);
            } else {
                let place = table.place(key, next).ok_or(Stop)?;
                if seen & bit(place) != 0 {
                    return Err(Stop);
                }
                seen |= bit(place);
                next = place.saturating_add(1);
                built.set(place, self)?;
            }
            let Self::Quick(cursor) = self else { return Err(Stop) };
            has_more = cursor.has_more(b'}')?;
        }
        let is_whole = tags <= 1 && table.missing(seen).next().is_none();
        if is_whole { Ok(()) } else { Err(Stop) }
    }

    fn object_carefully(
        &mut self,
        text: &'t str,
        table: &Table,
        tag: Option<&'static str>,
        built: &mut dyn Build,
    ) -> Result<(), Stop> {
        let fields = Fields::of(text).map_err(|problem| self.refuse(|| problem))?;
        let (mut seen, mut is_whole) = (0, true);
        for (key, value) in fields.iter() {
            if tag == Some(&**key) {
                continue;
            }
            let fault = match table.place(key, usize::MAX) {
                None => Some(Fault::unknown_field_of(&table.names())),
                Some(place) if seen & bit(place) != 0 => {
                    table.fields.get(place).map(|field| Fault::duplicate_field(field.name))
                }
                Some(place) => {
                    seen |= bit(place);
                    let set = &mut |from: &mut Self| built.set(place, from);
                    is_whole &= self.below(&key, value, set).is_ok();
                    None
                }
            };
            if let Some(fault) = fault {
                is_whole = false;
                self.refuse(|| fault.into());
            }
            if self.is_full() {
                return Err(Stop);
            }
        }
        for name in table.missing(seen) {
            is_whole = false;
            self.refuse(|| Fault::missing_field(name).into());
        }
        if is_whole { Ok(()) } else { Err(Stop) }
    }

    /// Reads the tag of the object that is the part, and gives the place of its code.
    pub(crate) fn tag(
        &mut self,
        tag: &'static str,
        codes: &[&str],
        unknown: ErrorKind,
    ) -> Result<usize, Stop> {
        let code = match self {
            Self::Quick(cursor) => cursor.tag(tag)?,
            Self::Careful(text, _) => {
                let text = *text;
                let code = Fields::of(text).and_then(|fields| fields.field::<String>(tag));
                Cow::Owned(code.map_err(|problem| self.refuse(|| problem))?)
            }
        };
        codes.iter().position(|known| *known == code).ok_or_else(|| {
            self.refuse(|| {
                Problem::new(unknown, format!("/{tag}"), format!("one of {}", codes.join(", ")))
            })
        })
    }

    /// Carefully reads the part of this part that stands at a key.
    fn below(
        &mut self,
        key: &dyn std::fmt::Display,
        text: &'t str,
        read: &mut dyn FnMut(&mut Self) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let Self::Careful(here, problems) = self else { return Err(Stop) };
        let (here, before) = (mem::replace(here, text), problems.len());
        let found = read(self);
        let Self::Careful(there, problems) = self else { return Err(Stop) };
        *there = here;
        if let Some(found @ [_, ..]) = problems.get_mut(before..) {
            let key = key.to_string().replace('~', "~0").replace('/', "~1");
            let prefix = format!("/{key}");
            for problem in found {
                problem.move_below(&prefix);
            }
        }
        found
    }

    /// Are there as many problems as one error tells?
    fn is_full(&self) -> bool {
        matches!(self, Self::Careful(_, problems) if problems.len() >= bounds::PROBLEMS)
    }
}

#[cold]
fn wrong_type(expected: &str) -> Problem {
    Problem::new(ErrorKind::WrongType, "", expected)
}

#[cold]
fn out_of_range(expected: &str) -> Problem {
    Problem::new(ErrorKind::OutOfRange, "", expected)
}
