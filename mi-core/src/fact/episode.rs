//! The episodes of a record: which is open, and to which an event belongs.

use super::{Facts, Observed};
use crate::{
    client::{ClosingReason, ContactLog, EpisodeClosed, EpisodeOpened},
    code::codes,
    date::CalendarDate,
    record::Event,
    sort::sort_by,
};

codes! {
    /// Whether an episode of care is open.
    pub(super) enum EpisodeStatus {
        /// One is open.
        Open = "open",
        /// The last one is closed.
        Closed = "closed",
        /// There never was one.
        None = "none",
    }
}

/// One episode of care.
#[derive(Clone, Copy)]
pub(crate) struct Episode<'r> {
    pub(crate) opened: &'r Event,
    pub(crate) log: ContactLog,
    pub(crate) closed: Option<(&'r Event, ClosingReason)>,
}

impl Episode<'_> {
    /// The first day.
    pub(crate) fn first_day(&self) -> CalendarDate {
        self.opened.on().earliest()
    }

    /// Is the day one of this episode?
    pub(crate) fn holds(&self, day: CalendarDate) -> bool {
        self.first_day() <= day && self.closed.is_none_or(|(closed, _)| day <= closed.on().latest())
    }
}

impl<'r> Facts<'_, 'r> {
    /// All episodes, in order. One that is opened while another is open ends that other.
    pub(crate) fn episodes(&self) -> &[Episode<'r>] {
        self.episodes.get_or_init(|| self.find_episodes())
    }

    fn find_episodes(&self) -> Vec<Episode<'r>> {
        let opened = self.snapshot.of::<EpisodeOpened>().map(|(event, body)| (event, Ok(body)));
        let closed = self.snapshot.of::<EpisodeClosed>().map(|(event, body)| (event, Err(body)));
        let mut turns: Vec<(&Event, Result<&EpisodeOpened, &EpisodeClosed>)> =
            opened.chain(closed).collect();
        sort_by(&mut turns, |(one, _), (other, _)| one.order().cmp(&other.order()));
        let mut episodes: Vec<Episode<'r>> = Vec::new();
        for (event, turn) in turns {
            let reason = turn.err().map_or(ClosingReason::Other, |closed| closed.reason);
            if let Some(last) = episodes.last_mut().filter(|last| last.closed.is_none()) {
                last.closed = Some((event, reason));
            }
            if let Ok(opened) = turn {
                episodes.push(Episode { opened: event, log: opened.contact_log, closed: None });
            }
        }
        episodes
    }

    /// The episode that is open now.
    pub(crate) fn open_episode(&self) -> Option<Episode<'r>> {
        self.episodes().last().copied().filter(|episode| episode.closed.is_none())
    }

    /// Is a death recorded, whether or not an episode was open, and no episode opened since?
    pub(crate) fn after_death(&self) -> bool {
        let died =
            self.snapshot.of::<EpisodeClosed>().filter(|(_, of)| of.reason == ClosingReason::Death);
        let died = died.map(|(event, _)| event.order()).max();
        let opened = self.snapshot.of::<EpisodeOpened>().map(|(event, _)| event.order()).max();
        died.is_some() && died > opened
    }

    pub(super) fn episode_status(&self) -> Observed {
        match self.episodes().last() {
            None => Observed::codes([EpisodeStatus::None]),
            Some(Episode { closed: Some((closed, _)), .. }) => {
                Observed::codes([EpisodeStatus::Closed]).on(closed)
            }
            Some(Episode { opened, closed: None, .. }) => {
                Observed::codes([EpisodeStatus::Open]).on(opened)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::fact::case::case;

    #[test]
    fn a_death_after_the_closing_is_a_death() {
        let closed = |reason: &str| json!({ "kind": "episode_closed", "reason": reason });
        let case = case()
            .staff("2026-01-01", json!({ "kind": "episode_opened", "contact_log": "complete" }))
            .staff("2026-03-01", closed("planned"))
            .staff("2026-06-01", closed("death"))
            .staff("2026-07-01", closed("other"));
        for (today, expected) in [("2026-05-31", false), ("2026-06-01", true), ("2026-08-01", true)]
        {
            case.seen(today, |facts| {
                assert_eq!(facts.after_death(), expected, "{today}");
                facts.episode_status()
            });
        }
    }
}
