import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { fitPicture } from "@/lib/codes/fit-picture";
import { loadDecoders } from "@/lib/codes/load-decoders";
import { encode, needsEci } from "@/lib/qr/encode/encode";
import { ssim } from "@/lib/qr/fidelity/ssim";
import { DECODERS, type DecoderName } from "@/lib/qr/jury/decoder-names";
import { judge, type Verdict } from "@/lib/qr/jury/judge";
import { LEVELS, type Level, passesLevel } from "@/lib/qr/jury/levels";
import { SCENES } from "@/lib/qr/jury/scenes";
import { LOOKS, type LookName } from "@/lib/qr/looks/look";
import { type MadeCode, makeCode } from "@/lib/qr/make/make-code";
import { NOMINAL_PX } from "@/lib/qr/make/photo";
import { plainRaster } from "@/lib/qr/make/plain";
import { resize } from "@/lib/qr/picture/resize";
import type { Raster } from "@/lib/qr/raster";
import { toGray } from "@/lib/qr/weave/luma";
import { type Baseline, drawBaseline } from "./kit/qr-baselines";
import { median, printTable } from "./kit/table";

// How well and how fast codes are made: npm run bench -- qr [--pictures a,b] [--levels art] [--look photo] [--json]
// Every sample × three payloads × every level, beside the plain code and two baselines. About a quarter of an hour.

const PAYLOADS = {
  "link-24": "https://example.com/menu",
  "link-60": "https://example.com/autumn-menu/tables/12?lang=en&from=poster",
  "chinese-30": "山高水长,云淡风轻。扫码看菜单,今日有时令鲜蔬与手工面点,欢迎光临",
};
const BASELINES: readonly Baseline[] = ["centre-dot", "halftone-3x3"];
const AIMS: Readonly<Record<Level, number>> = { art: 0.15, balanced: 0.1, everywhere: 0.05 };

const { values } = parseArgs({
  options: {
    pictures: { type: "string" },
    payloads: { type: "string" },
    levels: { type: "string" },
    look: { type: "string", default: "photo" },
    json: { type: "boolean", default: false },
  },
});

interface Run {
  readonly picture: string;
  readonly payload: string;
  readonly level: Level;
  readonly made: Omit<MadeCode, "raster" | "drawing">;
  readonly baselines: Readonly<Record<Baseline, { ssim: number; verdict: Verdict }>>;
  readonly plain: Verdict;
}

const samples = JSON.parse(await readFile("public/samples/samples.json", "utf8")) as {
  name: string;
  file: string;
}[];
const pick = <T extends string>(all: readonly T[], asked: string | undefined): T[] =>
  all.filter((name) => !asked || asked.split(",").includes(name));
const look = pick(LOOKS, values.look)[0] as LookName;
const decoders = await loadDecoders();
const runs: Run[] = [];
const failures: string[] = [];
const judgeRaster = (raster: Raster, text: string) => judge(toGray(raster), text, decoders);

for (const { name, file } of samples.filter((s) => pick([s.name], values.pictures).length > 0)) {
  const picture = await fitPicture(
    await readFile(path.join("public/samples", file)),
    { x: 0.5, y: 0.5 },
    NOMINAL_PX,
  );
  for (const payload of pick(Object.keys(PAYLOADS) as (keyof typeof PAYLOADS)[], values.payloads)) {
    const text = PAYLOADS[payload];
    const known = new Map<string, Pick<Run, "baselines" | "plain">>();
    for (const level of pick(LEVELS, values.levels)) {
      try {
        const made = await makeCode(
          {
            ...{ text, picture, look, level, sizePx: NOMINAL_PX, version: "auto", ecc: "auto", seed: 1 },
            ...{ colours: { dark: "#1b1b2f", light: "#ffffff" }, cornerRadius: 0.5, logo: false },
          },
          decoders,
          { now: () => performance.now() },
        );
        const key = `${made.code.version}`;
        const beside = known.get(key) ?? (await judgeBeside(text, picture, made.code.version));
        known.set(key, beside);
        // Pictures are not kept: the memory that is printed is one job's, not all of them.
        const { raster: _raster, drawing: _drawing, ...kept } = made;
        runs.push({ picture: name, payload, level, made: kept, ...beside });
        if (!values.json) report(runs.at(-1)!);
      } catch (error) {
        failures.push(`${name} ${payload} ${level}: ${(error as Error).message}`);
        if (!values.json) console.log(`${name} ${payload} ${level}: ${(error as Error).message}`);
      }
    }
  }
}

async function judgeBeside(
  text: string,
  picture: Raster,
  version: number,
): Promise<Pick<Run, "baselines" | "plain">> {
  const plain = await judgeRaster(
    plainRaster(encode(text, { version, eci: needsEci(text) }), NOMINAL_PX),
    text,
  );
  const baselines = {} as Record<Baseline, { ssim: number; verdict: Verdict }>;
  for (const kind of BASELINES) {
    const { raster, grid } = drawBaseline(kind, text, picture, version, NOMINAL_PX);
    const wanted = toGray(resize(picture, grid.codePx, grid.codePx));
    const made = { width: grid.codePx, height: grid.codePx, data: new Uint8ClampedArray(grid.codePx ** 2) };
    const gray = toGray(raster);
    for (let y = 0; y < grid.codePx; y++) {
      const from = (y + grid.originPx) * NOMINAL_PX + grid.originPx;
      made.data.set(gray.data.subarray(from, from + grid.codePx), y * grid.codePx);
    }
    baselines[kind] = { ssim: ssim(wanted, made), verdict: await judgeRaster(raster, text) };
  }
  return { baselines, plain };
}

