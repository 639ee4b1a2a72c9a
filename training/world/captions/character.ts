import type { Random } from "../random";
import type { CharacterAttributes } from "../record";
import {
  ACCESSORIES,
  type Accessory,
  CLOTHES,
  COLOURS,
  type Colour,
  EXPRESSIONS,
  GLASSES,
  HAIR_COLOURS,
  HAIRS,
  HEADWEARS,
  PERSONS,
  SKINS,
  type Words,
} from "../vocabulary";
import { fill, fixArticle, listEn, shuffle, type Telling } from "./phrases";

/** How much is said: everything, the main points, or one point. */
export type Length = "full" | "medium" | "short";
type Saying = Telling<Partial<CharacterAttributes>>;
type Sayable = "hair" | "glasses" | "headwear" | "clothes" | "accessory";
type Part = Saying & { join: "with" | "wearing"; weight: number };

const ON_BODY: ReadonlySet<Accessory> = new Set(["scarf", "bow tie", "necklace", "earrings"]);

/** Everything that can be said of a character. */
function partsOf(a: CharacterAttributes, keepsColour: boolean): Part[] {
  const parts: Part[] = [];
  const say = (of: Sayable, words: Words, zhVerb: string, join: Part["join"], weight: number) => {
    const colour = of === "glasses" ? undefined : a[`${of}Colour`];
    const named = of === "hair" ? HAIR_COLOURS[a.hairColour] : colour && COLOURS[colour as Colour];
    const filled = fill(words, named, keepsColour);
    const coloured = colour && keepsColour && words.en.includes("{c}");
    const told = { [of]: a[of], ...(coloured && { [`${of}Colour`]: colour }) };
    parts.push({ en: filled.en, zh: zhVerb + filled.zh, told, join, weight });
  };
  if (a.clothes) say("clothes", CLOTHES[a.clothes], "穿着", "wearing", 3);
  // A name stands for all that never changes about the one who bears it.
  if (a.name) return parts;
  say("hair", HAIRS[a.hair], a.hair === "bald" ? "" : "留着", "with", 5);
  if (a.glasses !== "none") say("glasses", GLASSES[a.glasses], "戴着", "with", 4);
  if (a.headwear !== "none") {
    const { wear } = HEADWEARS[a.headwear];
    const inHair = a.headwear === "flower" || a.headwear === "bow";
    say("headwear", HEADWEARS[a.headwear], wear, inHair ? "with" : "wearing", 4);
  }
  if (a.accessory !== "none") {
    const { zhVerb } = ACCESSORIES[a.accessory];
    say("accessory", ACCESSORIES[a.accessory], zhVerb, ON_BODY.has(a.accessory) ? "wearing" : "with", 2);
  }
  return parts;
}

function choose(random: Random, parts: Part[], length: Length): Part[] {
  if (length === "full") return parts;
  const count = length === "short" ? 1 : Math.min(parts.length, 2 + random.int(2));
  const left = shuffle(random, parts).map((p) => ({ p, key: random.next() ** (1 / p.weight) }));
  return left
    .sort((x, y) => y.key - x.key)
    .slice(0, count)
    .map(({ p }) => p);
}

/** A character as the subject of a sentence, e.g. "a smiling girl with long pink hair, wearing a red cap". */
export function describeCharacter(
  random: Random,
  a: CharacterAttributes,
  length: Length,
  keepsColour: boolean,
): Saying {
  const parts = shuffle(random, choose(random, partsOf(a, keepsColour), length));
  const { words: person, told: who } = nameOf(random, a);
  const says = length === "full" || random.chance(0.6);
  const expression = says ? EXPRESSIONS[a.expression] : undefined;
  const skinned = !a.name && keepsColour && length === "full" && random.chance(0.4);
  const told = Object.assign(
    who,
    ...parts.map((p) => p.told),
    says && { expression: a.expression },
    skinned && { skin: a.skin },
  ) as Partial<CharacterAttributes>;
  const withs = parts.filter((p) => p.join === "with").map((p) => p.en);
  if (skinned) withs.push(SKINS[a.skin].en);
  const wearing = parts.filter((p) => p.join === "wearing").map((p) => p.en);
  const en = [
    a.name
      ? [a.name.en, expression?.en].filter(Boolean).join(", ")
      : fixArticle(`a ${expression ? `${expression.en} ` : ""}${person.en}`),
    withs.length > 0 ? ` with ${listEn(withs)}` : "",
    wearing.length > 0 ? `${withs.length > 0 || a.name ? "," : ""} wearing ${listEn(wearing)}` : "",
  ].join("");
  const whoZh = a.name
    ? `${expression ? `${expression.zh}的` : ""}${a.name.zh}`
    : `一个${expression ? `${expression.zh}的` : ""}${person.zh}`;
  const zhParts = parts.map((p) => p.zh);
  if (skinned) zhParts.push(SKINS[a.skin].zh);
  // One short point goes before the noun, as one would say it: 一个戴着圆框眼镜的微笑女孩.
  if (zhParts.length === 1 && a.hair !== "bald") {
    const noun = `${expression ? `${expression.zh}的` : ""}${person.zh}`;
    return { en, zh: a.name ? `${zhParts[0]}的${noun}` : `一个${zhParts[0]}的${noun}`, told };
  }
  return { en, zh: [whoZh, ...zhParts].join("，"), told };
}

/** What a character is called: by its name, as what it is, or as anyone. */
function nameOf(
  random: Random,
  a: CharacterAttributes,
): { words: Words; told: Partial<CharacterAttributes> } {
  if (a.name) return { words: a.name, told: { name: a.name } };
  if (a.person && random.chance(0.8)) return { words: PERSONS[a.person], told: { person: a.person } };
  const anyone = [
    { en: "person", zh: "人物" },
    { en: "character", zh: "角色" },
  ];
  return { words: random.pick(anyone), told: {} };
}

/** The same as a list of tags, as people also type. */
export function tagCharacter(random: Random, a: CharacterAttributes, keepsColour: boolean): Saying {
  const parts = shuffle(random, choose(random, partsOf(a, keepsColour), "medium"));
  const head: Words = a.name ? a.name : a.person ? PERSONS[a.person] : { en: "portrait", zh: "头像" };
  const clean = (en: string) => en.replace(/^an? /, "");
  const cleanZh = (zh: string) => zh.replace(/^(留着|戴着|穿着|头上[别扎]着|系着|围着|脸上有)/, "");
  return {
    en: [head.en, EXPRESSIONS[a.expression].en, ...parts.map((p) => clean(p.en))].join(", "),
    zh: [head.zh, EXPRESSIONS[a.expression].zh, ...parts.map((p) => cleanZh(p.zh))].join("，"),
    told: Object.assign(
      { expression: a.expression },
      a.name ? { name: a.name } : a.person && { person: a.person },
      ...parts.map((p) => p.told),
    ) as Partial<CharacterAttributes>,
  };
}
