/**
 * A contact sheet with captions, to look at:
 * `npx tsx training/world/sheet.ts --count 64 --out sheet.png [--seed 1] [--from 0] [--split train] [--kind scene] [--style pixel] [--look personas] [--name Momo | --taught mosaic]`
 */
import { parseArgs } from "node:util";
import sharp, { type OverlayOptions } from "sharp";
import { drawNamedSample } from "./sampler/named-sample";
import { drawSample, renderSample, type Sample, type Split } from "./sampler/sampler";
import { drawStyledSample } from "./sampler/styled-sample";

const TILE = 256;
const TEXT = 92;

const escapeXml = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const word of text.match(/[\u3000-\uffef]|[^\s\u3000-\uffef]+\s?|\s/g) ?? []) {
    const wide = /[\u3000-\uffef]/.test(word) ? 1.9 : word.length;
    if (used + wide > width) {
      lines.push(line);
      [line, used] = ["", 0];
    }
    line += word;
    used += wide;
  }
  return [...lines, line].slice(0, 3);
}

function drawText(en: string, zh: string): Buffer {
  const rows = [...wrap(en, 46), ...wrap(zh, 42)].slice(0, 6);
  const spans = rows
    .map(
      (row, i) =>
        `<text x="4" y="${13 + i * 14}" font-size="11" font-family="Noto Sans CJK SC, DejaVu Sans, sans-serif" fill="#333">${escapeXml(row)}</text>`,
    )
    .join("");
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${TILE}" height="${TEXT}">${spans}</svg>`,
  );
}

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "32" },
    out: { type: "string", default: "sheet.png" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    split: { type: "string", default: "train" },
    kind: { type: "string" },
    style: { type: "string" },
    look: { type: "string" },
    name: { type: "string" },
    taught: { type: "string" },
    columns: { type: "string", default: "8" },
  },
});

function sampleAt(index: number): Sample {
  const seed = Number(values.seed);
  if (values.name) return drawNamedSample(values.name, seed, index);
  return values.taught
    ? drawStyledSample(values.taught, seed, index)
    : drawSample(seed, index, values.split as Split);
}

const [count, columns] = [Number(values.count), Number(values.columns)];
const layers: OverlayOptions[] = [];
for (let index = Number(values.from), shown = 0; shown < count; index += 1) {
  const sample = sampleAt(index);
  if (values.kind && sample.record.kind !== values.kind) continue;
  if (values.style && sample.record.style !== values.style) continue;
  if (values.look && (sample.record.kind !== "character" || sample.record.character.look !== values.look))
    continue;
  const [left, top] = [(shown % columns) * (TILE + 8), Math.floor(shown / columns) * (TILE + TEXT + 4)];
  layers.push({
    input: Buffer.from(await renderSample(sample, TILE)),
    raw: { width: TILE, height: TILE, channels: 3 },
    left,
    top,
  });
  const variant = shown % 3;
  layers.push({
    input: drawText(sample.captions.en[variant]!, sample.captions.zh[variant]!),
    left,
    top: top + TILE,
  });
  shown += 1;
}
const rows = Math.ceil(count / columns);
await sharp({
  create: {
    width: columns * (TILE + 8),
    height: rows * (TILE + TEXT + 4),
    channels: 3,
    background: "#ffffff",
  },
})
  .composite(layers)
  .png()
  .toFile(values.out);
