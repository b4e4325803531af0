//! What was seen of facts: each is read once for what it is asked about, however often rules ask.

use std::{borrow::Borrow, cmp::Ordering, collections::BTreeMap, rc::Rc};

use crate::{
    client::Target,
    fact::{Arguments, Fact, Observed, Question, Reading},
};

/// What was seen, by what was asked. Found without a copy of what is asked.
#[derive(Default)]
pub(super) struct Memory(BTreeMap<Asked, Rc<Observed>>);

/// What a fact was asked about.
struct Asked {
    fact: Fact,
    arguments: Arguments<i64>,
    target: Option<Target>,
    reading: Reading,
}

/// The same, borrowed: what [`Asked`] is ordered by.
type Key<'k> = (Fact, &'k Arguments<i64>, Option<&'k Target>, Reading);

trait AsKey {
    fn key(&self) -> Key<'_>;
}

impl AsKey for Asked {
    fn key(&self) -> Key<'_> {
        (self.fact, &self.arguments, self.target.as_ref(), self.reading)
    }
}

impl AsKey for Key<'_> {
    fn key(&self) -> Key<'_> {
        *self
    }
}

impl<'k> Borrow<dyn AsKey + 'k> for Asked {
    fn borrow(&self) -> &(dyn AsKey + 'k) {
        self
    }
}

impl Ord for dyn AsKey + '_ {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for dyn AsKey + '_ {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for dyn AsKey + '_ {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for dyn AsKey + '_ {}

impl Ord for Asked {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Asked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Asked {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Asked {}

impl Memory {
    /// What was seen of a fact, if it was asked before.
    pub(super) fn get(&self, asked: &Question<'_>) -> Option<Rc<Observed>> {
        let subject = asked.subject;
        let key: Key<'_> = (asked.fact, asked.arguments, subject.target, subject.reading);
        self.0.get(&key as &dyn AsKey).map(Rc::clone)
    }

    /// Keeps what was seen.
    pub(super) fn keep(&mut self, asked: &Question<'_>, observed: &Rc<Observed>) {
        let Question { fact, subject, .. } = *asked;
        let (arguments, target) = (asked.arguments.clone(), subject.target.cloned());
        let asked = Asked { fact, arguments, target, reading: subject.reading };
        self.0.insert(asked, Rc::clone(observed));
    }
}
