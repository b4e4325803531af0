//! Painting days, from the latest statement to the earliest.
#![expect(clippy::arithmetic_side_effects, reason = "indices of a table of at most 301 years")]

/// One layer of a table: which statement speaks for each day.
///
/// Each day is painted once, by the first statement that reaches it. Pointers that skip the days
/// already painted keep the whole work linear, however many long statements overlap.
pub(super) struct Layer {
    said: Vec<Option<u32>>,
    /// Of each day, a day at or after it before which none is unpainted; itself when unpainted.
    next: Vec<usize>,
}

impl Layer {
    pub(super) fn new(days: usize) -> Self {
        Self { said: vec![None; days], next: (0..=days).collect() }
    }

    /// Paints the days from the one to the other that nothing has painted yet.
    pub(super) fn paint(&mut self, from: usize, to: usize, statement: u32) {
        let mut day = self.unpainted_from(from);
        while day <= to {
            let Some(said) = self.said.get_mut(day) else { return };
            *said = Some(statement);
            if let Some(next) = self.next.get_mut(day) {
                *next = day + 1;
            }
            day = self.unpainted_from(day + 1);
        }
    }

    /// Is every day from the one to the other painted?
    pub(super) fn is_painted(&mut self, from: usize, to: usize) -> bool {
        self.unpainted_from(from) > to
    }

    pub(super) fn into_said(self) -> Vec<Option<u32>> {
        self.said
    }

    /// The first unpainted day at or after this one; halves the paths that it walks.
    fn unpainted_from(&mut self, mut day: usize) -> usize {
        loop {
            let next = self.next.get(day).copied().unwrap_or(day);
            if next == day {
                return day;
            }
            let after = self.next.get(next).copied().unwrap_or(next);
            if let Some(pointer) = self.next.get_mut(day) {
                *pointer = after;
            }
            day = after;
        }
    }
}
