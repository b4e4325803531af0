//! How long it takes to read, to ask and to review a record.
//!
//! `cargo bench -p mi-core` prints medians; beside our reader stand two of others in the same run.
//! The synthetic records spread their events over ten years: weekly reports of use and contacts,
//! with goals, tests and ratings between. The bench of the npm package, `mi-wasm/benches/`, makes
//! the same.
#![expect(clippy::arithmetic_side_effects, clippy::panic, reason = "a bench of our own making")]

mod peers;

use std::{fmt::Write as _, hint::black_box};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use mi_core::{CalendarDate, ClientRecord, Protocol};

const SMALLEST: &str = include_str!("../../examples/records/finding-her-own-reasons.json");
const TWO_YEARS: &str = include_str!("../../examples/records/two-years.json");

/// A record of ten years with so many events, as text.
fn synthetic(events: usize) -> String {
    let first: CalendarDate = day("2016-11-22");
    let mut text = String::from(r#"{"schema_version":1,"client":"synthetic","events":["#);
    for index in 0..events {
        let on = first.plus_days(i64::try_from(index * 3650 / events).unwrap_or(0));
        let before = on.plus_days(-6);
        let body = match index % 8 {
            _ if index == 0 => r#"{"kind":"episode_opened","contact_log":"complete"}"#.to_owned(),
            _ if index == 1 => r#"{"kind":"target","target":{"kind":"substance","code":"alcohol"},"treated":true}"#.to_owned(),
            _ if index == 2 => format!(r#"{{"kind":"use_report","substance":"alcohol","baseline":true,"periods":[{{"from":"{before}","to":"{on}","use":{{"kind":"daily"}},"per_use_day":{{"amount":80,"unit":"gram_ethanol"}},"problems":true}}]}}"#),
            3..=5 => format!(r#"{{"kind":"use_report","substance":"alcohol","periods":[{{"from":"{before}","to":"{on}","use":{{"kind":"weekly","days":{{"min":1,"max":{}}}}},"problems":false}}]}}"#, 1 + index % 5),
            6 => r#"{"kind":"test","substance":"cocaine","result":"negative"}"#.to_owned(),
            7 => r#"{"kind":"goal","target":{"kind":"substance","code":"alcohol"},"aim":"controlled_use","limits":{"days_in_seven":2}}"#.to_owned(),
            _ => r#"{"kind":"contact","outcome":"kept","discussed":[{"kind":"substance","code":"alcohol"}]}"#.to_owned(),
        };
        let comma = if index == 0 { "" } else { "," };
        // Writing to memory cannot fail.
        let _ = write!(
            text,
            r#"{comma}{{"id":"e{index}","on":"{on}","recorded":"{on}T12:00:00.000Z","by":{{"role":"client","id":"c1"}},"body":{body}}}"#
        );
    }
    text + "]}"
}

fn day(text: &str) -> CalendarDate {
    text.parse().unwrap_or(CalendarDate::MIN)
}

fn read(text: &str) -> ClientRecord {
    ClientRecord::from_json(text).unwrap_or_else(|error| panic!("{error}"))
}

fn bench(criterion: &mut Criterion) {
    let (protocol, today) = (Protocol::dual_diagnosis(), day("2026-11-20"));
    let sizes = [1_000, 5_000, 10_000, 100_000];
    let synthetic = sizes.map(|size| (format!("{size} events"), synthetic(size)));
    let worked = [("smallest case", SMALLEST), ("two-year case", TWO_YEARS)];
    let records: Vec<(String, String)> = worked
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .into_iter()
        .chain(synthetic)
        .collect();
    for (name, text) in &records {
        let record = read(text);
        let count = u64::try_from(record.events().len()).unwrap_or(0);
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Elements(count)).sample_size(20);
        group.bench_function(BenchmarkId::from_parameter("read"), |bencher| {
            bencher.iter(|| read(black_box(text)));
        });
        group.bench_function(BenchmarkId::from_parameter("read, digests"), |bencher| {
            bencher.iter(|| read(black_box(text)).events().map(|e| e.sha256()[0]).max());
        });
        if name.ends_with("events") {
            group.bench_function(
                BenchmarkId::from_parameter("read by structs of serde's"),
                |bencher| {
                    bencher.iter(|| peers::structs(black_box(text)));
                },
            );
            group.bench_function(
                BenchmarkId::from_parameter("read by serde_json::Value"),
                |bencher| {
                    bencher.iter(|| peers::value(black_box(text)));
                },
            );
        } else {
            group.bench_function(BenchmarkId::from_parameter("read and review"), |bencher| {
                bencher.iter(|| protocol.review(&read(black_box(text)).as_of(today)));
            });
        }
        group.bench_function(BenchmarkId::from_parameter("fold"), |bencher| {
            bencher.iter(|| black_box(&record).as_of(today).events().len());
        });
        group.bench_function(BenchmarkId::from_parameter("review"), |bencher| {
            bencher.iter(|| protocol.review(&black_box(&record).as_of(today)));
        });
        group.bench_function(BenchmarkId::from_parameter("write review"), |bencher| {
            let review = protocol.review(&record.as_of(today));
            bencher.iter(|| black_box(&review).to_json());
        });
        group.finish();
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);
