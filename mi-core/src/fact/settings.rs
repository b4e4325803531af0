//! The numbers that facts read: parameters of the protocol, by name.

use super::Fact;
use crate::stage::StageLimits;

/// Declares the parameters that facts read. A protocol must have every one of them.
macro_rules! settings {
    ($( $(#[$doc:meta])* $field:ident = $name:literal, $unit:literal; )+) => {
        /// The numbers that facts read, taken from a protocol. None of them stands in this crate.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub(crate) struct Settings {
            $( $(#[$doc])* pub(crate) $field: i64, )+
            /// The numbers that rows of content name, in the order of [`Fact::parameters`].
            pub(crate) of_queries: Vec<i64>,
        }

        impl Settings {
            /// The names of the parameters, with their units.
            const NAMES: &'static [(&'static str, &'static str)] = &[$(($name, $unit)),+];

            /// The settings, or the first name that `value` does not know.
            pub(crate) fn new(value: impl Fn(&str) -> Option<i64>) -> Result<Self, &'static str> {
                let of_query = |name: &'static String| value(name).ok_or(name.as_str());
                let of_queries: Result<_, _> = Fact::parameters().iter().map(of_query).collect();
                Ok(Self { $($field: value($name).ok_or($name)?,)+ of_queries: of_queries? })
            }

            /// The names of all parameters that facts read, with their units.
            pub(crate) fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
                let of_queries = Fact::parameters().iter().map(|name| (name.as_str(), "day"));
                Self::NAMES.iter().copied().chain(of_queries)
            }
        }
    };
}

settings! {
    // The day table
    /// A tail without reports up to this long is left out.
    tail_days = "observation.tail_days", "day";
    /// A gap without reports up to this long is left out.
    gap_days = "observation.gap_days", "day";
    /// A baseline of an earlier episode counts when that ended within so many days.
    reference_days = "use_reference.days", "day";
    /// Reduced means below this share of the level before change.
    reduction_percent = "reduction.percent", "percent";
    /// So many days' worth of the limit begin or end a run of reduced use.
    reduction_evidence_days = "reduction.evidence_days", "day";
    /// Use reported up to so many days before a positive test explains it, as does a medicine that
    /// was stopped so recently.
    test_days = "use_evidence_conflicts.test_days", "day";
    // Returns to use
    /// Up to so many clear days between two days of use belong to one return.
    return_clear_days = "return_to_use.clear_days", "day";
    /// A return needs so many days in keeping with the goal before it.
    return_keeping_days = "return_to_use.keeping_days", "day";
    /// A lapse has at most so many days.
    lapse_days = "lapse.days", "day";
    /// A relapse has at least so many days.
    relapse_days = "relapse.days", "day";
    /// Without limits of controlled use, so many days running go against the goal.
    running_days = "controlled_use.running_days", "day";
    // Treatment
    /// A rating of the treatment step older than this is stale.
    recorded_step_days = "recorded_step.stale_days", "day";
    // Stage of change
    /// An intent to change soon is for so many days.
    soon_days = "stage_of_change.soon_days", "day";
    /// A change held for so many days is maintenance; an intent to change is for as many.
    maintenance_days = "stage_of_change.maintenance_days", "day";
    /// A rating or answers older than this are stale.
    stage_stale_days = "stage_of_change.stale_days", "day";
    /// A value within so many days of a boundary is near it.
    stage_near_days = "stage_of_change.near_days", "day";
    /// Two ratings within so many days are held against each other.
    ratings_days = "stage_of_change.ratings_days", "day";
    /// An ambivalence recorded within so many days counts.
    ambivalence_days = "ambivalence.days", "day";
    // The person
    /// A band of age below adult that is older than this may have been outgrown.
    age_days = "age.days", "day";
    /// A pregnancy lasts at most so many days from its recorded start.
    pregnancy_days_from_start = "pregnancy.days_from_start", "day";
    /// A pregnancy without a recorded start lasts at most so many days from its recording.
    pregnancy_days_from_recording = "pregnancy.days_from_recording", "day";
    // Opioids
    /// So many doses of an agonist missed in a row are a stop on the day of the last dose.
    agonist_missed_days = "agonist.missed_days", "day";
    /// A kept contact within so many days would have told of a discharge.
    left_setting_contact_days = "left_setting.contact_days", "day";
    /// Tolerance is judged by use and treatment of the last so many days.
    tolerance_days = "tolerance_reduced.days", "day";
    /// Use on so many of them keeps tolerance.
    tolerance_use_days = "tolerance_reduced.use_days", "day";
    /// So many days without use reduce tolerance.
    tolerance_clear_days = "tolerance_reduced.clear_days", "day";
    /// A discharge counts for so many days.
    tolerance_discharge_days = "tolerance_reduced.discharge_days", "day";
    /// A discharge from a general hospital counts for so many days.
    tolerance_hospital_days = "tolerance_reduced.hospital_days", "day";
    /// A stop of an agonist counts for so many days.
    tolerance_agonist_days = "tolerance_reduced.agonist_days", "day";
    /// Use within so many days, after what reduced tolerance, has resumed.
    use_resumed_days = "opioid_use_resumed.days", "day";
    /// A stop, or a missed dose, of an antagonist counts for so many days.
    antagonist_days = "antagonist.attention_days", "day";
    /// An injection of an antagonist counts for so many days.
    antagonist_injection_days = "antagonist_injection.end_days", "day";
    // Alcohol and sedatives
    /// Daily amounts are judged by the last so many observed days.
    alcohol_observed_days = "alcohol_daily.observed_days", "day";
    /// An amount counts when so many of them reach it.
    alcohol_reached_days = "alcohol_daily.reached_days", "day";
    /// The last observed day may be so many days ago.
    alcohol_last_days = "alcohol_daily.last_days", "day";
    /// A step that is due within so many days is planned.
    stop_due_days = "stop_planned.due_days", "day";
    /// A step that is overdue by more than so many days is no plan.
    stop_overdue_days = "stop_planned.overdue_days", "day";
    /// A goal of abstinence counts as a plan to stop for so many days.
    stop_goal_days = "stop_planned.goal_days", "day";
    /// After so many days without use or medicine there is nothing left to stop.
    stop_clear_days = "stop_planned.clear_days", "day";
    /// Withdrawal can come for so many days after stopping.
    stopping_days = "stopping.days", "day";
    /// Days a week are the mean of so many days.
    days_a_week_days = "days_a_week.days", "day";
    // Asking again
    /// A discharge asks for new answers when it is of the last so many days.
    discharge_asks_days = "not_asked_since_discharge.days", "day";
}

impl Settings {
    /// The numbers that draw the boundaries between stages of change.
    pub(crate) fn stage_limits(&self) -> StageLimits {
        StageLimits {
            soon_days: self.soon_days,
            maintenance_days: self.maintenance_days,
            near_days: self.stage_near_days,
        }
    }
}
