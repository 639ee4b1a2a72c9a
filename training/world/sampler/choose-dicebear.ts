import { LOOKS, type LookName } from "../characters/dicebear";
import { distance } from "../colour";
import type { Random } from "../random";
import type { CharacterAttributes } from "../record";
import {
  type Accessory,
  type Expression,
  type Glasses,
  HAIR_COLOURS,
  type Hair,
  type HairColour,
  SKINS,
  type Skin,
} from "../vocabulary";
import { pickApart, WEAR } from "./choose-character";

const keys = <K extends string>(table: Partial<Record<K, unknown>>): K[] => Object.keys(table) as K[];

/** Attributes of a character in a DiceBear style; only what that style shows is recorded, so no person. */
export function chooseDicebear(random: Random): CharacterAttributes {
  const look = random.pick(keys<LookName>(LOOKS));
  const { hairs, expressions, glasses, beards } = LOOKS[look];
  const skin = random.pick(keys<Skin>(SKINS));
  const hair = random.pick(keys<Hair>(hairs));
  const hairColour = random.pick(
    keys<HairColour>(HAIR_COLOURS).filter((key) => distance(HAIR_COLOURS[key].hex, SKINS[skin].hex) > 95),
  );
  const bearded =
    ["swept", "buzz", "bald", "spiky"].includes(hair) && keys(beards).length > 0 && random.chance(0.35);
  const a: CharacterAttributes = {
    look,
    skin,
    hair,
    hairColour,
    glasses: random.chance(0.75) ? "none" : random.pick(keys<Glasses>(glasses)),
    headwear: "none",
    expression: random.pick(keys<Expression>(expressions)),
    clothes: "t-shirt",
    clothesColour: pickApart(random, WEAR, [SKINS[skin].hex, HAIR_COLOURS[hairColour].hex]),
    accessory: bearded ? random.pick(keys<Accessory>(beards as Partial<Record<Accessory, unknown>>)) : "none",
  };
  if (a.glasses === "sunglasses") a.expression = "smile";
  return a;
}
