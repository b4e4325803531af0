//! The names by which the parts of a protocol point at each other.

use crate::code::identifier;

identifier! {
    /// The name of a parameter, definition or source of a protocol.
    pub struct Name, "[a-z0-9_.-]",
    |c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-')
}

identifier! {
    /// The identifier of a rule, such as `TS-06`; stable for as long as its meaning.
    pub struct RuleId, "[A-Za-z0-9-]",
    |c| c.is_ascii_alphanumeric() || c == '-'
}
