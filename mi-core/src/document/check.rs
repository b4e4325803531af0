//! Fields that must fit together, checked once each of them is valid.

use crate::{Error, ErrorKind, error::Problem};

/// A type whose fields must fit together.
pub(crate) trait Check: Sized {
    /// Notes what does not fit together.
    fn check(&self, faults: &mut Faults);

    /// The same, changed where its fields, each made by itself, do not fit together.
    #[cfg(feature = "testing")]
    fn made_to_fit(self) -> Self;
}

/// What does not fit together.
#[derive(Default)]
pub(crate) struct Faults(Vec<Problem>);

impl Faults {
    /// Notes what was expected at a pointer, when it does not hold.
    pub(crate) fn expect(&mut self, holds: bool, path: &str, expected: &str) {
        if !holds {
            self.0.push(Problem::new(ErrorKind::Inconsistent, path, expected));
        }
    }

    /// Notes a limit at a pointer, when it is exceeded.
    pub(crate) fn limit(&mut self, holds: bool, path: &str, expected: &str) {
        if !holds {
            self.0.push(Problem::new(ErrorKind::LimitExceeded, path, expected));
        }
    }

    /// Checks a part that stands at a pointer.
    pub(crate) fn check_below(&mut self, prefix: &str, part: &impl Check) {
        let mut faults = Faults::default();
        part.check(&mut faults);
        self.0.extend(faults.0.into_iter().map(|problem| problem.below(prefix)));
    }

    /// The problems that were noted.
    pub(crate) fn into_result(self) -> Result<(), Error> {
        Error::check(self.0)
    }
}
