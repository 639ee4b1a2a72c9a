import path from "node:path";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { closeDatabase, sql } from "@/lib/db/client";
import { forgetEnv } from "@/lib/env";
import { ensureBuild } from "@/scripts/ensure.mjs";
import { removeData, startApp } from "@/tests/support/app-server";
import { openBrowser } from "@/tests/support/chromium";
import { dropFiles } from "@/tests/support/drop-files";
import { tagWords } from "@/training/world/tag-words";
import { percentile, printTable } from "../kit/table";
import { type Drawing, drawWorld } from "../seedling/drawings";
import { valuesAt } from "../seedling/measures";

const [SIDE, TEST_SEED] = [256, 2];
/** Of the things that are drawn most often, so many are looked for, in both languages. */
const ASKED = 20;
const [POLL_MS, PATIENCE_MS] = [500, 60 * 60_000];

export interface Thousand {
  readonly pictures: number;
  /** From the drop until all are in the gallery, until all were looked at, seconds. */
  readonly thereSeconds: number;
  readonly seenSeconds: number;
  /** How long frames took meanwhile, and the share of the time in those beyond 50 ms. */
  readonly frameP95Ms: number;
  readonly stutter: number;
  /** Tiles in the page, at most. */
  readonly mostTiles: number;
  /** Pictures in the database with their bytes and vectors, and those with at least one tag. */
  readonly kept: number;
  readonly tagged: number;
  readonly found: readonly FoundInLanguage[];
}

export interface FoundInLanguage {
  readonly language: "en" | "zh";
  readonly words: number;
  /** Words for which something stood above the line, and for which the first picture shows the thing. */
  readonly answered: number;
  readonly firstRight: number;
  /** Of all pictures above the line, the share that shows the thing. */
  readonly right: number;
  /** From asking until the answer is on the screen. */
  readonly p50Ms: number;
}

/** Drops drawings that Seedling never saw onto a fresh app's gallery, in Chromium, and looks for what is in them. */
export async function measureThousand(count: number, folder: string): Promise<Thousand> {
  await ensureBuild();
  const drawings = await drawWorld(path.join(folder, `test-${SIDE}`), {
    ...{ size: SIDE, count, split: "test", seed: TEST_SEED },
  });
  const files = await Promise.all(
    drawings.map(async ({ picture }, i) => ({ name: titleOf(i), bytes: await jpegOf(picture) })),
  );
  const app = await startApp({ env: { LOG_LEVEL: "warn" } });
  const context = await openBrowser({ viewport: { width: 1440, height: 900 }, locale: "en-US" });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(`${app.url}/gallery`, { waitUntil: "networkidle" });
    await watchFrames(page);
    const began = performance.now();
    const seconds = () => (performance.now() - began) / 1000;
    await dropFiles(page, files);
    const panel = page.getByRole("region", { name: "Pictures on their way" });
    await panel
      .getByText(/added$/)
      .first()
      .waitFor({ timeout: PATIENCE_MS });
    const thereSeconds = seconds();
    const frames = await page.evaluate(() => window.benchFrames!);
    const waiting = async () =>
      (await (await context.request.get(`${app.url}/api/pictures/search?words=x`)).json()).waiting as number;
    while ((await waiting()) > 0) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const seenSeconds = seconds();
    const found = [];
    for (const language of ["en", "zh"] as const)
      found.push(await lookFor(page, `${app.url}/gallery`, language, drawings));
    await context.close();
    await app.stop();
    const late = frames.times.filter((ms) => ms > 50).reduce((sum, ms) => sum + ms, 0);
    return {
      ...{ pictures: count, thereSeconds, seenSeconds, found },
      frameP95Ms: percentile(frames.times, 95),
      stutter: late / frames.times.reduce((sum, ms) => sum + ms, 0),
      mostTiles: frames.mostTiles,
      ...(await countKept(app.dataDir)),
    };
  } finally {
    await context.close();
    await app.stop();
    await removeData(app);
  }
}

const titleOf = (i: number): string => `${String(i).padStart(4, "0")}.jpg`;

const jpegOf = ({ width, height, data }: Drawing["picture"]): Promise<Buffer> =>
  sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();

interface Frames {
  readonly times: number[];
  mostTiles: number;
}

declare global {
  interface Window {
    benchFrames?: Frames;
  }
}

