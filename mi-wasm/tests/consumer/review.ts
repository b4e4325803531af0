// What a dashboard reads of a review: every part under its own type.
import type {
  About,
  AnsweredStage,
  AppliedTest,
  Assessment,
  Category,
  ChangePosition,
  CurrentStep,
  DatedEvent,
  DefinitionTrace,
  FactTrace,
  Finding,
  Flag,
  FlagState,
  Label,
  LevelPosition,
  LevelTrace,
  Measured,
  Missing,
  Move,
  MoveDirection,
  Override,
  PersonPosition,
  PlanGap,
  Positions,
  PreparationNote,
  ProtocolUsed,
  Question,
  RecordedDecision,
  RecordedDriver,
  RecordedRating,
  ReturnFound,
  Review,
  RuleBasis,
  Span,
  Status,
  TargetPosition,
  Trace,
  TreatmentPositions,
  Value,
  Verdict,
} from "mi-wasm";

/** A value by its type. */
function said(value: Value): string {
  switch (value.type) {
    case "truth":
      return value.value;
    case "code":
      return value.possible.join(" or ");
    case "quantity": {
      const unit: Measured = value.unit;
      return `${value.min ?? "without limit"} to ${value.max ?? "any"} ${unit}`;
    }
    case "own":
      return value.value?.type ?? "nothing";
  }
}

function wanted(test: AppliedTest): string {
  switch (test.op) {
    case "is":
      return test.value;
    case "one_of":
      return test.values.join(" or ");
    case "at_least":
    case "at_most":
      return `${test.op} ${test.value}, by ${test.parameter}`;
    case "happened":
      return "happened";
  }
}

function days(spans: Span[] = []): string {
  return spans.map(({ from, to }) => `${from} to ${to}`).join(", ");
}

function missing({ fact, topic, event, spans }: Missing): string {
  return `${fact} by ${topic ?? event ?? days(spans)}`;
}

function fact({ fact, saw, test, events, category, missing: open = [] }: FactTrace): string {
  const kept: Category = category;
  return [kept, fact, said(saw), wanted(test), ...events, ...open.map(missing)].join(" ");
}

/** A trace part by part. */
export function lines(trace: Trace): string[] {
  switch (trace.op) {
    case "all":
    case "any":
      return trace.of.flatMap(lines);
    case "not":
      return lines(trace.of);
    case "defined":
      return [`${trace.name}: ${trace.verdict}`];
    case "raised":
      return [`${trace.rule}: ${trace.verdict}`];
    case "step":
      return [[trace.step, said(trace.saw), wanted(trace.test), ...trace.events].join(" ")];
    case "fact":
      return [fact(trace)];
  }
}

function dated({ kind, on, role }: DatedEvent): string {
  return `${kind} of ${on}, by ${role}`;
}

function flag({ rule, severity, state, events, levels, trigger, assessment }: Flag): string[] {
  const reached = levels.map(({ severity, verdict, when }: LevelTrace) =>
    [severity, verdict, ...(when === undefined ? [] : lines(when))].join(" "),
  );
  const since: Assessment | undefined = assessment;
  const done: FlagState = state;
  const head = `${rule} ${severity}, ${done}, assessed ${since?.on ?? "never"}`;
  return [head, ...events.map(dated), ...reached, ...lines(trigger)];
}

function subject(about: About): string {
  switch (about.kind) {
    case "event":
      return about.id;
    case "plan":
      return about.plan;
    case "return_to_use": {
      const { first, last, possible }: ReturnFound = about;
      return `${first} to ${last}: ${possible.join(" or ")}`;
    }
  }
}

function finding({ rule, verdict, trace, about }: Finding): string[] {
  const open: Verdict = verdict;
  return [`${rule} ${open} ${about === undefined ? "" : subject(about)}`, ...lines(trace)];
}

function gap({ rule, about, missing_parts, trace }: PlanGap): string[] {
  const why = trace === undefined ? [] : lines(trace);
  return [`${rule} of ${subject(about)}: ${missing_parts.join(", ")}`, ...why];
}

function rating({ on, by, step, stage, scale }: RecordedRating): string {
  return `${on} by ${by.role}: ${step ?? stage} ${scale ?? ""}`;
}

function target({ target, floor, ceiling, current, reduction_driver }: TargetPosition): string {
  const { step, recorded }: CurrentStep = current;
  const driven: RecordedDriver | undefined = reduction_driver;
  const now = `${step} ${driven?.driver ?? ""}`;
  return `${target.code}: ${floor} to ${ceiling}, ${now}, ${recorded && rating(recorded)}`;
}

function change({ target, possible, age_days }: ChangePosition): string {
  return `${target.code}: ${possible.join(" or ")}, ${age_days} days ago`;
}

function positions({ treatment_stage, stage_of_change, level_of_care }: Positions): string[] {
  const { person, targets }: TreatmentPositions = treatment_stage;
  const { status, floor, ceiling }: PersonPosition = person;
  const shown: Status = status;
  const care: LevelPosition | undefined = level_of_care;
  const own = `${shown}: ${floor} to ${ceiling}, ${care?.level ?? "no level"}`;
  return [own, ...targets.map(target), ...stage_of_change.map(change)];
}

function move({ target, step, label, enter, stay }: Move): string[] {
  const found: Label = label;
  return [`${target.code} ${step} ${found}`, ...[enter, ...(stay ? [stay] : [])].flatMap(lines)];
}

function decision({ on, step, direction, label }: RecordedDecision): string {
  const way: MoveDirection = direction;
  return `${on} ${way} to ${step}: ${label ?? "about no target"}`;
}

function question({ missing: open, decides, touches, rules, safety }: Question): string {
  return `${missing(open)} ${decides} of ${touches} (${rules.join(", ")}) ${safety}`;
}

function definition({ name, trace }: DefinitionTrace): string[] {
  return [name, ...lines(trace)];
}

function basis([rule, of]: [string, RuleBasis | undefined]): string {
  return `${rule} ${of?.version} ${of?.evidence} ${of?.source_check} ${of?.sources.join(" ")}`;
}

function made({ id, version, overrides }: ProtocolUsed): string {
  const own = overrides.map(({ parameter, value }: Override) => `${parameter} = ${value}`);
  return [id, version, ...own].join(" ");
}

/** The stages that answers leave possible, and what is to be said beside them. */
export function answered({ possible, note }: AnsweredStage): string {
  const beside: PreparationNote | undefined = note;
  return `${possible.join(" or ")}${beside ?? ""}`;
}

/** Every section of a review, with how many lines it takes. */
export function sections(review: Review): Map<string, number> {
  const shown: [string, string[]][] = [
    ["protocol", [made(review.protocol)]],
    ["rules", Object.entries(review.rules).map(basis)],
    ["safety", review.safety.flatMap(flag)],
    ["positions", positions(review.positions)],
    ["discordance", review.discordance.flatMap(finding)],
    ["moves", review.moves.flatMap(move)],
    ["decisions", review.decisions.map(decision)],
    ["cautions", review.cautions.flatMap(finding)],
    ["plans", review.plans.flatMap(gap)],
    ["notes", review.notes.flatMap(finding)],
    ["to_ask_next", review.to_ask_next.map(question)],
    ["definitions", review.definitions.flatMap(definition)],
  ];
  return new Map(shown.map(([name, { length }]) => [name, length]));
}
