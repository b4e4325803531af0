// What a screen of a service's own reads of a review in words: every part under its own type.
import type {
  Axis,
  EventWords,
  Explanation,
  FindingWords,
  FlagWords,
  GapWords,
  MoveWords,
  PositionWords,
  QuestionWords,
  Section,
  SectionWords,
} from "mi-wasm";

function event({ kind, on, role }: EventWords): string {
  return `${kind}, ${on}, ${role}`;
}

function flag({ title, who, action, state, events, why, basis }: FlagWords): string[] {
  return [title, `${who}: ${action}`, state ?? "", ...events.map(event), ...why, basis];
}

function position({ axis, title, position, basis, beside = [] }: PositionWords): string[] {
  const on: Axis = axis;
  return [`${on}: ${title}, ${position} (${basis})`, ...beside];
}

function finding({ rule, title, action, why }: FindingWords): string[] {
  return [`${rule} ${title}`, ...(action === undefined ? [] : [action]), ...why];
}

function move({ about, title, support, reason }: MoveWords): string {
  return `${about}, ${title}: ${support}. ${reason ?? ""}`;
}

function gap({ title, reason }: GapWords): string {
  return `${title} ${reason}`;
}

function question({ title, days, rules }: QuestionWords): string {
  return `${title} ${days.join(", ")} (${rules.join(", ")})`;
}

/** The lines below each heading. */
export function screen(explained: Explanation): Map<string, string[]> {
  const lines = (section: Section): string[] => {
    switch (section) {
      case "safety":
        return explained.safety.flatMap(flag);
      case "positions":
        return explained.positions.flatMap(position);
      case "discordance":
      case "cautions":
      case "notes":
        return explained[section].flatMap(finding);
      case "moves":
        return explained.moves.map(move);
      case "plans":
        return explained.plans.map(gap);
      case "to_ask_next":
        return explained.to_ask_next.map(question);
      case "decisions":
        return [];
    }
  };
  const shown = explained.sections.map(
    ({ section, heading, note }: SectionWords): [string, string[]] => [
      heading,
      [...(note === undefined ? [] : [note]), ...lines(section)],
    ],
  );
  return new Map(shown);
}
