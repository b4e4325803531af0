//! One thing that was said about the use of a substance on a span of days.
#![expect(clippy::arithmetic_side_effects, reason = "days within 301 years, counts to 150 000")]

use crate::{
    bounds,
    client::{Period, Substance, Use, UseReport},
    date::{CalendarDate, PartialDate},
    record::{Body, Event},
    value::Quantity,
};

/// From the fewest to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Few {
    pub(crate) min: i64,
    pub(crate) max: i64,
}

impl std::ops::Add for Few {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { min: self.min + other.min, max: self.max + other.max }
    }
}

/// What use there was in a span. `Weekly` and `Within` leave open on which days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Using {
    /// On no day.
    Clear,
    /// On every day.
    Daily,
    /// On so many days of any seven.
    Weekly(Few),
    /// On so many days of the span.
    Within(Few),
}

/// Whether use went with problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Problems {
    /// On every day of use.
    Always,
    /// On none.
    Never,
    /// On so many days of the span.
    Within(Few),
}

/// What kind of event says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A statement that every day of use is reported.
    Coverage,
    /// A report of use.
    Report,
    /// A report of the level before change.
    Baseline,
    /// A non-fatal overdose.
    Overdose,
    /// A return to use, as someone judged it.
    Return,
}

/// One thing that was said about a span of days, all days as numbers.
pub(crate) struct Statement<'r> {
    pub(crate) event: &'r Event,
    pub(crate) substance: Substance,
    pub(crate) source: Source,
    /// The days that it certainly speaks of, up to the day asked about; none when `to` is before
    /// `from`.
    pub(crate) from: i64,
    pub(crate) to: i64,
    /// The days that it can speak of, up to the day asked about.
    pub(crate) earliest: i64,
    pub(crate) latest: i64,
    /// The fewest and the most days that the whole span can have.
    pub(crate) length: Few,
    pub(crate) used: Using,
    pub(crate) problems: Option<Problems>,
    pub(crate) amount: Option<Quantity>,
    /// The first and the last day that its end can be.
    end: Few,
    /// Whether all of it lies before the end of the day asked about.
    is_past: bool,
    /// Whether days of it lie too far back to be looked at.
    is_cut: bool,
}

/// Use, or use with problems, on an unknown day of an interval.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Float {
    pub(crate) from: i64,
    pub(crate) to: i64,
    /// The statement that says so.
    pub(crate) statement: u32,
    /// Whether there was use for certain, not only perhaps.
    pub(crate) is_certain: bool,
}

impl<'r> Statement<'r> {
    fn new(
        event: &'r Event,
        substance: Substance,
        source: Source,
        (from, to): (PartialDate, PartialDate),
        today: i64,
    ) -> Self {
        // An end is never before its beginning: that narrows both where they are known in part.
        let first = from.earliest().epoch_days();
        let last = to.latest().epoch_days();
        let inner_from = from.latest().epoch_days().min(last);
        let inner_to = to.earliest().epoch_days().max(first);
        let told = matches!(source, Source::Overdose | Source::Return)
            && event.recorded().date().epoch_days() <= today;
        Self {
            event,
            substance,
            source,
            from: inner_from,
            to: inner_to.min(today),
            earliest: first,
            latest: last.min(today),
            length: Few { min: (inner_to - inner_from + 1).max(1), max: last - first + 1 },
            used: Using::Daily,
            problems: None,
            amount: None,
            end: Few { min: inner_to.min(today), max: last.min(today) },
            is_past: last <= today || told,
            is_cut: false,
        }
    }

    fn of_period(
        event: &'r Event,
        report: &UseReport,
        period: &Period,
        source: Source,
        today: i64,
    ) -> Self {
        let said = Self::new(event, report.substance, source, (period.from, period.to), today);
        let few = |days: crate::value::Count| Few { min: days.min.get(), max: days.max.get() };
        let used = match period.r#use {
            Use::None {} => Using::Clear,
            Use::Daily {} => Using::Daily,
            Use::Weekly { days } => Using::Weekly(few(days)),
            Use::Count { days } if days.max.get() == 0 => Using::Clear,
            Use::Count { days } if days.min.get() >= said.length.max => Using::Daily,
            Use::Count { days } => Using::Within(few(days)),
        };
        let problems = match (period.problem_days, period.problems) {
            _ if used == Using::Clear => None,
            (Some(days), _) if days.max.get() == 0 => Some(Problems::Never),
            (Some(days), _) => Some(Problems::Within(few(days))),
            (None, Some(true)) => Some(Problems::Always),
            (None, Some(false)) => Some(Problems::Never),
            (None, None) => None,
        };
        let amount = period.per_use_day.filter(|_| used != Using::Clear);
        Self { used, problems, amount, ..said }
    }

    /// Leaves out the days before this one. What is left is a part of the span, which keeps its
    /// length: two days of use from 1900 to 2000 are at most two of the days from 1980 on.
    fn begin_at(&mut self, first: i64) {
        self.is_cut = self.earliest < first;
        self.from = self.from.max(first);
        self.earliest = self.earliest.max(first);
    }

    /// The first day that its end can be.
    pub(crate) fn ends_at_least_on(&self) -> i64 {
        self.end.min
    }

    /// The use that its partly known dates leave without a day.
    pub(super) fn float(&self, statement: u32) -> Option<Float> {
        let is_exact = self.earliest == self.from && self.end.min == self.end.max;
        let (from, is_certain) = match self.used {
            Using::Clear => return None,
            _ if is_exact => return None,
            // The last day is a day of use, and lies where the end does.
            Using::Daily if self.from <= self.to => (self.end.min, true),
            Using::Daily => (self.earliest, self.is_past),
            Using::Weekly(few) => {
                let in_last_week = self.earliest.max(self.end.min - 6);
                (in_last_week, self.is_past && few.min > 7 - self.length.min.min(7))
            }
            Using::Within(few) => (self.earliest, self.is_past && few.min > 0),
        };
        // Where days were left out, the use may lie on one of them.
        let is_certain = is_certain && !self.is_cut;
        Some(Float { from, to: self.latest, statement, is_certain })
    }
}

