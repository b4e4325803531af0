//! A number of JSON, as both readers take it.

/// What a number is: whole numbers stay whole.
#[derive(Clone, Copy)]
pub(super) enum Number {
    Whole(i64),
    Other(f64),
    /// A whole number that no 64 bits hold.
    TooLarge,
}

impl Number {
    /// The number that a token of JSON writes.
    pub(super) fn of(token: &str) -> Option<Self> {
        if let Ok(whole) = token.parse() {
            Some(Self::Whole(whole))
        } else if token.contains(['.', 'e', 'E']) {
            token.parse().ok().map(Self::Other)
        } else {
            Some(Self::TooLarge)
        }
    }
}
