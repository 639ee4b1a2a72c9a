import { writeCaptions } from "../captions/captions";
import { NAMED, type NamedCharacter } from "../characters/named";
import { createRandom } from "../random";
import type { Background, CharacterAttributes, CharacterRecord } from "../record";
import { chooseBackground, drawBackground } from "../scenes/background";
import { chooseScene, drawScene, SCENE_NAMES } from "../scenes/scene";
import { chooseCharacter, coloursOf } from "./choose-character";
import { findSprite } from "./kinds";
import { placeCharacter } from "./place";
import { chooseStyle, type Sample } from "./sampler";

/** @throws Error naming those there are */
function findNamed(name: string): NamedCharacter {
  const named = NAMED[name];
  if (!named) throw new Error(`no character is called ${name}: there are ${Object.keys(NAMED).join(", ")}`);
  return named;
}

/** A portrait of a named character in clothes, a mood, a place and a style of the stream's choice. */
export function drawNamedSample(name: string, seed: number, index: number): Sample {
  const named = findNamed(name);
  const random = createRandom("named", name, seed, index);
  const other = chooseCharacter(random);
  const character: CharacterAttributes = {
    ...named.fixed,
    expression: other.expression,
    clothes: other.clothes === "dress" && named.fixed.person !== "girl" ? "sweater" : other.clothes!,
    clothesColour: other.clothesColour!,
  };
  const background: Background = random.chance(0.5)
    ? {
        type: "scene",
        scene: chooseScene(random, random.pick(SCENE_NAMES.filter((scene) => scene !== "clouds"))),
      }
    : chooseBackground(random, [...coloursOf(character), ...(named.marks.hair ? [named.marks.hair] : [])]);
  const planned = { kind: "character" as const, character, background };
  const record: CharacterRecord = { ...planned, ...chooseStyle(random, planned) };
  return {
    record,
    captions: writeCaptions(random, record, findSprite),
    draw: () => {
      const r = createRandom("named", name, seed, index, "drawing");
      const behind =
        background.type === "scene"
          ? drawScene(r, background.scene)
          : { ...drawBackground(r, background), front: "" };
      // Names belong to faces: no mirror image, or the marks would change sides.
      const people = placeCharacter(r, character, 128 + r.range(-9, 9), r.range(0.84, 1), named.marks);
      return {
        drawing: {
          defs: behind.defs,
          layers: [...behind.layers, ...people, ...(behind.front ? [behind.front] : [])],
        },
        shift: index % 4096,
      };
    },
  };
}
