//! One error type: it says where, which code and what was expected, and never what was found.

use std::fmt;

use crate::{bounds, code::codes};

codes! {
    /// What went wrong, as a code that is the same in Rust, Python and TypeScript.
    #[non_exhaustive]
    pub enum ErrorKind {
        /// The text is not JSON; the problem carries line and column.
        NotJson = "not_json",
        /// A JSON value of another type was expected, such as a list or a whole number.
        WrongType = "wrong_type",
        /// A required field is absent.
        MissingField = "missing_field",
        /// A field that this type does not have; the path is that of its parent.
        UnknownField = "unknown_field",
        /// A field that stands twice in one object.
        DuplicateField = "duplicate_field",
        /// An event kind that this version does not know.
        UnknownKind = "unknown_kind",
        /// A code outside its closed list, or a substance outside the catalogue.
        UnknownCode = "unknown_code",
        /// A text without the form of an identifier, a code or a DOI, or that is not Unicode.
        InvalidText = "invalid_text",
        /// A date that is not `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, or that no calendar has.
        InvalidDate = "invalid_date",
        /// An instant that RFC 3339 does not allow.
        InvalidInstant = "invalid_instant",
        /// A number outside the range that its type allows.
        OutOfRange = "out_of_range",
        /// A document beyond a stated limit: size of a text, number of events, depth of nesting.
        LimitExceeded = "limit_exceeded",
        /// A document of a schema version that is newer than this library.
        NewerSchema = "newer_schema",
        /// Valid fields that do not fit together, such as a span that ends before it begins.
        Inconsistent = "inconsistent",
        /// An identifier that stands for two different things.
        DuplicateId = "duplicate_id",
        /// A reference to an event that the record does not hold, or that is of the wrong kind.
        DanglingReference = "dangling_reference",
        /// Replacements or retractions that lead back to themselves.
        ReferenceCycle = "reference_cycle",
        /// A fact that the vocabulary does not have.
        UnknownFact = "unknown_fact",
        /// A test, argument or unit that does not belong to the fact.
        WrongUnit = "wrong_unit",
        /// A definition, parameter, source or text that is used and not there.
        UnknownName = "unknown_name",
        /// A definition, parameter, source or text that is there and not used.
        UnusedName = "unused_name",
        /// Definitions that lead back to themselves.
        DefinitionCycle = "definition_cycle",
        /// A treatment step that no rule can ever reach.
        UnreachableStep = "unreachable_step",
        /// A criterion that contradicts itself on one fact.
        Contradiction = "contradiction",
        /// A rule, fact, number, code or field without its words in a language.
        MissingText = "missing_text",
        /// A place in a text that nothing fills, or that its rule fills and that it lacks.
        InvalidPlaceholder = "invalid_placeholder",
        /// A rule of other evidence than `default` that names no source.
        MissingSource = "missing_source",
        /// A safety rule that reads a treatment stage.
        StageInSafety = "stage_in_safety",
    }
}

/// The error of every fallible operation of this crate: one or more [`Problem`]s.
///
/// All problems of a record are reported together, the first thousand of them. Neither the error nor its problems ever hold a value, key
/// or text of a record: what it says about a person stays there. A pointer into a protocol holds
/// the names of what that protocol defines.
///
/// ```
/// # use mi_core::{ClientRecord, ErrorKind};
/// let error = ClientRecord::from_json(r#"{"schema_version": 1, "client": "c1", "events": 3}"#).unwrap_err();
/// let problem = &error.problems()[0];
/// assert_eq!((problem.kind(), problem.path()), (ErrorKind::WrongType, "/events"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Error {
    problems: Vec<Problem>,
}

/// One thing that is wrong with an input, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: expected {expected} at \"{path}\"{}", kind.code(), Position(*position))]
pub struct Problem {
    kind: ErrorKind,
    path: String,
    expected: String,
    position: Option<(usize, usize)>,
}

/// The place in a text, written when there is one.
struct Position(Option<(usize, usize)>);

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some((line, column)) => write!(f, ", line {line} column {column}"),
            None => Ok(()),
        }
    }
}

impl Problem {
    pub(crate) fn new(
        kind: ErrorKind,
        path: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        Self { kind, path: path.into(), expected: expected.into(), position: None }
    }

    pub(crate) fn positioned(mut self, line: usize, column: usize) -> Self {
        self.position = Some((line, column));
        self
    }

    /// The same problem at another pointer.
    pub(crate) fn at(mut self, path: String) -> Self {
        self.path = path;
        self
    }

    /// The same problem, seen from the document that holds the part at `prefix`.
    pub(crate) fn below(mut self, prefix: &str) -> Self {
        self.path.insert_str(0, prefix);
        self
    }

    /// Moves the problem below the part at `prefix`, where it stands.
    pub(crate) fn move_below(&mut self, prefix: &str) {
        self.path.insert_str(0, prefix);
    }

    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The stable code of [`Problem::kind`].
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.kind.code()
    }

    /// Where: a JSON Pointer (RFC 6901) into the document that was handed in; `""` is the whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What would have been right, in words of this library.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// Line and column of a text that is not JSON, counted from 1. The column counts the bytes of
    /// UTF-8: a letter beyond ASCII, such as é, is two or more.
    #[must_use]
    pub fn position(&self) -> Option<(usize, usize)> {
        self.position
    }
}

impl Error {
    /// What is wrong, in the order of the document; never empty.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The kind of the first problem.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.problems.first().map_or(ErrorKind::Inconsistent, Problem::kind)
    }

    pub(crate) fn new(
        kind: ErrorKind,
        path: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        Problem::new(kind, path, expected).into()
    }

    /// `Ok` when nothing is wrong.
    pub(crate) fn check(mut problems: Vec<Problem>) -> Result<(), Self> {
        problems.truncate(bounds::PROBLEMS);
        if problems.is_empty() { Ok(()) } else { Err(Self { problems }) }
    }

    /// The same problems, seen from what holds the document at the pointer `prefix`, such as the
    /// arguments of a call.
    ///
    /// ```
    /// # use mi_core::CalendarDate;
    /// let read = "2026-02-30".parse::<CalendarDate>().map_err(|error| error.below("/as_of"));
    /// assert_eq!(read.unwrap_err().problems()[0].path(), "/as_of");
    /// ```
    #[must_use]
    pub fn below(self, prefix: &str) -> Self {
        self.map(|problem| problem.below(prefix))
    }

    pub(crate) fn map(self, change: impl FnMut(Problem) -> Problem) -> Self {
        Self { problems: self.problems.into_iter().map(change).collect() }
    }

    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self { problems: vec![problem] }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")
    }
}

impl std::error::Error for Error {}
