import { describe, expect, it } from "vitest";
import { fixArticle } from "@/training/world/captions/phrases";
import { NAMED } from "@/training/world/characters/named";
import { isHeldOut } from "@/training/world/hold-out";
import type { WorldRecord } from "@/training/world/record";
import { allSprites, drawnSprites, findSprite } from "@/training/world/sampler/kinds";
import { drawNamedSample } from "@/training/world/sampler/named-sample";
import { drawSample, renderSample } from "@/training/world/sampler/sampler";
import { drawStyledSample } from "@/training/world/sampler/styled-sample";
import { TAUGHT_STYLES } from "@/training/world/styles/taught";
import { CHOSEN } from "@/training/world/things/chosen";
import {
  CLOTHES,
  COLOURS,
  GLASSES,
  HAIR_COLOURS,
  HAIRS,
  HEADWEARS,
  STYLES,
} from "@/training/world/vocabulary";

const SEED = 7;
const records = (count: number, split: "train" | "test" = "train") =>
  Array.from({ length: count }, (_, i) => drawSample(SEED, i, split));

/** Words of a table that a caption may hold only when the record has them. */
const sayings = (table: Record<string, { en: string; zh: string }>, language: "en" | "zh") =>
  Object.entries(table)
    .map(
      ([key, words]) =>
        [key, words[language].replace("{c} ", "").replace("{c}", "").replace(/^an? /, "")] as const,
    )
    .filter(([, text]) => text !== "");

