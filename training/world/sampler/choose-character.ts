import { HIDES_HAIR } from "../characters/headwear";
import { distance, type Hex } from "../colour";
import type { Random } from "../random";
import type { CharacterAttributes } from "../record";
import {
  type Accessory,
  type Clothes,
  COLOURS,
  type Colour,
  type Expression,
  type Glasses,
  GROUNDS,
  HAIR_COLOURS,
  type Hair,
  type HairColour,
  HEADWEARS,
  type Headwear,
  type Person,
  SKINS,
  type Skin,
} from "../vocabulary";

export const WEAR: readonly Colour[] = [...GROUNDS, "black", "brown"];
const HAIR_BY_PERSON: Record<Person, Partial<Record<Hair, number>>> = {
  girl: {
    bob: 5,
    long: 6,
    wavy: 5,
    ponytail: 5,
    pigtails: 5,
    bun: 4,
    braids: 5,
    curly: 3,
    afro: 3,
    short: 2,
    swept: 2,
  },
  boy: { short: 6, swept: 6, spiky: 5, curly: 5, afro: 3, mohawk: 3, buzz: 3, bob: 1, long: 1, bun: 1 },
  man: { short: 4, swept: 4, curly: 3, afro: 2, buzz: 3, bald: 5, bun: 2, mohawk: 1, long: 1 },
};
const EXPRESSION: Record<Expression, number> = {
  smile: 5,
  laugh: 4,
  sad: 2,
  surprised: 2.5,
  wink: 2.5,
  neutral: 2.5,
  angry: 1.5,
  sleepy: 1.5,
};
const CLOTHES: Record<Clothes, number> = {
  "t-shirt": 3,
  "striped shirt": 2.5,
  hoodie: 3,
  "collared shirt": 2.5,
  sweater: 2.5,
  dress: 0,
  overalls: 2.5,
};
const HEADWEAR: Record<Headwear, number> = {
  none: 11,
  beanie: 1.3,
  cap: 1.3,
  "wizard hat": 1.1,
  crown: 1,
  flower: 0.6,
  headphones: 1.2,
  "straw hat": 1,
  bow: 0.6,
  "cat ears": 1,
  "party hat": 0.9,
  "chef hat": 0.8,
};

const HIDDEN_BY_HATS: ReadonlySet<Hair> = new Set([
  "spiky",
  "swept",
  "bun",
  "buzz",
  "bald",
  "mohawk",
  "afro",
]);

/** A colour that stands apart from what is beside it. */
export function pickApart(
  random: Random,
  from: readonly Colour[],
  beside: readonly Hex[],
  least = 110,
): Colour {
  const apart = from.filter((colour) => beside.every((hex) => distance(COLOURS[colour].hex, hex) > least));
  return random.pick(apart.length > 0 ? apart : from);
}

function chooseHeadwear(random: Random, person: Person, hair: Hair): Headwear {
  const weights = { ...HEADWEAR };
  if (person === "girl") Object.assign(weights, { flower: 1.6, bow: 1.6 });
  else Object.assign(weights, { flower: person === "boy" ? 0.2 : 0, bow: 0 });
  // Nothing sits well on a mohawk, and flowers need hair.
  if (hair === "mohawk")
    for (const key of Object.keys(weights) as Headwear[])
      if (key !== "none") weights[key] = key === "headphones" ? 1 : 0;
  if (hair === "bald" || hair === "buzz") Object.assign(weights, { flower: 0, bow: 0 });
  if (hair === "bun" || hair === "afro") Object.assign(weights, { crown: 0.3, "party hat": 0 });
  return random.weighted(weights);
}

/** Attributes of one character of our own drawing; every one of them shows. */
export function chooseCharacter(random: Random): CharacterAttributes {
  const person = random.weighted<Person>({ girl: 48, boy: 38, man: 14 });
  const skin = random.pick(Object.keys(SKINS) as Skin[]);
  const grown = random.weighted(HAIR_BY_PERSON[person] as Record<Hair, number>);
  const natural: HairColour[] = ["black", "brown", "blond", "ginger", "silver"];
  // Hair must not melt into the face, and a beard still less.
  const colours = (
    random.chance(person === "man" ? 0.9 : 0.5) ? natural : (Object.keys(HAIR_COLOURS) as HairColour[])
  ).filter((key) => distance(HAIR_COLOURS[key].hex, SKINS[skin].hex) > 95);
  const hairColour = random.pick(colours);
  const [hairHex, skinHex] = [HAIR_COLOURS[hairColour].hex, SKINS[skin].hex];
  const headwear = chooseHeadwear(random, person, grown);
  // Under a hat only a fringe or long hair can be seen.
  const hair = HIDES_HAIR.has(headwear) && HIDDEN_BY_HATS.has(grown) ? "short" : grown;
  const clothes = random.weighted({ ...CLOTHES, dress: person === "girl" ? 4 : 0 });
  const clothesColour = pickApart(random, WEAR, [
    skinHex,
    ...(["long", "wavy", "braids", "bob"].includes(hair) ? [hairHex] : []),
  ]);
  const accessory: Accessory =
    person === "man"
      ? random.weighted<Accessory>({ beard: 6, moustache: 4 } as Record<Accessory, number>)
      : random.weighted<Accessory>({
          none: 10,
          earrings: person === "girl" ? 3 : 0.5,
          scarf: 2,
          "bow tie": clothes === "collared shirt" ? 4 : 0,
          necklace: person === "girl" && clothes === "dress" ? 3 : 0,
          freckles: 2.5,
          beard: 0,
          moustache: 0,
        });
  const covered =
    ["long", "wavy", "bob", "pigtails", "afro", "braids"].includes(hair) || headwear === "headphones";
  const a: CharacterAttributes = {
    look: "mosaiq",
    person,
    skin,
    hair,
    hairColour,
    glasses: random.weighted<Glasses>({ none: 60, round: 16, square: 12, sunglasses: 9 }),
    headwear,
    expression: random.weighted(EXPRESSION),
    clothes,
    clothesColour,
    accessory: accessory === "earrings" && covered ? "none" : accessory,
  };
  // What lies behind dark glasses cannot be told.
  if (a.glasses === "sunglasses" && ["wink", "sleepy", "angry"].includes(a.expression))
    a.expression = "smile";
  if (HEADWEARS[headwear].coloured) a.headwearColour = pickApart(random, WEAR, [hairHex, skinHex]);
  if (a.accessory === "scarf" || a.accessory === "bow tie")
    a.accessoryColour = pickApart(random, WEAR, [COLOURS[clothesColour].hex, skinHex]);
  return a;
}

/** The large colours of a character, that a background must stand apart from. */
export function coloursOf(a: CharacterAttributes): Hex[] {
  return [
    SKINS[a.skin].hex,
    ...(a.hair === "bald" ? [] : [HAIR_COLOURS[a.hairColour].hex]),
    ...(a.clothesColour ? [COLOURS[a.clothesColour].hex] : []),
    ...(a.headwearColour ? [COLOURS[a.headwearColour].hex] : []),
  ];
}
