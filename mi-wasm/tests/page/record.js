// A record for tests: a client of a week, with a contact that was corrected on the day after.
const by = { role: "nurse", id: "n1" };
const client = { role: "client", id: "client-7" };
const target = { kind: "substance", code: "alcohol" };

const event = (id, on, recorded, author, body) => ({ id, on, recorded, by: author, body });

export const correction = {
  ...event("e8", "2026-08-11", "2026-08-12T08:00:00.000Z", by, {
    kind: "contact",
    outcome: "kept",
    place: "clinic",
    discussed: [target],
  }),
  replaces: "e5",
};

export const record = {
  schema_version: 1,
  client: "client-7",
  events: [
    event("e1", "2026-08-03", "2026-08-03T09:10:00.000Z", by, {
      kind: "episode_opened",
      contact_log: "complete",
    }),
    event("e2", "2026-08-03", "2026-08-03T09:12:00.000Z", by, {
      kind: "concern",
      domain: "substance_use",
      substance: "alcohol",
      status: "diagnosed",
      severity: "dependence",
    }),
    event("e3", "2026-08-03", "2026-08-03T09:13:00.000Z", by, {
      kind: "target",
      target,
      treated: true,
    }),
    event("e4", "2026-08-03", "2026-08-03T09:40:00.000Z", client, {
      kind: "use_report",
      substance: "alcohol",
      baseline: true,
      periods: [
        {
          from: "2026-07-04",
          to: "2026-08-02",
          use: { kind: "daily" },
          per_use_day: { amount: 80, unit: "gram_ethanol" },
          problems: true,
        },
      ],
    }),
    event("e5", "2026-08-10", "2026-08-10T15:00:00.000Z", by, {
      kind: "contact",
      outcome: "kept",
      place: "home",
      discussed: [target],
    }),
    event("e6", "2026-08-10", "2026-08-10T15:05:00.000Z", client, {
      kind: "goal",
      target,
      aim: "controlled_use",
      limits: { days_in_seven: 2 },
      words: "weekends only, and up for work on Monday",
    }),
    event("e7", "2026-08-10", "2026-08-10T15:06:00.000Z", client, {
      kind: "asked",
      topic: "opioid_use_ever",
      answer: "no",
    }),
  ],
};
