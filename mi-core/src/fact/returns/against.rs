//! Which days of use go against the goal in force on them.
#![expect(clippy::arithmetic_side_effects, reason = "days within 301 years")]

use super::super::{
    Facts, Verdict,
    days::{Day, DayTable},
    goal::InForce,
    substance_use::day_amount,
};
use crate::client::{Aim, Limits, Target};

/// A day, judged by the goal in force on it.
pub(super) struct Judged<'r> {
    pub(super) number: i64,
    /// Is it a day of use against the goal? Unknown where no goal is known or the goal does not
    /// decide; unmet where there was no use. Use that may have been goes by the goal alone.
    pub(super) against: Verdict,
    pub(super) goal: InForce<'r>,
    /// Use, and within the limits of controlled use.
    pub(super) is_within_limits: bool,
}

impl Judged<'_> {
    pub(super) fn is_goal_known(&self) -> bool {
        !matches!(self.goal, InForce::Unknown)
    }

    pub(super) fn aims_at_control(&self) -> bool {
        matches!(self.goal, InForce::Goal(goal) if goal.aim == Aim::ControlledUse)
    }

    /// Does no use go against the goal, which is known?
    pub(super) fn allows_use(&self) -> bool {
        by_aim(self.goal) == Verdict::Unmet
    }
}

/// Does any use go against the goal? Unknown where that depends on the use.
pub(super) fn by_aim(goal: InForce<'_>) -> Verdict {
    match goal {
        InForce::Unknown => Verdict::Unknown,
        InForce::None => Verdict::Unmet,
        InForce::Goal(goal) => match goal.aim {
            Aim::Abstinence => Verdict::Met,
            Aim::ControlledUse => Verdict::Unknown,
            Aim::Reduction | Aim::SaferUse | Aim::Undecided | Aim::Other | Aim::None => {
                Verdict::Unmet
            }
        },
    }
}

impl<'r> Facts<'_, 'r> {
    /// Every day of the table, judged by the client's own goal. Days of a report of the level before
    /// change go against nothing: no change was made yet.
    pub(super) fn judged(&self, table: &DayTable<'r>, target: &Target) -> Vec<Judged<'r>> {
        let goals = self.goals(target);
        let running = self.running(table);
        // The first day of the present stretch of days with a goal of controlled use.
        let mut controlled_since = None;
        let days = table.days.iter().zip(running).zip(goals.day_by_day(table.first));
        let judge = |((day, is_running), goal): ((&Day, bool), InForce<'r>)| {
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
                _ => by_aim(goal),
            };
            let counts = is_use && !day.baseline;
            Judged {
                number: day.number,
                against: if counts { against } else { Verdict::Unmet },
                goal,
                is_within_limits: counts && limits.is_some() && against == Verdict::Unmet,
            }
        };
        days.map(judge).collect()
    }

    /// Of each day, whether it belongs to days of use that run on for so long that they go against
    /// controlled use without limits.
    fn running(&self, table: &DayTable<'r>) -> Vec<bool> {
        let is_use: Vec<bool> =
            table.days.iter().map(|day| day.observed && day.used == Verdict::Met).collect();
        let is_long = |days: &[bool]| {
            i64::try_from(days.len()).is_ok_and(|days| days >= self.settings.running_days)
        };
        let same = is_use.chunk_by(|one, next| one == next);
        let marked = same.flat_map(|days| {
            let is_running = days.first() == Some(&true) && is_long(days);
            days.iter().map(move |_| is_running)
        });
        marked.collect()
    }
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
