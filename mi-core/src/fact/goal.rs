//! The client's own goal, and whether the client says that use is a problem. What staff say is no
//! value of these facts.

use std::collections::BTreeMap;

use super::{Fact, Facts, Missing, Observed, query::take};
use crate::{
    client::{Aim, Answer, Asked, Goal, Target, Topic},
    date::PartialDate,
    record::{Body, Event, Kind, Role},
    sort::sort_by_key,
};

/// A statement about the client's own goal on a target.
#[derive(Clone, Copy)]
enum Stated<'r> {
    Goal(&'r Goal),
    /// Asked, and has none.
    None,
    /// Asked, and has one that is not recorded.
    Some,
}

impl Stated<'_> {
    fn is_none(self) -> bool {
        match self {
            Self::Goal(goal) => goal.aim == Aim::None,
            Self::None => true,
            Self::Some => false,
        }
    }
}

/// The goal in force on a day.
#[derive(Clone, Copy)]
pub(super) enum InForce<'r> {
    /// Nothing recorded says.
    Unknown,
    /// The client was asked and has none.
    None,
    /// This one.
    Goal(&'r Goal),
}

/// The goals on a target, each with the day from which it is in force.
pub(super) struct Goals<'r>(Vec<(i64, InForce<'r>)>);

impl<'r> Goals<'r> {
    /// The goals in force on one day after another, from the first on.
    pub(super) fn day_by_day(&self, first: i64) -> impl Iterator<Item = InForce<'r>> {
        let mut next = self.0.iter().peekable();
        let mut in_force = InForce::Unknown;
        (first..).map(move |day| {
            while let Some((_, goal)) = next.next_if(|(from, _)| *from <= day) {
                in_force = *goal;
            }
            in_force
        })
    }
}

impl<'r> Facts<'_, 'r> {
    /// The client's own goal on the target now: none where it was withdrawn, or the client was asked
    /// and has none.
    pub(crate) fn own_goal(&self, target: &Target) -> Observed {
        let today = self.today();
        let any = || Aim::ALL.iter().copied();
        let stated = self.stated_goals(target);
        // A goal that is not in force yet leaves the earlier ones possible. One of this month has been
        // stated by today.
        let in_force = stated.iter().filter(|(_, from, _)| from.earliest() <= today);
        let begun = in_force.map(|(event, ..)| take::first_moment(event)).max();
        // Of each aim that is possible, the latest event that says so.
        let mut possible: BTreeMap<Aim, Option<&Event>> = BTreeMap::new();
        if begun.is_none() {
            possible.extend(any().map(|aim| (aim, None)));
        }
        for (event, from, stated) in &stated {
            let can_be_latest = begun <= Some(take::last_moment(event, today));
            if from.earliest() > today || !can_be_latest {
                continue;
            }
            match stated {
                Stated::Goal(goal) => drop(possible.insert(goal.aim, Some(*event))),
                Stated::None => drop(possible.insert(Aim::None, Some(*event))),
                Stated::Some => {
                    possible.extend(any().filter(|aim| *aim != Aim::None).map(|aim| (aim, None)));
                }
            }
        }
        let seen =
            Observed::codes(possible.keys().copied()).on_all(possible.values().copied().flatten());
        if seen.value.is_known() {
            return seen;
        }
        seen.missing(Missing::of(Fact::OWN_GOAL).about(target.clone()).on_topic(Topic::OwnGoal))
    }

    /// The goals in force, day by day. A goal that is stated later wins from the day on which it is
    /// in force; while that day is known only in part, the goal is not known.
    pub(super) fn goals(&self, target: &Target) -> Goals<'r> {
        let mut begun: Vec<(i64, usize, InForce<'r>)> = Vec::new();
        for (rank, (_, from, stated)) in self.stated_goals(target).into_iter().enumerate() {
            let in_force = match stated {
                Stated::Goal(goal) => InForce::Goal(goal),
                Stated::None => InForce::None,
                Stated::Some => InForce::Unknown,
            };
            if from.exact().is_none() {
                begun.push((from.earliest().epoch_days(), rank, InForce::Unknown));
            }
            begun.push((from.latest().epoch_days(), rank, in_force));
        }
        sort_by_key(&mut begun, |(from, rank, _)| (*from, *rank));
        let mut last_stated = 0;
        begun.retain(|(_, rank, _)| {
            let stands = *rank >= last_stated;
            last_stated = last_stated.max(*rank);
            stands
        });
        Goals(begun.into_iter().map(|(from, _, in_force)| (from, in_force)).collect())
    }

    /// What was stated about the client's own goal, in order, each with the day from which it is in
    /// force. That there is some goal says something only where there was none before.
    fn stated_goals(&self, target: &Target) -> Vec<(&'r Event, PartialDate, Stated<'r>)> {
        let mut stated: Vec<(&'r Event, PartialDate, Stated<'r>)> = Vec::new();
        for event in self.snapshot.of_kinds(&[Goal::PLACE, Asked::PLACE]) {
            let (from, statement) = match event.body() {
                Body::Goal(goal)
                    if event.by().role == Role::Client && goal.target.as_ref() == Some(target) =>
                {
                    (goal.in_force_from.map(PartialDate::from), Stated::Goal(goal))
                }
                Body::Asked(Asked { topic: Topic::OwnGoal, answer: Answer::No }) => {
                    (None, Stated::None)
                }
                Body::Asked(Asked { topic: Topic::OwnGoal, answer: Answer::Yes })
                    if stated.last().is_some_and(|(_, _, last)| last.is_none()) =>
                {
                    (None, Stated::Some)
                }
                _ => continue,
            };
            stated.push((event, from.unwrap_or(event.on()), statement));
        }
        stated
    }
}