describe("the world that is drawn for training", () => {
  it("draws the same bytes from the same seed and index", async () => {
    for (const index of [0, 1, 2, 3, 5, 8]) {
      const [a, b] = [drawSample(SEED, index), drawSample(SEED, index)];
      expect(a.captions).toEqual(b.captions);
      const [first, again] = [await renderSample(a, 64), await renderSample(b, 64)];
      expect(first.length).toBe(64 * 64 * 3);
      expect(Buffer.compare(first, again)).toBe(0);
    }
    const [a, other] = [
      await renderSample(drawSample(SEED, 0), 64),
      await renderSample(drawSample(SEED + 1, 0), 64),
    ];
    expect(Buffer.compare(a, other)).not.toBe(0);
  });

  it("draws every kind in its share", () => {
    const kinds = records(2000).map((s) => s.record.kind);
    const share = (kind: WorldRecord["kind"]) => kinds.filter((k) => k === kind).length / kinds.length;
    // Hold-out takes a little from each kind, so the shares are near 35, 35, 30 %.
    expect(share("character")).toBeCloseTo(0.35, 1);
    expect(share("thing")).toBeCloseTo(0.35, 1);
    expect(share("scene")).toBeCloseTo(0.3, 1);
  });

  it("leaves no gap in any caption, in either language", () => {
    for (const { captions } of records(2000)) {
      expect(captions.en).toHaveLength(3);
      expect(captions.zh).toHaveLength(3);
      for (const en of captions.en) {
        expect(en).toMatch(/^[A-Za-z][A-Za-z0-9ñ ,.'-]+$/);
        expect(en).not.toMatch(/undefined|null|\ba [aeio]| {2}|, ,|,$/);
      }
      for (const zh of captions.zh) expect(zh).toMatch(/^[\u4e00-\u9fffT，、]+$/);
      for (const zh of captions.zh) expect(zh).not.toMatch(/，，|、、|的的|，$|^，/);
    }
  });

  it("says only what the record holds, and no colour where the style has none", () => {
    for (const { record, captions } of records(2000)) {
      const text = captions.en.join(" | ");
      const zh = captions.zh.join(" | ");
      if (record.kind === "character") {
        const a = record.character;
        const check = (table: Record<string, { en: string; zh: string }>, actual: string) => {
          for (const [key, words] of sayings(table, "zh"))
            if (zh.includes(words)) expect([key, zh]).toEqual([actual, zh]);
        };
        check(GLASSES, a.glasses);
        check(HEADWEARS, a.headwear);
        check(CLOTHES, a.clothes ?? "");
        const keeps = STYLES[record.style].keepsColour;
        expect(text).toContain(
          HAIRS[a.hair].en
            .replace("{c}", keeps ? HAIR_COLOURS[a.hairColour].en : "")
            .replace(/ {2}/, " ")
            .trim()
            .replace(/^an? /, ""),
        );
        if (!keeps)
          for (const { en } of Object.values(COLOURS))
            if (!["black", "white"].includes(en))
              expect(text.replace(/\w+ duotone/g, "")).not.toMatch(new RegExp(`\\b${en}\\b`));
      } else {
        for (const thing of record.things.slice(0, 1)) {
          const sprite = findSprite(thing.id);
          if (record.kind === "thing" || !record.character) expect(captions.en[0]).toContain(sprite.en);
          if (record.kind === "thing" || !record.character)
            expect(captions.zh[0]).toContain(sprite.zh.replace(/^一./, ""));
        }
      }
    }
  });

  it("tells of the record what the fullest captions tell, and nothing else", () => {
    // In Chinese colours go first, so that the rest stays whole.
    const bare = (words: string) => words.replace("{c}", "").replace(/金色|白色/, "");
    for (const { record, captions } of records(2000)) {
      const { en, zh, told } = { en: captions.en[0]!, zh: captions.zh[0]!, told: captions.told };
      const things = "things" in record ? record.things : [];
      for (const { id } of things)
        expect([en, told.things?.some((thing) => thing.id === id) ?? false]).toEqual([
          en,
          en.includes(findSprite(id).en),
        ]);
      expect(things.map(({ id }) => id)).toEqual(
        expect.arrayContaining(told.things?.map(({ id }) => id) ?? []),
      );
      const { things: _, ...rest } = told;
      expect(record).toMatchObject(rest);
      if (!("character" in record && record.character)) continue;
      const says = told.character!;
      const tables = { hair: HAIRS, glasses: GLASSES, headwear: HEADWEARS, clothes: CLOTHES } as const;
      for (const [attribute, table] of Object.entries(tables) as [keyof typeof tables, typeof HAIRS][]) {
        const value = record.character[attribute];
        if (!value || value === "none") expect(says).not.toHaveProperty(attribute);
        else {
          const words = table[value as keyof typeof HAIRS];
          expect([zh, says[attribute]]).toEqual([zh, zh.includes(bare(words.zh)) ? value : undefined]);
        }
      }
      if (!STYLES[record.style].keepsColour)
        expect(Object.keys(says).filter((key) => /colour|skin/i.test(key))).toEqual([]);
      expect([zh, says.skin !== undefined]).toEqual([zh, zh.includes("皮肤")]);
      for (const [part, table] of [
        ["hairColour", HAIR_COLOURS],
        ["clothesColour", COLOURS],
        ["headwearColour", COLOURS],
      ] as const) {
        const colour = says[part];
        if (colour) expect(en).toContain((table as Record<string, { en: string }>)[colour]!.en);
      }
    }
  });

  it("never shows a held-out combination in training, and always in the test split", () => {
    for (const { record } of records(5000)) expect(isHeldOut(record)).toBe(false);
    for (const { record } of records(500, "test")) expect(isHeldOut(record)).toBe(true);
  });

  it("names every thing in both languages", () => {
    expect(allSprites().length).toBeGreaterThan(500);
    for (const sprite of allSprites()) {
      expect(sprite.en).toMatch(/[a-zA-Z]{2}/);
      expect(sprite.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(Object.keys(sprite.art).length).toBeGreaterThan(0);
    }
    expect(new Set(allSprites().map((s) => s.en)).size).toBe(allSprites().length);
    expect(new Set(allSprites().map((s) => s.zh)).size).toBe(allSprites().length);
  });

  it("puts an where a vowel is heard", () => {
    const said = ["a orange cap", "A owl and a unicorn", "a  umbrella", "a cat"].map(fixArticle);
    expect(said).toEqual(["an orange cap", "An owl and a unicorn", "an umbrella", "a cat"]);
  });

  it("draws the chosen things and no others, somewhere each", () => {
    const drawn = new Set(drawnSprites().map(({ en }) => en));
    expect([...CHOSEN].filter((name) => !drawn.has(name))).toEqual([]);
    const seen = new Set(
      records(5000).flatMap(({ record }) => ("things" in record ? record.things.map(({ id }) => id) : [])),
    );
    expect([...seen].filter((id) => !CHOSEN.has(findSprite(id).en))).toEqual([]);
    expect(seen.size).toBe(CHOSEN.size);
  });

  it("keeps the named characters out of the base data, and calls them by name in their own", () => {
    for (const { captions } of records(1000))
      for (const name of Object.keys(NAMED)) expect(captions.en.join()).not.toContain(name);
    for (const [name, { fixed }] of Object.entries(NAMED)) {
      const { captions } = drawNamedSample(name, SEED, 3);
      for (const en of captions.en) expect(en).toContain(fixed.name.en);
      for (const zh of captions.zh) expect(zh).toContain(fixed.name.zh);
    }
    expect(() => drawNamedSample("Nobody", SEED, 0)).toThrow(/Momo/);
  });

  it("draws taught styles over flat pictures, named first in every caption, alike each time", async () => {
    for (const [name, { words }] of Object.entries(TAUGHT_STYLES)) {
      const sample = drawStyledSample(name, SEED, 3);
      for (const en of sample.captions.en) expect(en.startsWith(`${words.en}, `)).toBe(true);
      for (const zh of sample.captions.zh) expect(zh.startsWith(`${words.zh}，`)).toBe(true);
      expect(sample.record.style).toBe("flat");
      const [drawn, again] = [await renderSample(sample, 64), await renderSample(sample, 64)];
      expect(Buffer.compare(drawn, again)).toBe(0);
      const { render: _, ...flat } = sample;
      expect(Buffer.compare(drawn, await renderSample(flat, 64))).not.toBe(0);
    }
    expect(() => drawStyledSample("cubism", SEED, 0)).toThrow(/mosaic, chalkboard, halftone/);
  });
});
