import type { Random } from "../random";
import type { Background, SceneAttributes, Told, ToldBackground, WorldRecord } from "../record";
import { PLACES } from "../scenes/scene";
import { COLOURS, DUOTONES, STYLES, type Words } from "../vocabulary";

/** Words, and what they tell of the record. */
export type Telling<Part = Told> = Words & { told: Part };

/** "a orange cap" → "an orange cap", and still "a unicorn": it begins with a sound of its own. */
export const fixArticle = (en: string): string =>
  en
    .replace(/ {2,}/g, " ")
    .replace(/\b([Aa]) (?=(?!uni)[aeiou])/g, "$1n ")
    .trim();

export const listEn = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
export const listZh = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join("、")}和${parts.at(-1)}`;

export function shuffle<T>(random: Random, list: readonly T[]): T[] {
  const out = [...list];
  for (let i = out.length - 1; i > 0; i -= 1) {
    const j = random.int(i + 1);
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}

/** Puts the colour at `{c}`; without one, also drops colours that are part of the words. */
export function fill(words: Words, colour: Words | undefined, keepsColour: boolean): Words {
  if (keepsColour) {
    return {
      en: fixArticle(words.en.replace("{c}", colour?.en ?? "")),
      zh: words.zh.replace("{c}", colour?.zh ?? ""),
    };
  }
  return {
    en: fixArticle(words.en.replace("{c} ", "").replace(/\b(golden|gold|white) /g, "")),
    zh: words.zh.replace("{c}", "").replace(/金色|白色/g, ""),
  };
}

/** What the sky does: English after the place, Chinese before it. */
export function describeSky({ name, time, weather }: SceneAttributes): Words {
  if (time === undefined) return { en: "", zh: "" };
  if (name === "room")
    return time === "night" ? { en: "at night", zh: "夜晚的" } : { en: "by day", zh: "白天的" };
  const table: Record<string, Words> = {
    "day/clear": { en: "on a sunny day", zh: "晴天的" },
    "day/cloudy": { en: "on a cloudy day", zh: "阴天的" },
    "day/rain": { en: "on a rainy day", zh: "下雨的" },
    "day/snow": { en: "on a snowy day", zh: "下雪的" },
    "day/rainbow": { en: "with a rainbow", zh: "挂着彩虹的" },
    "sunset/clear": { en: "at sunset", zh: "夕阳下的" },
    "sunset/cloudy": { en: "at sunset under clouds", zh: "日落时多云的" },
    "sunset/rain": { en: "at sunset in the rain", zh: "日落时下雨的" },
    "sunset/snow": { en: "at sunset in falling snow", zh: "日落时飘雪的" },
    "night/clear": { en: "at night with the moon and stars", zh: "星月夜下的" },
    "night/cloudy": { en: "on a cloudy night", zh: "多云夜晚的" },
    "night/rain": { en: "on a rainy night", zh: "雨夜的" },
    "night/snow": { en: "on a snowy night", zh: "雪夜的" },
  };
  return table[`${time}/${weather ?? "clear"}`]!;
}

export function describeBackground(
  background: Background,
  keepsColour: boolean,
): Telling<ToldBackground> & { tag: Words } {
  const { type } = background;
  if (type === "scene") {
    const [place, sky] = [PLACES[background.scene.name].words.alone!, describeSky(background.scene)];
    const en = `${place.en} ${sky.en}`.trim();
    return {
      en: `in front of ${en}`,
      zh: `背景是${sky.zh}${place.zh}`,
      tag: { en, zh: `${sky.zh}${place.zh}` },
      told: { type, scene: background.scene },
    };
  }
  const colour = keepsColour ? COLOURS[background.colour] : { en: "", zh: "" };
  let tag: Words;
  if (type === "gradient") {
    const to = keepsColour ? COLOURS[background.to] : { en: "", zh: "" };
    tag = keepsColour
      ? { en: `${colour.en} to ${to.en} gradient background`, zh: `${colour.zh}到${to.zh}的渐变背景` }
      : { en: "gradient background", zh: "渐变背景" };
  } else if (type === "dots") tag = { en: `${colour.en} polka-dot background`, zh: `${colour.zh}圆点背景` };
  else if (type === "rays") tag = { en: `${colour.en} background with rays`, zh: `${colour.zh}放射线背景` };
  else if (type === "circle")
    tag = { en: `${colour.en} background with a circle`, zh: `${colour.zh}背景上有圆形` };
  else
    tag = {
      en: `${keepsColour ? colour.en : "plain"} background`,
      zh: keepsColour ? `${colour.zh}背景` : "纯色背景",
    };
  const en = fixArticle(`a ${tag.en.trim()}`);
  const told = keepsColour ? background : { type };
  return { en: `on ${en}`, zh: tag.zh, tag: { en: tag.en.trim(), zh: tag.zh }, told };
}

/** Names the style around a finished subject. Flat, the usual one, is named only sometimes. */
export function nameStyle(random: Random, record: WorldRecord, subject: Telling, asTags: boolean): Telling {
  const style = STYLES[record.style];
  const tone: Words = record.duotone ? DUOTONES[record.duotone] : { en: "", zh: "" };
  if (record.style === "flat" && random.chance(0.7)) return subject;
  const told: Told = {
    ...subject.told,
    style: record.style,
    ...(record.duotone && { duotone: record.duotone }),
  };
  const put = (template: string, x: string, t: string) => template.replace("{t}", t).replace("{x}", x);
  if (asTags)
    return {
      en: `${subject.en}, ${put(style.tag.en, "", tone.en)}`,
      zh: `${subject.zh}，${put(style.tag.zh, "", tone.zh)}`,
      told,
    };
  // A style before a whole sentence or a long list reads badly; behind it, it does not.
  const before = style.zh.endsWith("{x}") && !/[有，]/.test(subject.zh);
  // 像素风格的一只狐狸 reads better without the measure word.
  const noun = subject.zh.replace(/^一[个只条头匹辆艘架朵棵座颗把台顶块根列]/, "");
  const zh = before
    ? put(style.zh, noun, tone.zh)
    : style.zh.endsWith("{x}")
      ? `${subject.zh}，${put(style.tag.zh, "", tone.zh)}`
      : put(style.zh, subject.zh, tone.zh);
  const en = random.chance(0.5)
    ? fixArticle(`a ${put(style.en, subject.en, tone.en)}`)
    : put(style.en, subject.en, tone.en);
  return { en, zh, told };
}
