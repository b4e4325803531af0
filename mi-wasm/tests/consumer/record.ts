// What a user's forms write: an event of every kind, each part under its own type.
import type {
  ActorId,
  AcuteState,
  AgeBand,
  Aim,
  Amount,
  Answer,
  Answers,
  Author,
  BalanceForm,
  BalanceItem,
  BalancePurpose,
  Basis,
  Body,
  CalendarDate,
  Channel,
  Choice,
  ClientId,
  ClientRecord,
  ClientView,
  ClosingReason,
  Code,
  CognitionLevel,
  Comparison,
  ConcernSeverity,
  ConcernStatus,
  ContactLog,
  ContactOutcome,
  Coping,
  Count,
  CoverageOf,
  DayCount,
  DecisionalBalance,
  Direction,
  Domain,
  Driver,
  Event,
  EventId,
  HarmReductionItem,
  HarmReductionOutcome,
  Instant,
  LevelOfCare,
  Limits,
  MedicineClass,
  MedicineForm,
  MedicineMoment,
  ObservedValue,
  PartialDate,
  Period,
  Place,
  Plan,
  PlanOutcome,
  PregnancyStatus,
  Quantity,
  Rating,
  ReturnClass,
  Role,
  SafeguardingConcern,
  Scale,
  Setting,
  SettingMoment,
  Sex,
  Situation,
  StageOfChange,
  StepAction,
  Substance,
  SuicideSignal,
  Support,
  Target,
  TestResult,
  Text,
  Topic,
  TreatmentStage,
  TreatmentStep,
  Unit,
  Use,
  YesNo,
  YesNoUnsure,
} from "mi-wasm";

type Kind = Body["kind"];
type Of<K extends Kind> = Extract<Body, { kind: K }>;
/** A body of each of these kinds: what is left out, or has another kind, does not compile. */
type Bodies<K extends Kind> = { [Each in K]: Of<Each> };

const alcohol: Substance = "alcohol";
const drinking: Target = { kind: "substance", code: alcohol };
const may: PartialDate = "2026-05";
const week: { from: PartialDate; to: PartialDate } = { from: "2026-05-04", to: "2026-05-10" };

const person = (
  band: AgeBand,
  sex: Sex,
  level: CognitionLevel,
  status: PregnancyStatus,
): Bodies<"age_band" | "sex" | "cognition" | "pregnancy"> => ({
  age_band: { kind: "age_band", band },
  sex: { kind: "sex", sex },
  cognition: { kind: "cognition", level },
  pregnancy: { kind: "pregnancy", status, since: may },
});

const episode = (
  contact_log: ContactLog,
  re_entry_of: EventId,
  reason: ClosingReason,
): Bodies<"episode_opened" | "episode_closed"> => ({
  episode_opened: { kind: "episode_opened", contact_log, re_entry_of },
  episode_closed: { kind: "episode_closed", reason },
});

const concern = (
  domain: Domain,
  status: ConcernStatus,
  severity: ConcernSeverity,
): Bodies<"concern" | "target"> => ({
  concern: { kind: "concern", domain, status, severity, substance: alcohol },
  target: { kind: "target", target: drinking, treated: true },
});

const contacts = (
  outcome: ContactOutcome,
  channel: Channel,
  place: Place,
): Bodies<"contact" | "outreach"> => ({
  contact: { kind: "contact", outcome, channel, place, discussed: [drinking] },
  outreach: { kind: "outreach", channel, successful: true },
});

function use(
  amount: Amount,
  unit: Unit,
  days: DayCount,
  direction: Direction,
  driver: Driver,
): Bodies<"use_report"> {
  const per_use_day: Quantity = { amount, unit };
  const count: Count = { min: days, max: days + 1 };
  const some: Use = { kind: "count", days: count };
  const periods: Period[] = [{ ...week, use: some, per_use_day, problem_days: count }];
  const change: Comparison = { direction, since: may };
  return { use_report: { kind: "use_report", substance: alcohol, periods, change, driver } };
}

const evidence = (
  of: CoverageOf,
  result: TestResult,
): Bodies<"coverage" | "test" | "overdose" | "withdrawal_signs"> => ({
  coverage: { kind: "coverage", of, substance: alcohol, ...week },
  test: { kind: "test", substance: alcohol, result },
  overdose: { kind: "overdose", substance: "opioid" },
  withdrawal_signs: {
    kind: "withdrawal_signs",
    substance: alcohol,
    present: true,
    signs: ["tremor"],
  },
});

const returned = (
  judged: ReturnClass,
  plan: PlanOutcome,
): Bodies<"return_to_use" | "learning_review"> => ({
  return_to_use: { kind: "return_to_use", substance: alcohol, ...week, class: judged },
  learning_review: { kind: "learning_review", substance: alcohol, from: week.from, plan },
});

function wishes(
  aim: Aim,
  in_force_from: CalendarDate,
  problem: YesNoUnsure,
  words: Text,
): Bodies<"goal" | "acknowledgement" | "ambivalence"> {
  const limits: Limits = { days_in_seven: 2, per_day: { amount: 20, unit: "gram_ethanol" } };
  return {
    goal: { kind: "goal", aim, in_force_from, limits, target: drinking, words },
    acknowledgement: { kind: "acknowledgement", target: drinking, problem },
    ambivalence: { kind: "ambivalence", target: drinking, for_change: words },
  };
}

