// What a page about a service's protocol reads: every part under its own type.
import type {
  AskedStep,
  Action,
  Criterion,
  Evidence,
  Fact,
  FactText,
  Level,
  Name,
  OpenLevel,
  Parameter,
  ParameterNumber,
  ParameterUnit,
  Per,
  PlanKind,
  PlanPart,
  Protocol,
  Rule,
  RuleId,
  RuleText,
  Severity,
  Source,
  SourceCheck,
  Test,
  Texts,
  TreatmentStep,
  Truth,
  Who,
  Wording,
} from "mi-wasm";

function test(of: Test): string {
  switch (of.op) {
    case "is": {
      const value: Truth = of.value;
      return value;
    }
    case "one_of":
      return of.values.join(" or ");
    case "at_least":
    case "at_most": {
      const { parameter }: ParameterNumber = of.value;
      return `${of.op} ${parameter}`;
    }
    case "happened":
      return "happened";
  }
}

function criterion(of: Criterion): string {
  switch (of.op) {
    case "all":
    case "any":
      return `${of.op} (${of.of.map(criterion).join(", ")})`;
    case "not":
      return `not ${criterion(of.of)}`;
    case "defined": {
      const name: Name = of.name;
      return name;
    }
    case "raised": {
      const [rule, severity]: [RuleId, Severity] = [of.rule, of.severity];
      return `${rule} at ${severity}`;
    }
    case "step": {
      const step: AskedStep = of.step;
      return `${step} step ${test(of.test)}`;
    }
    case "fact": {
      const fact: Fact = of.fact;
      return `${fact} ${test(of.test)}`;
    }
  }
}

function who({ action, who }: Level | OpenLevel): [Who, Action] {
  return [who, action];
}

/** For what a rule asks, and when. */
function about(rule: Rule): string {
  switch (rule.kind) {
    case "stage": {
      const step: TreatmentStep = rule.step;
      return `${step}: ${criterion(rule.enter)}`;
    }
    case "safety": {
      const levels = rule.levels.map((level: Level) => [level.severity, ...who(level)].join(" "));
      const open = rule.open === undefined ? [] : who(rule.open);
      return [criterion(rule.trigger), ...levels, ...open].join("; ");
    }
    case "completeness": {
      const [plan, parts]: [PlanKind, PlanPart[]] = [rule.plan, rule.parts];
      return `${plan}: ${parts.join(", ")}`;
    }
    case "caution":
    case "discordance":
    case "note": {
      const per: Per = rule.per;
      return `${per}: ${criterion(rule.when)}`;
    }
    case "principle":
      return "";
  }
}

function basis(of: Rule | Parameter, sources: Protocol["sources"]): string {
  const [evidence, check]: [Evidence, SourceCheck] = [of.evidence, of.source_check];
  const cited = of.sources.map((key: Name): Source | undefined => sources[key]);
  return [evidence, check, ...cited.map((source) => source?.doi ?? source?.citation)].join(" ");
}

function number(parameter: Parameter): string {
  const unit: ParameterUnit = parameter.unit;
  return `${parameter.value} of ${parameter.minimum} to ${parameter.maximum} ${unit}`;
}

function sentences(texts: Texts): (Wording | undefined)[] {
  const ask = Object.values(texts.facts).map((fact: FactText | undefined) => fact?.ask);
  const say = Object.values(texts.rules).map((rule: RuleText | undefined) => rule?.sentence);
  return [...ask, ...say];
}

/** The lines of the page. */
export function page(
  { definitions, parameters, rules, sources }: Protocol,
  texts: Texts,
): string[] {
  const named = Object.entries(definitions).map(
    ([name, of]) => `${name}: ${of === undefined ? "" : criterion(of)}`,
  );
  const numbers = Object.entries(parameters).map(
    ([name, of]) => `${name}: ${of === undefined ? "" : number(of) + basis(of, sources)}`,
  );
  const ruled = rules.map((rule) => `${rule.id}: ${about(rule)} ${basis(rule, sources)}`);
  return [...named, ...numbers, ...ruled, ...sentences(texts).map((text) => text ?? "")];
}