impl Using {
    /// The fewest and the most days of use in a part of so many days of a span.
    pub(crate) fn bounds(self, days: i64, length: Few) -> Few {
        match self {
            Self::Clear => Few::NONE,
            Self::Daily => Few { min: days, max: days },
            Self::Weekly(Few { min, max }) => {
                let (weeks, rest) = (days / 7, days % 7);
                let least = weeks * min + (min - (7 - rest)).max(0);
                Few { min: least, max: weeks * max + rest.min(max) }
            }
            Self::Within(few) => few.in_part(days, length),
        }
    }

    /// The same in sevenths of a day, where each day of a weekly pattern has its share of the week.
    pub(crate) fn sevenths(self, days: i64, length: Few) -> Few {
        match self {
            Self::Weekly(Few { min, max }) => Few { min: days * min, max: days * max },
            Self::Clear | Self::Daily | Self::Within(_) => {
                let Few { min, max } = self.bounds(days, length);
                Few { min: 7 * min, max: 7 * max }
            }
        }
    }
}

impl Few {
    pub(crate) const NONE: Self = Self { min: 0, max: 0 };

    /// The days of two streams, which can be the same days.
    pub(super) fn beside(self, other: Self) -> Self {
        Self { min: self.min.max(other.min), max: self.max + other.max }
    }

    /// These, that lie among the days that are open, with days that are certain.
    pub(super) fn united(self, certain: i64, open: i64) -> Self {
        Self { min: certain + self.min, max: certain + self.max.min(open) }
    }

    /// Of so many days of a span, the fewest and the most that lie in a part of it.
    pub(crate) fn in_part(self, days: i64, length: Few) -> Few {
        Few { min: (self.min - (length.max - days)).max(0), max: self.max.min(days) }
    }
}

/// What a report says of its periods, beyond the day asked about too.
pub(crate) fn periods<'r>(event: &'r Event, report: &UseReport) -> Vec<Statement<'r>> {
    let without_end = CalendarDate::MAX.epoch_days();
    let of_period =
        |period| Statement::of_period(event, report, period, Source::Report, without_end);
    report.periods.iter().map(of_period).collect()
}

/// All that events say about use up to today: what yields first, what wins last. Coverage yields to
/// all others, then the later recorded wins.
pub(super) fn statements(mut events: Vec<&Event>, today: i64) -> Vec<Statement<'_>> {
    events.sort_by_key(|event| {
        (!matches!(event.body(), Body::Coverage(_)), event.recorded(), event.id())
    });
    let mut said = Vec::with_capacity(events.len());
    for event in events {
        let about =
            |substance, source, dates| Statement::new(event, substance, source, dates, today);
        #[expect(clippy::wildcard_enum_match_arm, reason = "four kinds speak of use")]
        match event.body() {
            Body::UseReport(report) => {
                let is_baseline = report.baseline == Some(true);
                let source = if is_baseline { Source::Baseline } else { Source::Report };
                let of_period = |period| Statement::of_period(event, report, period, source, today);
                said.extend(report.periods.iter().map(of_period));
            }
            Body::Coverage(span) => {
                let covered = about(span.substance, Source::Coverage, (span.from, span.to));
                said.push(Statement { used: Using::Clear, ..covered });
            }
            Body::Overdose(overdose) => {
                let one = about(overdose.substance, Source::Overdose, (event.on(), event.on()));
                said.push(Statement { problems: Some(Problems::Always), ..one });
            }
            Body::ReturnToUse(span) => {
                let problems =
                    span.problems.map(|so| if so { Problems::Always } else { Problems::Never });
                let judged = about(span.substance, Source::Return, (span.from, span.to));
                said.push(Statement { problems, ..judged });
            }
            _ => {}
        }
    }
    let first = today - bounds::LIFETIME;
    said.retain(|statement| statement.earliest <= today && statement.latest >= first);
    for statement in &mut said {
        statement.begin_at(first);
    }
    said
}
