import { personas, toonHead } from "@dicebear/collection";
import { createAvatar, type Style } from "@dicebear/core";
import type { CharacterAttributes } from "../record";
import { COLOURS, type Expression, type Glasses, HAIR_COLOURS, type Hair, SKINS } from "../vocabulary";

/** Part names of a DiceBear style by our attributes: only parts whose look the attribute names. */
type Options = Record<string, string[] | number>;
type Look = {
  // Every style has options of its own: they are checked by the style's schema, not by a type.
  style: Style<object>;
  /** Side of the style's view box. */
  unit: number;
  hairs: Partial<Record<Hair, Options>>;
  expressions: Partial<Record<Expression, Options>>;
  glasses: Partial<Record<Glasses, Options>>;
  beards: Partial<Record<"beard" | "moustache", Options>>;
  colours: (skin: string, hair: string, clothes: string) => Options;
  always: Options;
};
export type LookName = Exclude<CharacterAttributes["look"], "mosaiq">;

export const LOOKS: Readonly<Record<LookName, Look>> = {
  personas: {
    style: personas as Style<object>,
    unit: 64,
    hairs: {
      long: { hair: ["long"] },
      swept: { hair: ["shortCombover"] },
      curly: { hair: ["curly"] },
      bob: { hair: ["bobCut", "bobBangs"] },
      pigtails: { hair: ["pigtails"] },
      bun: { hair: ["straightBun"] },
      buzz: { hair: ["buzzcut"] },
      mohawk: { hair: ["mohawk"] },
      bald: { hair: ["bald"] },
    },
    expressions: {
      smile: { eyes: ["open"], mouth: ["smile"] },
      laugh: { eyes: ["happy"], mouth: ["bigSmile"] },
      sad: { eyes: ["open"], mouth: ["frown"] },
      surprised: { eyes: ["open"], mouth: ["surprise"] },
      wink: { eyes: ["wink"], mouth: ["smile"] },
      sleepy: { eyes: ["sleep"], mouth: ["smile"] },
    },
    glasses: { none: {}, sunglasses: { eyes: ["sunglasses"] } },
    beards: { beard: { facialHair: ["beardMustache"] }, moustache: { facialHair: ["walrus"] } },
    colours: (skin, hair, clothes) => ({ skinColor: [skin], hairColor: [hair], clothingColor: [clothes] }),
    always: { body: ["rounded", "squared"], nose: ["mediumRound", "smallRound"] },
  },
  "toon-head": {
    style: toonHead as Style<object>,
    unit: 768,
    hairs: {
      swept: { hair: ["sideComed"], rearHairProbability: 0 },
      spiky: { hair: ["spiky"], rearHairProbability: 0 },
      bun: { hair: ["bun"], rearHairProbability: 0 },
      long: { hair: ["sideComed"], rearHair: ["longStraight"], rearHairProbability: 100 },
      wavy: { hair: ["sideComed"], rearHair: ["longWavy"], rearHairProbability: 100 },
      bob: { hair: ["sideComed"], rearHair: ["shoulderHigh"], rearHairProbability: 100 },
    },
    expressions: {
      smile: { eyes: ["wide"], mouth: ["smile"], eyebrows: ["neutral", "happy"] },
      laugh: { eyes: ["happy"], mouth: ["laugh"], eyebrows: ["happy"] },
      sad: { eyes: ["humble"], mouth: ["sad"], eyebrows: ["sad"] },
      surprised: { eyes: ["wide"], mouth: ["agape"], eyebrows: ["raised"] },
      wink: { eyes: ["wink"], mouth: ["smile"], eyebrows: ["happy"] },
      angry: { eyes: ["humble"], mouth: ["angry"], eyebrows: ["angry"] },
    },
    glasses: { none: {} },
    beards: { beard: { beard: ["fullBeard"] }, moustache: { beard: ["moustacheTwirl"] } },
    colours: (skin, hair, clothes) => ({ skinColor: [skin], hairColor: [hair], clothesColor: [clothes] }),
    always: { clothes: ["tShirt"] },
  },
};

/**
 * The drawing of a character in a DiceBear style: a group in units of our board, and no metadata, whose
 * attribution SOURCES.md carries.
 */
export function drawDicebear(a: CharacterAttributes): string {
  const look = LOOKS[a.look as LookName];
  const plain = (hex: string) => hex.slice(1);
  const bearded = a.accessory === "beard" || a.accessory === "moustache";
  const probability = bearded ? 100 : 0;
  const svg = createAvatar(look.style, {
    seed: `${a.hair}/${a.hairColour}/${a.skin}/${a.expression}`,
    facialHairProbability: probability,
    beardProbability: probability,
    ...look.always,
    ...look.hairs[a.hair],
    ...look.expressions[a.expression],
    ...look.glasses[a.glasses],
    ...(bearded ? look.beards[a.accessory as "beard" | "moustache"] : {}),
    ...look.colours(
      plain(SKINS[a.skin].hex),
      plain(HAIR_COLOURS[a.hairColour].hex),
      plain(COLOURS[a.clothesColour ?? "white"].hex),
    ),
  } as object).toString();
  const body = svg
    .replace(/<metadata[\s\S]*?<\/metadata>/, "")
    .replace(/^<svg[^>]*>/, "")
    .replace(/<\/svg>\s*$/, "");
  return `<g fill="none" transform="scale(${(256 / look.unit).toFixed(5)})">${body}</g>`;
}
