//! Which days of use go against the goal in force on them.
#![expect(clippy::arithmetic_side_effects, reason = "days within 301 years")]

use super::super::{
    Facts, Settings,
    days::{Day, DayTable},
    goal::InForce,
    substance_use::day_amount,
};
use crate::{
    client::{Aim, Limits, Substance, Target},
    value::Verdict,
};

/// A day, judged by the goal in force on it.
pub(super) struct Judged<'t, 'r> {
    pub(super) day: &'t Day,
    /// Is it a day of use against the goal? Unknown where no goal is known or the goal does not
    /// decide; unmet where there was no use. Use that may have been goes by the goal alone.
    pub(super) against: Verdict,
    pub(super) goal: InForce<'r>,
    /// Use, and within the limits of controlled use.
    pub(super) is_within_limits: bool,
}

impl Judged<'_, '_> {
    /// Can it be a day of use against the goal?
    pub(super) fn can_be_against(&self) -> bool {
        self.against != Verdict::Unmet
    }

    pub(super) fn is_goal_known(&self) -> bool {
        !matches!(self.goal, InForce::Unknown)
    }

    pub(super) fn aims_at_control(&self) -> bool {
        matches!(self.goal, InForce::Goal(goal) if goal.aim == Aim::ControlledUse)
    }

    /// Does no use go against the goal, which is known?
    pub(super) fn allows_use(&self) -> bool {
        self.goal.by_aim() == Verdict::Unmet
    }
}

/// The days of a substance or class, judged by the client's own goal.
pub(super) struct JudgedDays<'t, 'r> {
    pub(super) substance: Substance,
    pub(super) table: &'t DayTable<'r>,
    /// Every day of the table.
    pub(super) days: Vec<Judged<'t, 'r>>,
}

impl<'t, 'r> JudgedDays<'t, 'r> {
    /// The judged day with this number.
    pub(super) fn day(&self, number: i64) -> Option<&Judged<'t, 'r>> {
        self.days.get(self.table.place(number)?)
    }

    /// The judged days from the one number to the other.
    pub(super) fn between(&self, from: i64, to: i64) -> &[Judged<'t, 'r>] {
        let (start, days) = self.table.range(from, to);
        self.days.get(start..start + days.len()).unwrap_or_default()
    }

    /// The greatest of what is known of each day, among the days from the one number to the other.
    pub(super) fn greatest(&self, of_days: &[Option<u32>], from: i64, to: i64) -> Option<u32> {
        let (from, to) = self.table.place(from).zip(self.table.place(to))?;
        of_days.get(from..=to)?.iter().copied().max().flatten()
    }
}

impl InForce<'_> {
    /// Does any use go against the goal? Unknown where that depends on the use.
    pub(super) fn by_aim(self) -> Verdict {
        match self {
            Self::Unknown => Verdict::Unknown,
            Self::None => Verdict::Unmet,
            Self::Goal(goal) => match goal.aim {
                Aim::Abstinence => Verdict::Met,
                Aim::ControlledUse => Verdict::Unknown,
                Aim::Reduction | Aim::SaferUse | Aim::Undecided | Aim::Other | Aim::None => {
                    Verdict::Unmet
                }
            },
        }
    }
}

impl<'r> Facts<'_, 'r> {
    /// Every day of the table, judged by the client's own goal. Days of a report of the level before
    /// change go against nothing: no change was made yet.
    pub(super) fn judged<'t>(
        &self,
        substance: Substance,
        table: &'t DayTable<'r>,
    ) -> JudgedDays<'t, 'r> {
        let goals = self.goals(&Target::from(substance));
        // The first day of the present stretch of days with a goal of controlled use.
        let mut controlled_since = None;
        let days = table.days.iter().zip(running(table, self.settings));
        let judge = |((day, is_running), goal): ((&'t Day, bool), InForce<'r>)| {
            let is_use = day.may_be_of_use();
            let limits = match goal {
                InForce::Goal(goal) if goal.aim == Aim::ControlledUse => Some(&goal.limits),
                InForce::Goal(_) | InForce::None | InForce::Unknown => None,
            };
            let since = limits.map(|_| controlled_since.unwrap_or(day.number));
            controlled_since = since;
            let against = match limits.zip(since).filter(|_| is_use) {
                Some((Some(limits), since)) if has_limit(limits) => {
                    beyond(table, limits, day, since)
                }
                Some(_) if is_running || day.problems == Verdict::Met => Verdict::Met,
                _ => goal.by_aim(),
            };
            let counts = is_use && !day.baseline;
            Judged {
                day,
                against: if counts { against } else { Verdict::Unmet },
                goal,
                is_within_limits: counts && limits.is_some() && against == Verdict::Unmet,
            }
        };
        let days = days.zip(goals.day_by_day(table.first)).map(judge).collect();
        JudgedDays { substance, table, days }
    }
}

/// Of each day, whether it belongs to days of use that run on for so long that they go against
/// controlled use without limits.
fn running(table: &DayTable<'_>, settings: &Settings) -> Vec<bool> {
    let is_use = |day: &Day| day.observed && day.used == Verdict::Met;
    let same = table.days.chunk_by(|one, next| is_use(one) == is_use(next));
    let marked = same.flat_map(|days| {
        let length = i64::try_from(days.len()).unwrap_or(i64::MAX);
        let is_running = days.first().is_some_and(is_use) && length >= settings.running_days;
        days.iter().map(move |_| is_running)
    });
    marked.collect()
}

fn has_limit(limits: &Limits) -> bool {
    limits.days_in_seven.is_some() || limits.per_day.is_some()
}

/// Is a day of use beyond the written limits?
fn beyond(table: &DayTable<'_>, limits: &Limits, day: &Day, since: i64) -> Verdict {
    let above = |least: i128, most: Option<i128>, limit: i128| {
        if least > limit {
            Verdict::Met
        } else if most.is_some_and(|most| most <= limit) {
            Verdict::Unmet
        } else {
            Verdict::Unknown
        }
    };
    let days = limits.days_in_seven.map_or(Verdict::Unmet, |limit| {
        let used = table.use_between(since.max(day.number - 6), day.number);
        above(used.min.into(), Some(used.max.into()), limit.get().into())
    });
    let amount = limits.per_day.map_or(Verdict::Unmet, |limit| {
        let of_day = day_amount(table, day, limit.unit);
        above(of_day.least, of_day.most, limit.amount.millionths())
    });
    days.or(amount)
}
