//! The walk that tells reduced use from use that is not, on levels day by day.
#![expect(clippy::arithmetic_side_effects, reason = "the scale of levels leaves room for the sums")]

/// One community day after the level before change, in order. Days that are left out are no steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// The number of the day.
    pub(crate) day: i64,
    /// Its level, at least and at most; `None` on a day of a long stretch that nothing covers, and on
    /// one that may be controlled.
    pub(crate) level: Option<Bounds>,
}

/// The least and the most that a level can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) least: i128,
    pub(crate) most: i128,
}

/// How what is not known is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// As the most use that the record allows.
    MostUse,
    /// As the least use that the record allows.
    LeastUse,
}

/// Where a walk has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Walked {
    /// Whether use is reduced at the end.
    pub(crate) is_low: bool,
    /// The steps since the reduction, or its loss, began.
    pub(crate) days: i64,
    /// The number of the day on which it began; of the first step, when use was never reduced.
    pub(crate) began: Option<i64>,
}

/// Walks the days with the running sum of level − `limit`, in two phases, starting high.
///
/// A phase ends when the sum has moved by `evidence_days` × `limit` from its extreme; the next one
/// began on the day after that extreme, the later one on ties. A stretch that nothing covers ends
/// high for the most use and low for the least, each begun as early as possible: so the two walks
/// bracket whatever was the case.
pub(crate) fn walk(steps: &[Step], side: Side, limit: i128, evidence_days: i64) -> Walked {
    let evidence = limit * i128::from(evidence_days);
    let (mut is_low, mut sum) = (false, 0_i128);
    let (mut extreme, mut after_extreme, mut began) = (0_i128, 0_usize, 0_usize);
    for (index, step) in steps.iter().enumerate() {
        let turns = if let Some(level) = step.level {
            sum += if side == Side::MostUse { level.most } else { level.least } - limit;
            let moved = if is_low { sum - extreme } else { extreme - sum };
            if 0 < moved && moved < evidence {
                continue;
            }
            moved > 0
        } else {
            is_low == (side == Side::MostUse)
        };
        if turns {
            is_low = !is_low;
            began = after_extreme;
        }
        (extreme, after_extreme) = (sum, index + 1);
    }
    let days = i64::try_from(steps.len() - began).unwrap_or(i64::MAX);
    Walked { is_low, days, began: steps.get(began).map(|step| step.day) }
}
