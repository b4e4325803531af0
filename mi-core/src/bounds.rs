//! Every numeric range and limit of the documents, one line each. No clinical number stands here.

/// The most UTF-8 bytes of one text.
pub const TEXT_BYTES: usize = 64 * 1024;

/// The most UTF-8 bytes of one sentence of a protocol's texts.
pub const WORDING_BYTES: usize = 2 * 1024;

/// The most placeholders of one sentence of a protocol's texts.
pub const PLACEHOLDERS: usize = 8;

/// The most events of one record.
pub const EVENTS: usize = 1_000_000;

/// The most problems that one error tells.
pub const PROBLEMS: usize = 1_000;

/// The most events, missing inputs and spans of days that one part of a review lists; beyond them it
/// holds their count.
pub const EVIDENCE: usize = 50;

/// The most targets that one record speaks of: substances of the catalogue, and behaviors.
pub const TARGETS: usize = 1_000;

/// The most items of one list, and fields of one object, of a protocol or its texts.
pub const ENTRIES: usize = 10_000;

/// The most parts of criteria that one rule leads to, with those of the definitions and steps that it
/// names, each of them once; so it leads to no more definitions either.
pub const CRITERION_PARTS: usize = 1_000;

/// The days of 120 years: the longest period of use, and how far before the day asked about the days
/// of use are looked at. What was said of days before that is open, as if it had not been said.
pub const LIFETIME: i64 = 43_830;

/// The deepest nesting of a document.
pub const NESTING: usize = 64;

/// The longest path of a protocol through names and nested parts, which evaluation goes down.
pub const CRITERION_DEPTH: usize = 64;

/// The first and last year of a date.
pub const YEARS: std::ops::RangeInclusive<i64> = 1900..=2200;

/// The points of a readiness ruler.
pub const RATING: std::ops::RangeInclusive<i64> = 0..=10;

/// Days of use in a week that has some and has not all.
pub const DAYS_A_WEEK: std::ops::RangeInclusive<i64> = 1..=6;

/// The most days of a window or a count: 400 years and more.
pub const DAYS: std::ops::RangeInclusive<i64> = 0..=150_000;

/// The largest amount or score; every whole number up to it is exact in every language.
pub const AMOUNT: f64 = 1_000_000_000.0;
