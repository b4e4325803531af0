// What a screen of one's own shows of a review in words: every part under its own type.
import {
  explain,
  type Axis,
  type EventWords,
  type Explanation,
  type FindingWords,
  type FlagWords,
  type GapWords,
  type Language,
  type MoveWords,
  type PositionWords,
  type QuestionWords,
  type RenderArguments,
  type Section,
  type SectionWords,
  type TextsArguments,
} from "mi-wasm";

const event = ({ on, kind, role }: EventWords): string => `${on} ${kind} (${role})`;

function flag({ title, severity, who, action, state, events }: FlagWords): string[] {
  return [`${severity}: ${title}`, `${who}: ${action}`, state ?? "", ...events.map(event)];
}

const about = (axis: Axis): string => axis.replaceAll("_", " ");

const position = ({ axis, title, position }: PositionWords): string =>
  `${about(axis)} of ${title}: ${position}`;

const finding = ({ title, action }: FindingWords): string => `${title} ${action ?? ""}`;
const move = ({ title, support }: MoveWords): string => `${title}: ${support}`;
const gap = ({ title, parts }: GapWords): string => `${title}: ${parts.join(", ")}`;
const question = ({ title, days }: QuestionWords): string => `${title} ${days.join(", ")}`;

/** The lines below each heading. */
function lines(section: Section, words: Explanation): string[] {
  switch (section) {
    case "safety":
      return words.safety.flatMap(flag);
    case "positions":
      return words.positions.map(position);
    case "moves":
      return words.moves.map(move);
    case "plans":
      return words.plans.map(gap);
    case "to_ask_next":
      return words.to_ask_next.map(question);
    case "discordance":
    case "cautions":
    case "notes":
      return words[section].map(finding);
    case "decisions":
      return [];
  }
}

/** How many lines a screen has, in the language of the texts. */
export function screen(asked: RenderArguments, { texts }: TextsArguments = {}): number {
  const words = explain(texts === undefined ? asked : { ...asked, texts });
  const language: Language = words.language;
  const below = ({ section, heading }: SectionWords) => [heading, ...lines(section, words)];
  const shown = [`${words.title} (${language})`, ...words.sections.flatMap(below)];
  if (shown.some((line) => line.includes("undefined"))) throw new Error("a part without words");
  return shown.length;
}
