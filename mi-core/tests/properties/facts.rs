//! Every value of a fact is one that its row allows.

use mi_core::{
    fact::{Fact, ValueKind},
    testing,
};
use proptest::prelude::*;
use serde_json::Value;

use super::{cases, probes::LEAVES, record_and_day};

/// Is this a value of the fact, by what its row says: the kind, the unit, the codes in their order?
fn is_value_of(fact: Fact, saw: &Value) -> bool {
    match fact.kind() {
        ValueKind::Truth => saw["type"] == "truth",
        ValueKind::Quantity(unit) => saw["type"] == "quantity" && saw["unit"] == unit.code(),
        ValueKind::Own => saw["type"] == "own",
        ValueKind::Code(codes) => {
            let possible = saw["possible"].as_array().unwrap();
            let mut all = codes.iter();
            let in_order = possible.iter().all(|code| all.any(|known| *code == **known));
            saw["type"] == "code" && in_order && !possible.is_empty()
        }
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn every_value_is_one_of_its_row(
        (record, today) in record_and_day(),
        other in testing::date(),
    ) {
        for date in [today, other] {
            for leaf in LEAVES.judge(&record, date).into_values() {
                let Some(code) = leaf.trace["fact"].as_str() else { continue };
                let fact: Fact = code.parse().unwrap();
                prop_assert!(is_value_of(fact, &leaf.trace["saw"]), "{code}: {}", leaf.trace);
                prop_assert_eq!(&leaf.trace["category"], fact.category().code());
            }
        }
    }
}
