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
import { fill, fixArticle, listEn, shuffle } from "./phrases";

/** How much is said: everything, the main points, or one point. */
export type Length = "full" | "medium" | "short";
type Part = Words & { join: "with" | "wearing"; weight: number };

const ON_BODY: ReadonlySet<Accessory> = new Set(["scarf", "bow tie", "necklace", "earrings"]);

/** Everything that can be said of a character. */
function partsOf(a: CharacterAttributes, keepsColour: boolean): Part[] {
  const parts: Part[] = [];
  const say = (
    words: Words,
    colour: Colour | undefined,
    zhVerb: string,
    join: Part["join"],
    weight: number,
  ) => {
    const filled = fill(words, colour && COLOURS[colour], keepsColour);
    parts.push({ en: filled.en, zh: zhVerb + filled.zh, join, weight });
  };
  if (a.clothes) say(CLOTHES[a.clothes], a.clothesColour, "穿着", "wearing", 3);
  // A name stands for all that never changes about the one who bears it.
  if (a.name) return parts;
  const hair = fill(HAIRS[a.hair], HAIR_COLOURS[a.hairColour], keepsColour);
  parts.push({ en: hair.en, zh: (a.hair === "bald" ? "" : "留着") + hair.zh, join: "with", weight: 5 });
  if (a.glasses !== "none") say(GLASSES[a.glasses], undefined, "戴着", "with", 4);
  if (a.headwear !== "none") {
    const { wear } = HEADWEARS[a.headwear];
    const inHair = a.headwear === "flower" || a.headwear === "bow";
    say(HEADWEARS[a.headwear], a.headwearColour, wear, inHair ? "with" : "wearing", 4);
  }
  if (a.accessory !== "none") {
    const { zhVerb } = ACCESSORIES[a.accessory];
    say(
      ACCESSORIES[a.accessory],
      a.accessoryColour,
      zhVerb,
      ON_BODY.has(a.accessory) ? "wearing" : "with",
      2,
    );
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
): Words {
  const parts = shuffle(random, choose(random, partsOf(a, keepsColour), length));
  const person: Words = a.name
    ? a.name
    : a.person && random.chance(0.8)
      ? PERSONS[a.person]
      : random.pick([
          { en: "person", zh: "人物" },
          { en: "character", zh: "角色" },
        ]);
  const says = length === "full" || random.chance(0.6);
  const expression = says ? EXPRESSIONS[a.expression] : undefined;
  const skinned = !a.name && keepsColour && length === "full" && random.chance(0.4);
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
  const who = a.name
    ? `${expression ? `${expression.zh}的` : ""}${a.name.zh}`
    : `一个${expression ? `${expression.zh}的` : ""}${person.zh}`;
  const zhParts = parts.map((p) => p.zh);
  if (skinned) zhParts.push(SKINS[a.skin].zh);
  // One short point goes before the noun, as one would say it: 一个戴着圆框眼镜的微笑女孩.
  if (zhParts.length === 1 && a.hair !== "bald") {
    const noun = `${expression ? `${expression.zh}的` : ""}${person.zh}`;
    return { en, zh: a.name ? `${zhParts[0]}的${noun}` : `一个${zhParts[0]}的${noun}` };
  }
  return { en, zh: [who, ...zhParts].join("，") };
}

/** The same as a list of tags, as people also type. */
export function tagCharacter(random: Random, a: CharacterAttributes, keepsColour: boolean): Words {
  const parts = shuffle(random, choose(random, partsOf(a, keepsColour), "medium"));
  const head: Words = a.name ? a.name : a.person ? PERSONS[a.person] : { en: "portrait", zh: "头像" };
  const clean = (en: string) => en.replace(/^an? /, "");
  const cleanZh = (zh: string) => zh.replace(/^(留着|戴着|穿着|头上[别扎]着|系着|围着|脸上有)/, "");
  return {
    en: [head.en, EXPRESSIONS[a.expression].en, ...parts.map((p) => clean(p.en))].join(", "),
    zh: [head.zh, EXPRESSIONS[a.expression].zh, ...parts.map((p) => cleanZh(p.zh))].join("，"),
  };
}
