import { findSprite } from "./sampler/kinds";
import { PLACES } from "./scenes/scene";
import {
  ACCESSORIES,
  CLOTHES,
  EXPRESSIONS,
  GLASSES,
  HAIR_COLOURS,
  HAIRS,
  HEADWEARS,
  PERSONS,
  SKINS,
  STYLES,
  type Words,
} from "./vocabulary";

type Table = Readonly<Record<string, Words>>;

const places: Table = Object.fromEntries(
  Object.entries(PLACES).map(([name, place]) => [name, place.words.alone!]),
);
const times: Table = {
  day: { en: "by day", zh: "白天" },
  sunset: { en: "at sunset", zh: "夕阳" },
  night: { en: "at night", zh: "夜晚" },
};
const weathers: Table = {
  cloudy: { en: "cloudy", zh: "多云" },
  rain: { en: "rain", zh: "下雨" },
  snow: { en: "falling snow", zh: "下雪" },
  rainbow: { en: "rainbow", zh: "彩虹" },
};
const hairColours: Table = Object.fromEntries(
  Object.entries(HAIR_COLOURS).map(([name, { en, zh }]) => [name, { en: `${en} hair`, zh: `${zh}头发` }]),
);

/** By question: what a person would type to find an answer to it. */
export const TAG_TABLES: Readonly<Record<string, Table>> = {
  "character.person": PERSONS,
  "character.skin": SKINS,
  "character.hair": HAIRS,
  "character.hairColour": hairColours,
  "character.glasses": GLASSES,
  "character.headwear": HEADWEARS,
  "character.expression": EXPRESSIONS,
  "character.clothes": CLOTHES,
  "character.accessory": ACCESSORIES,
  "scene.name": places,
  "scene.time": times,
  "scene.weather": weathers,
  "background.scene.name": places,
  style: Object.fromEntries(Object.entries(STYLES).map(([name, { tag }]) => [name, tag])),
};

/** Questions whose answers are tags. */
export const isTagged = (question: string): boolean => question === "things.id" || question in TAG_TABLES;

/** An answer in words, without its colour and its article; null for what nobody would look for ("none"). */
export function tagWords(question: string, value: string): Words | null {
  const words = question === "things.id" ? findSprite(value) : TAG_TABLES[question]?.[value];
  if (!words?.en) return null;
  const plain = (text: string) => text.replace(/\{[ct]\} ?/g, "").trim();
  return { en: plain(words.en).replace(/^an? /, ""), zh: plain(words.zh) };
}
