//! The book and the design page, so that whoever reads the reference finds them here too.
//!
//! Nothing is declared in this module. Each page is a module of its own, made of the file of the
//! repository that has the same name.

#[doc = include_str!("../docs/book/src/stages.md")]
pub mod stages {}

#[doc = include_str!("../docs/book/src/unknown.md")]
pub mod unknown {}

#[doc = include_str!("../docs/book/src/record.md")]
pub mod record {}

#[doc = include_str!("../docs/book/src/forms.md")]
pub mod forms {}

#[doc = include_str!("../docs/book/src/errors.md")]
pub mod errors {}

#[doc = include_str!("../docs/book/src/explain.md")]
pub mod explain {}

#[doc = include_str!("../docs/book/src/cases.md")]
pub mod cases {}

#[doc = include_str!("../docs/book/src/trials.md")]
pub mod trials {}

#[doc = include_str!("../docs/book/src/facts.md")]
pub mod facts {}

#[doc = include_str!("../docs/book/src/rules.md")]
pub mod rules {}

#[doc = include_str!("../docs/book/src/protocols.md")]
pub mod protocols {}

#[doc = include_str!("../docs/book/src/python.md")]
pub mod python {}

#[doc = include_str!("../docs/design.md")]
pub mod design {}
