// The synthetic record of `mi-core/benches/review.rs`: its events are spread over ten years, with
// weekly reports of use and contacts, and goals, tests and ratings between.
const DAY = 86_400_000;
const FIRST = Date.UTC(2016, 10, 22);
const alcohol = { kind: "substance", code: "alcohol" };

const day = (time) => new Date(time).toISOString().slice(0, 10);

function body(index, from, to) {
  if (index === 0) return { kind: "episode_opened", contact_log: "complete" };
  if (index === 1) return { kind: "target", target: alcohol, treated: true };
  const report = { kind: "use_report", substance: "alcohol" };
  if (index === 2) {
    const per_use_day = { amount: 80, unit: "gram_ethanol" };
    const period = { from, to, use: { kind: "daily" }, per_use_day, problems: true };
    return { ...report, baseline: true, periods: [period] };
  }
  switch (index % 8) {
    case 3:
    case 4:
    case 5: {
      const use = { kind: "weekly", days: { min: 1, max: 1 + (index % 5) } };
      return { ...report, periods: [{ from, to, use, problems: false }] };
    }
    case 6:
      return { kind: "test", substance: "cocaine", result: "negative" };
    case 7:
      return { kind: "goal", target: alcohol, aim: "controlled_use", limits: { days_in_seven: 2 } };
    default:
      return { kind: "contact", outcome: "kept", discussed: [alcohol] };
  }
}

/** An event of this number that says this on this day. */
export const event = (index, on, body) => ({
  id: `e${index}`,
  on,
  recorded: `${on}T12:00:00.000Z`,
  by: { role: "client", id: "c1" },
  body,
});

/** A record of ten years with so many events. */
export function synthetic(count) {
  const events = Array.from({ length: count }, (_, index) => {
    const time = FIRST + Math.floor((index * 3650) / count) * DAY;
    return event(index, day(time), body(index, day(time - 6 * DAY), day(time)));
  });
  return { schema_version: 1, client: "synthetic", events };
}
