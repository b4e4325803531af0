// A service's difference to the protocol: every part under its own type.
import {
  describeProtocol,
  readProtocol,
  type Extended,
  type Overlay,
  type OverlayTexts,
  type OverlayUsed,
  type Protocol,
  type Relation,
  type RuleOff,
} from "mi-wasm";

const texts: OverlayTexts = { parameters: {} };

/** An overlay that sets one number. */
function own({ id, version }: Extended): Overlay {
  return {
    schema_version: 1,
    id: "our-service",
    version: "1",
    extends: { id, version },
    numbers: { "regular_contact.count": 3 },
    texts: { en: texts },
  };
}

function relation(between: Relation): string {
  switch (between.op) {
    case "at_most":
    case "below":
      return `${between.op} ${between.of.join(", ")}`;
    case "fits":
      return [between.count, between.gap ?? "", between.window].join(" ");
  }
}

const off = ({ rule, by, reason }: RuleOff): string => `${rule}, by ${by}: ${reason}`;
const used = ({ id, extends: base }: OverlayUsed): string => `${id} of ${base.id}`;

/** What a page says that a service changed. */
export function changes(): string[] {
  const overlay = own(describeProtocol({}));
  const protocol: Protocol = readProtocol({ overlay });
  const said = [
    protocol.overlays?.map(used),
    protocol.off?.map(off),
    overlay.relations?.map(relation),
  ];
  return said.flatMap((lines) => lines ?? []);
}
