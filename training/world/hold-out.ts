import { hashText } from "./random";
import type { CharacterAttributes, SceneName, WorldRecord } from "./record";

/** Parts of a hundred combinations that training never sees. */
const HELD_PERCENT = 6;

const isHeld = (kind: string, ...parts: string[]): boolean =>
  hashText(`hold-out/${kind}/${parts.join("/")}`) % 100 < HELD_PERCENT;

function ofCharacter(a: CharacterAttributes): boolean {
  const crowned = a.headwear !== "none" && isHeld("hair colour × headwear", a.hairColour, a.headwear);
  return crowned || (a.clothes !== undefined && isHeld("hair × clothes", a.hair, a.clothes));
}

const inScene = (id: string, scene: SceneName): boolean => isHeld("thing × scene", id, scene);

/**
 * The rule of the test split: a picture is held out when it shows a held combination. The combinations are hair
 * colour × headwear, hair × clothes, thing × scene, and thing × background colour: each part alone is in the
 * training split, the two together never.
 */
export function isHeldOut(record: WorldRecord): boolean {
  switch (record.kind) {
    case "character":
      return ofCharacter(record.character);
    case "thing": {
      const { background } = record;
      if (background.type === "scene")
        return record.things.some((thing) => inScene(thing.id, background.scene.name));
      return record.things.some((thing) => isHeld("thing × background", thing.id, background.colour));
    }
    case "scene":
      return (
        (record.character !== undefined && ofCharacter(record.character)) ||
        record.things.some((thing) => inScene(thing.id, record.scene.name))
      );
  }
}