const watchFrames = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const frames = { times: [] as number[], mostTiles: 0 };
    window.benchFrames = frames;
    // Nothing in here may have a name: what gives names their functions does not come along into the page.
    void (async () => {
      for (let before = performance.now(); ; ) {
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
        frames.times.push(now - before);
        frames.mostTiles = Math.max(frames.mostTiles, document.querySelectorAll("main img").length);
        before = now;
      }
    })();
  });

/** Types words into the gallery's address and reads which pictures the page shows above its line. */
async function lookFor(
  page: Page,
  gallery: string,
  language: "en" | "zh",
  drawings: readonly Drawing[],
): Promise<FoundInLanguage> {
  const shown = drawings.map(({ kind, record }) => new Set(valuesAt({ kind, ...record }, ["things", "id"])));
  const times: number[] = [];
  let [answered, firstRight, matches, right] = [0, 0, 0, 0];
  const things = commonest(shown);
  for (const thing of things) {
    const words = tagWords("things.id", thing)![language];
    const began = performance.now();
    await page.goto(`${gallery}?q=${encodeURIComponent(words)}`, { waitUntil: "commit" });
    await page
      .getByRole("status")
      .filter({ hasText: `“${words}”` })
      .first()
      .waitFor();
    times.push(performance.now() - began);
    const status = await page
      .getByRole("status")
      .filter({ hasText: `“${words}”` })
      .first()
      .innerText();
    const count = Number(/^([\d,]+) pictures? match/.exec(status)?.[1]?.replaceAll(",", "") ?? 0);
    const names = await page
      .getByRole("button", { name: /^Open \d{4}$/ })
      .evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")!.slice("Open ".length)));
    const strong = names.slice(0, count).map((name) => shown[Number(name)]!.has(thing));
    if (strong.length > 0) answered++;
    if (strong[0]) firstRight++;
    matches += strong.length;
    right += strong.filter(Boolean).length;
  }
  const facts = { language, words: things.length, answered, firstRight };
  return { ...facts, right: matches > 0 ? right / matches : 0, p50Ms: percentile(times, 50) };
}

function commonest(shown: readonly ReadonlySet<string>[]): string[] {
  const counts = new Map<string, number>();
  for (const things of shown) for (const thing of things) counts.set(thing, (counts.get(thing) ?? 0) + 1);
  const named = [...counts].filter(([thing]) => tagWords("things.id", thing));
  return named
    .sort(([, a], [, b]) => b - a)
    .slice(0, ASKED)
    .map(([thing]) => thing);
}

/** Of the stopped app's database. */
async function countKept(dataDir: string): Promise<Pick<Thousand, "kept" | "tagged">> {
  process.env.DATA_DIR = dataDir;
  delete process.env.DATABASE_URL;
  forgetEnv();
  try {
    const { rows } = await sql(
      `SELECT count(*)::int AS kept, count(*) FILTER (WHERE EXISTS (
         SELECT 1 FROM "PictureTag" t WHERE t."pictureId" = p."id"
       ))::int AS tagged
       FROM "Picture" p JOIN "PictureVector" v ON v."pictureId" = p."id" AND v."vector" IS NOT NULL`,
    );
    return { kept: Number(rows[0]!.kept), tagged: Number(rows[0]!.tagged) };
  } finally {
    await closeDatabase();
  }
}

export function printThousand(row: Thousand): void {
  console.log("\nDrawings that Seedling never saw, dropped onto the gallery of a fresh app in Chromium");
  printTable([row], {
    pictures: (row) => `${row.pictures}`,
    "all there after s": (row) => row.thereSeconds.toFixed(0),
    "all seen after s": (row) => row.seenSeconds.toFixed(0),
    kept: (row) => `${row.kept}`,
    tagged: (row) => `${row.tagged}`,
    "frame p95 ms": (row) => row.frameP95Ms.toFixed(0),
    "time in frames beyond 50 ms": (row) => `${(100 * row.stutter).toFixed(1)} %`,
    "tiles at most": (row) => `${row.mostTiles}`,
  });
  printTable(row.found, {
    language: (row) => row.language,
    "things looked for": (row) => `${row.words}`,
    "something above the line": (row) => `${row.answered}`,
    "first is right": (row) => `${row.firstRight}`,
    "right above the line": (row) => `${(100 * row.right).toFixed(0)} %`,
    "answer on screen p50 ms": (row) => row.p50Ms.toFixed(0),
  });
}
