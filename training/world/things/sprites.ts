import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { CATEGORIES, type Category, SUBGROUPS } from "./categories";
import { CLASSIFIERS, LEFT_OUT, NAMES, UNCOUNTED } from "./names";

export type SpriteSet = "fluent" | "noto" | "twemoji";
export type Sprite = {
  /** Code points in lower-case hex joined by `-`, without variation selectors. */
  id: string;
  emoji: string;
  category: Category;
  en: string;
  zh: string;
  /** English with its article, e.g. `an owl`, `grapes`. */
  phrase: string;
  /** Chinese with its measure word where one is natural, e.g. `一只猫头鹰`. */
  zhPhrase: string;
  keywords: { en: string[]; zh: string[] };
  /** Body of an SVG whose view box is [0, 0, unit, unit], by set. */
  art: Partial<Record<SpriteSet, { body: string; unit: number }>>;
};

type Emoji = {
  label: string;
  hexcode: string;
  emoji: string;
  tags?: string[];
  group?: number;
  subgroup?: number;
};
type IconSet = {
  icons: Record<string, { body: string; hidden?: boolean }>;
  aliases?: Record<string, { parent: string }>;
  width?: number;
};

const require = createRequire(import.meta.url);
const readJson = <T>(specifier: string): T =>
  JSON.parse(readFileSync(require.resolve(specifier), "utf8")) as T;

const PACKAGES: Record<SpriteSet, string> = {
  fluent: "@iconify-json/fluent-emoji-flat",
  noto: "@iconify-json/noto",
  twemoji: "@iconify-json/twemoji",
};
// Heavier bodies are a few detailed drawings that would cost more time than a whole scene.
const MOST_BODY_CHARACTERS = 24_000;

const plain = (hexcode: string): string => hexcode.toLowerCase().replaceAll("-fe0f", "");

function readSet(set: SpriteSet): Map<string, { body: string; unit: number }> {
  const icons = readJson<IconSet>(`${PACKAGES[set]}/icons.json`);
  const chars = readJson<Record<string, string>>(`${PACKAGES[set]}/chars.json`);
  const found = new Map<string, { body: string; unit: number }>();
  for (const [code, name] of Object.entries(chars)) {
    const icon = icons.icons[name] ?? icons.icons[icons.aliases?.[name]?.parent ?? ""];
    if (icon && icon.body.length <= MOST_BODY_CHARACTERS)
      found.set(plain(code), { body: icon.body, unit: icons.width ?? 32 });
  }
  return found;
}

const article = (en: string): string =>
  UNCOUNTED.has(en)
    ? en
    : `${/^([aeiou]|hour)/i.test(en) && !/^(uni|eu|ewe|one)/i.test(en) ? "an" : "a"} ${en}`;

function byEmoji<T>(table: Readonly<Record<string, T>>): Map<string, T> {
  return new Map(Object.entries(table).map(([emoji, value]) => [emoji.replace(/\uFE0F/g, ""), value]));
}

/** Every thing that can be drawn, with its names, in the order of Unicode's list. */
export function loadSprites(): Sprite[] {
  const english = readJson<Emoji[]>("emojibase-data/en/data.json");
  const chinese = new Map(readJson<Emoji[]>("emojibase-data/zh/data.json").map((e) => [e.hexcode, e]));
  const groups = readJson<{ subgroups: Record<string, string> }>("emojibase-data/meta/groups.json");
  const sets = (Object.keys(PACKAGES) as SpriteSet[]).map((set) => [set, readSet(set)] as const);
  const [names, classifiers] = [byEmoji(NAMES), byEmoji(CLASSIFIERS)];
  const sprites: Sprite[] = [];
  for (const entry of english) {
    const category = SUBGROUPS[groups.subgroups[String(entry.subgroup)] ?? ""];
    const emoji = entry.emoji.replace(/\uFE0F/g, "");
    const zhEntry = chinese.get(entry.hexcode);
    if (!category || !zhEntry || LEFT_OUT.has(emoji)) continue;
    const id = plain(entry.hexcode);
    const art = Object.fromEntries(
      sets.flatMap(([set, icons]) => (icons.has(id) ? [[set, icons.get(id)!]] : [])),
    ) as Sprite["art"];
    if (Object.keys(art).length === 0) continue;
    const [enName, zhName] = names.get(emoji) ?? ["", ""];
    const en = enName || entry.label.replaceAll("’", "'");
    const zh = zhName || zhEntry.label;
    const classifier = zh.startsWith("一") ? "" : (classifiers.get(emoji) ?? CATEGORIES[category].classifier);
    sprites.push({
      id,
      emoji,
      category,
      en,
      zh,
      art,
      phrase: article(en),
      zhPhrase: classifier + zh,
      keywords: { en: entry.tags ?? [], zh: zhEntry.tags ?? [] },
    });
  }
  return sprites;
}

/**
 * A sprite as SVG inside the box [x, y, size, size].
 * @param key makes its ids its own, for sets that use gradients: two sprites may share a picture.
 */
export function placeSprite(
  sprite: Sprite,
  set: SpriteSet,
  x: number,
  y: number,
  size: number,
  key: string,
): string {
  const { body, unit } = sprite.art[set]!;
  const own = body
    .replace(/id="([^"]+)"/g, `id="${key}$1"`)
    .replace(/url\(#/g, `url(#${key}`)
    .replace(/href="#/g, `href="#${key}`);
  const scale = size / unit;
  return `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${scale.toFixed(4)})">${own}</g>`;
}
