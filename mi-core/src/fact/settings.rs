//! The numbers that facts read: parameters of the protocol, by name.

/// Declares the parameters that facts read. A protocol must have every one of them.
macro_rules! settings {
    ($( $(#[$doc:meta])* $field:ident = $name:literal, $unit:literal; )+) => {
        /// The numbers that facts read, taken from a protocol. None of them stands in this crate.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) struct Settings {
            $( $(#[$doc])* pub(crate) $field: i64, )+
        }

        impl Settings {
            /// The names of the parameters, with their units.
            pub(crate) const NAMES: &'static [(&'static str, &'static str)] = &[$(($name, $unit)),+];

            /// The settings, or the first name that `value` does not know.
            pub(crate) fn new(value: impl Fn(&str) -> Option<i64>) -> Result<Self, &'static str> {
                Ok(Self { $($field: value($name).ok_or($name)?,)+ })
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
}