function report({ picture, payload, level, made, baselines }: Run): void {
  const { code, fidelity, verdict, timesMs } = made;
  const read = DECODERS.map((d) => verdict.byDecoder[d].read).join("/");
  console.log(
    `${picture.padEnd(12)} ${payload.padEnd(11)} ${level.padEnd(10)} ${code.version}-${code.ecc} ` +
      `SSIM ${fidelity?.ssim.toFixed(3)} (centre dot ${baselines["centre-dot"].ssim.toFixed(3)}) ` +
      `ΔE ${fidelity?.deltaE2000.toFixed(1)} read ${read} score ${verdict.score} ${Math.round(timesMs.total)} ms`,
  );
}

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
const survival = (verdicts: readonly Verdict[], decoder: DecoderName): number =>
  mean(verdicts.map((v) => v.byDecoder[decoder].read / v.byDecoder[decoder].of));
const summary = pick(LEVELS, values.levels).map((level) => {
  const of = runs.filter((run) => run.level === level);
  const ours = mean(of.map((run) => run.made.fidelity?.ssim ?? 0));
  const baseline = (kind: Baseline): number => mean(of.map((run) => run.baselines[kind].ssim));
  const verdicts = {
    ours: of.map((run) => run.made.verdict),
    plain: of.map((run) => run.plain),
    "centre-dot": of.map((run) => run.baselines["centre-dot"].verdict),
    "halftone-3x3": of.map((run) => run.baselines["halftone-3x3"].verdict),
  };
  return {
    level,
    codes: of.length,
    passed: of.filter(({ made, plain }) => passesLevel(level, made.verdict, plain).pass).length,
    ssim: ours,
    deltaE2000: mean(of.map((run) => run.made.fidelity?.deltaE2000 ?? 0)),
    centreDotSsim: baseline("centre-dot"),
    halftoneSsim: baseline("halftone-3x3"),
    gain: ours - baseline("centre-dot"),
    aim: AIMS[level],
    survival: Object.fromEntries(
      Object.entries(verdicts).map(([kind, list]) => [
        kind,
        Object.fromEntries(DECODERS.map((d) => [d, survival(list, d)])),
      ]),
    ),
    medianMs: {
      fitAndSketch: median(of.map((run) => run.made.timesMs.fit)),
      weave: median(of.map((run) => run.made.timesMs.draw)),
      jury: median(of.map((run) => run.made.timesMs.jury)),
      total: median(of.map((run) => run.made.timesMs.total)),
    },
    bySurvivalScene: Object.fromEntries(
      SCENES.map(({ name }) => [
        name,
        Object.fromEntries(
          DECODERS.map((d) => [
            d,
            mean(
              verdicts.ours.map((v) =>
                Number(v.cells.find((c) => c.decoder === d && c.scene === name)?.read),
              ),
            ),
          ]),
        ),
      ]),
    ),
  };
});
const peakMb = process.resourceUsage().maxRSS / 1024;

if (values.json) console.log(JSON.stringify({ look, summary, failures, peakMb }));
else {
  const percent = (share: unknown): string => `${Math.round((share as number) * 100)}%`;
  console.log(
    `\nLook ${look}, ${NOMINAL_PX} px; SSIM and ΔE2000 against the fitted picture, over the symbol`,
  );
  printTable(summary, {
    level: (s) => s.level,
    passed: (s) => `${s.passed}/${s.codes}`,
    SSIM: (s) => s.ssim.toFixed(3),
    "centre dot": (s) => s.centreDotSsim.toFixed(3),
    "halftone 3×3": (s) => s.halftoneSsim.toFixed(3),
    gain: (s) => s.gain.toFixed(3),
    aim: (s) => s.aim.toFixed(2),
    ΔE: (s) => s.deltaE2000.toFixed(1),
    "fit ms": (s) => s.medianMs.fitAndSketch.toFixed(0),
    "weave ms": (s) => s.medianMs.weave.toFixed(0),
    "jury ms": (s) => s.medianMs.jury.toFixed(0),
    "total ms": (s) => s.medianMs.total.toFixed(0),
  });
  for (const { level, survival: byKind, bySurvivalScene } of summary) {
    console.log(`\n${level}: share of scenes read`);
    printTable(Object.entries(byKind), {
      drawn: ([kind]) => kind,
      ...Object.fromEntries(
        DECODERS.map((d) => [d, ([, shares]: [string, Record<string, number>]) => percent(shares[d])]),
      ),
    });
    printTable(Object.entries(bySurvivalScene), {
      scene: ([scene]) => scene,
      ...Object.fromEntries(
        DECODERS.map((d) => [d, ([, shares]: [string, Record<string, number>]) => percent(shares[d])]),
      ),
    });
  }
  const misses = new Map<string, number>();
  for (const run of new Set(runs.map((r) => r.plain)))
    for (const cell of run.cells)
      if (!cell.read)
        misses.set(`${cell.decoder}:${cell.scene}`, (misses.get(`${cell.decoder}:${cell.scene}`) ?? 0) + 1);
  console.log(
    `\nThe jury's own failures on plain codes: ${[...misses].map(([cell, n]) => `${cell} ×${n}`).join(", ") || "none"}`,
  );
  console.log(`Peak memory of this process: ${peakMb.toFixed(0)} MB`);
  if (failures.length > 0) console.log(`Not delivered:\n  ${failures.join("\n  ")}`);
}
process.exitCode = failures.length > 0 ? 1 : 0;