const decided = (
  choice: Choice,
  client_view: ClientView,
  to_step: TreatmentStep,
  rating: Rating,
): Bodies<"decision" | "ruler"> => ({
  decision: { kind: "decision", choice, client_view, about: drinking, to_step },
  ruler: { kind: "ruler", target: drinking, importance: rating, confidence: rating },
});

/** A balance stands in a record as it is handed to `checkBalance`. */
function balance(form: BalanceForm, purpose: BalancePurpose, item: BalanceItem): Bodies<"balance"> {
  const cells: DecisionalBalance = { form, purpose, good_of_changing: [item], target: drinking };
  return { balance: { kind: "balance", ...cells } };
}

/** Answers stand in a record as they are handed to `stageOfChange`, without their day. */
function stages(
  stage: StageOfChange,
  basis: Basis,
  changed: YesNo,
): Bodies<"stage_of_change_rating" | "stage_of_change_answers"> {
  const { on: _, ...answers }: Answers = { on: "2026-05-04", changed, changed_on: may };
  return {
    stage_of_change_rating: { kind: "stage_of_change_rating", target: drinking, stage, basis },
    stage_of_change_answers: { kind: "stage_of_change_answers", target: drinking, ...answers },
  };
}

const care = (
  scale: Scale,
  stage: TreatmentStage,
  level: LevelOfCare,
  setting: Setting,
  moment: SettingMoment,
): Bodies<"treatment_stage_rating" | "level_of_care" | "setting"> => ({
  treatment_stage_rating: { kind: "treatment_stage_rating", scale, stage },
  level_of_care: { kind: "level_of_care", level, reason: "asked for" },
  setting: { kind: "setting", setting, moment, controlled: true },
});

const medicine = (
  class_: MedicineClass,
  moment: MedicineMoment,
  form: MedicineForm,
): Bodies<"medicine"> => ({ medicine: { kind: "medicine", class: class_, moment, form } });

const safety = (
  signal: SuicideSignal,
  state: AcuteState,
  topic: Topic,
  answer: Answer,
  concern_about: SafeguardingConcern,
): Bodies<
  "suicidality" | "acute_state" | "safety_assessment" | "asked" | "safeguarding" | "crisis"
> => ({
  suicidality: { kind: "suicidality", signal },
  acute_state: { kind: "acute_state", state },
  safety_assessment: { kind: "safety_assessment", of: topic, settled: false },
  asked: { kind: "asked", topic, answer },
  safeguarding: { kind: "safeguarding", concern_about, open: true },
  crisis: { kind: "crisis" },
});

const harmReduction = (
  item: HarmReductionItem,
  outcome: HarmReductionOutcome,
): Bodies<"harm_reduction"> => ({ harm_reduction: { kind: "harm_reduction", item, outcome } });

function plans(action: StepAction, words: Text): Bodies<"plan" | "planned_step"> {
  const situation: Situation = { situation: words, confidence: 4 };
  const coping: Coping = { action: words, practiced: true };
  const support: Support = { who: words, at_all_hours: true };
  const plan: Plan = {
    kind: "relapse_prevention",
    high_risk_situations: [situation],
    coping: [coping],
    supports: [support],
  };
  return {
    plan: { kind: "plan", plan },
    planned_step: { kind: "planned_step", action, class: alcohol, due: may, words },
  };
}

const measured = (
  measure: Code,
  total: Amount,
  value: ObservedValue,
): Bodies<"measure" | "observation"> => ({
  measure: { kind: "measure", measure, total },
  observation: { kind: "observation", code: "acme.sleep_hours", value },
});

const retracted = (of: EventId, reason: Text): Bodies<"retraction"> => ({
  retraction: { kind: "retraction", of, reason },
});

/** A body of every kind that there is. */
const bodies: Bodies<Kind> = {
  ...person("adult", "female", "mild", "ended"),
  ...episode("complete", "first", "planned"),
  ...concern("substance_use", "diagnosed", "dependence"),
  ...contacts("kept", "in_person", "clinic"),
  ...use(40, "gram_ethanol", 2, "less", "own_choice"),
  ...evidence("use", "positive"),
  ...returned("lapse", "changed"),
  ...wishes("abstinence", "2026-05-04", "yes", "mornings with my daughter"),
  ...decided("treatment_step", "agrees", "late_persuasion", 7),
  ...balance("neutral_grid", "evoke_change", { words: "it calms", weight: 8 }),
  ...stages("action", "behavior", "yes"),
  ...care("sats_r_2003", "persuasion", "outpatient", "detox", "discharge"),
  ...medicine("alcohol_medicine", "start", "tablet"),
  ...safety("disclosure", "intoxication", "suicide", "declined", "child"),
  ...harmReduction("naloxone", "supplied"),
  ...plans("cut", "payday"),
  ...measured("phq-9", 12, { type: "quantity", value: 6 }),
  ...retracted("first", "entered for somebody else"),
};

/** A record of them all, in the words of one person. */
export function everyKind(client: ClientId, role: Role, id: ActorId): ClientRecord {
  const by: Author = { role, id };
  const recorded: Instant = "2026-05-11T09:00:00.000Z";
  const event = (name: EventId, body: Body): Event => ({
    id: name,
    on: "2026-05-11",
    recorded,
    by,
    body,
  });
  const first = event("first", { kind: "episode_opened", contact_log: "partial" });
  const others = Object.values(bodies).map((body) => event(body.kind, body));
  return { schema_version: 1, client, events: [first, ...others] };
}
