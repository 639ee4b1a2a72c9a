import { mkdir } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { openEasel } from "@/lib/drawing/open-easel";
import { closeInference } from "@/lib/inference/client";
import { SHIPPED_FAMILY } from "@/lib/inference/model-files";
import { closeCpuPool } from "@/lib/jobs/cpu-pool";
import type { Verdict } from "@/lib/qr/jury/judge";
import { type Candidate, makeCandidates } from "@/lib/scenarios/qr-art/make-candidates";
import { qrArtInput } from "@/lib/scenarios/qr-art/qr-art.job";
import { median, printTable } from "./kit/table";

// What QR art from words is worth:
// npm run bench -- qr-art [--blends 0,0.5,1] [--candidates 2] [--model NAME] [--out FOLDER] [--json]
// Every prompt at every blend, by default on the model that ships, whatever DEFAULT_MODEL says; drawings above their codes are
// written as PNG, one file a blend. Read before weaving: by any reader; after: passed its level.

const TEXT = "https://mosaiq.studio";
const PROMPTS = [
  "a city at night",
  "mountains",
  "the sea under a bright sun",
  "夜晚的森林",
  "a smiling person with curly hair",
];
const TILE_PX = 256;

const { values } = parseArgs({
  options: {
    blends: { type: "string", default: "0,0.5,1" },
    candidates: { type: "string", default: "2" },
    model: { type: "string", default: SHIPPED_FAMILY },
    out: { type: "string", default: ".build/qr-art" },
    json: { type: "boolean", default: false },
  },
});

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;

async function measure(blend: number) {
  const candidates: Candidate[] = [];
  const refused: string[] = [];
  for (const [i, prompt] of PROMPTS.entries()) {
    const input = qrArtInput.parse({
      ...{ text: TEXT, prompt, blend, candidates: Number(values.candidates), model: values.model },
    });
    const onRefused = () => refused.push("level_not_reached");
    const tools = { signal: new AbortController().signal, onProgress: () => {}, onRefused };
    try {
      for await (const each of makeCandidates(await openEasel(input), input, 100 * (i + 1), tools))
        candidates.push(each);
    } catch (error) {
      const code = String((error as { code?: unknown }).code ?? error);
      // Told one by one already, where all of them were.
      if (code !== "level_not_reached") refused.push(code);
    }
  }
  await writeSheet(path.join(values.out, `blend-${blend}.png`), candidates);
  const reports = candidates.map(({ file }) => file.report);
  return {
    ...{ blend, candidates: candidates.length, refused },
    readBefore: mean(candidates.map(({ before }) => (before.readers > 0 ? 1 : 0))),
    readersBefore: mean(candidates.map(({ before }) => before.readers)),
    readersOf: candidates[0]?.before.of ?? 0,
    scoreBefore: mean(candidates.map(({ before }) => before.jury.score)),
    readAfter: candidates.length / Math.max(1, candidates.length + refused.length),
    readersAfter: mean(reports.map(({ jury }) => undistortedReaders(jury))),
    ssimLost: mean(reports.map(({ fidelity }) => 1 - (fidelity?.ssim ?? 0))),
    score: mean(reports.map(({ jury }) => jury.score)),
    drawMs: median(candidates.map(({ drawMs }) => drawMs)),
    weaveMs: median(reports.map(({ timesMs }) => timesMs.total)),
  };
}

/** How many readers read a code as it is. */
const undistortedReaders = ({ cells }: Verdict): number =>
  cells.filter(({ scene, read }) => scene === "original" && read).length;

/** Drawings in one row, their codes beneath. */
async function writeSheet(file: string, candidates: readonly Candidate[]): Promise<void> {
  const tile = (bytes: Uint8Array) => sharp(bytes).resize(TILE_PX, TILE_PX).png().toBuffer();
  const tiles = await Promise.all(
    candidates.flatMap(({ draft, file: code }, i) => [
      tile(draft).then((input) => ({ input, left: i * TILE_PX, top: 0 })),
      tile(code.bytes).then((input) => ({ input, left: i * TILE_PX, top: TILE_PX })),
    ]),
  );
  const size = { width: Math.max(1, candidates.length) * TILE_PX, height: 2 * TILE_PX };
  await mkdir(path.dirname(file), { recursive: true });
  await sharp({ create: { ...size, channels: 3, background: "#fff" } })
    .composite(tiles)
    .png()
    .toFile(file);
}

const results = [];
for (const blend of values.blends.split(",").map(Number)) results.push(await measure(blend));
await Promise.all([closeCpuPool(), closeInference()]);
if (values.json) console.log(JSON.stringify({ text: TEXT, prompts: PROMPTS, results }));
else
  printTable(results, {
    blend: ({ blend }) => `${blend}`,
    candidates: ({ candidates }) => `${candidates}`,
    refused: ({ refused }) => `${refused.length}`,
    "read before": ({ readBefore }) => `${Math.round(100 * readBefore)} %`,
    "readers before": ({ readersBefore, readersOf }) => `${readersBefore.toFixed(1)} of ${readersOf}`,
    "score before": ({ scoreBefore }) => scoreBefore.toFixed(1),
    "read after weaving": ({ readAfter }) => `${Math.round(100 * readAfter)} %`,
    "readers after": ({ readersAfter, readersOf }) => `${readersAfter.toFixed(1)} of ${readersOf}`,
    "SSIM lost": ({ ssimLost }) => ssimLost.toFixed(3),
    score: ({ score }) => score.toFixed(1),
    draw: ({ drawMs }) => `${(drawMs / 1000).toFixed(1)} s`,
    weave: ({ weaveMs }) => `${(weaveMs / 1000).toFixed(1)} s`,
  });
