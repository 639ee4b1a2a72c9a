import { rm } from "node:fs/promises";
import type { Page } from "playwright-core";
import { ensureBuild } from "@/scripts/ensure.mjs";
import { startApp } from "@/tests/support/app-server";
import { openBrowser } from "@/tests/support/chromium";
import { makeFullGallery } from "@/tests/support/full-gallery";
import { percentile } from "../kit/table";

const PASSWORD = "four quiet tiles";
/** As fast as one flicks: CSS pixels a second, for so long, from so many places. */
const [SPEED, SECONDS, PLACES] = [2_500, 6, 4];
/** At 60 frames a second one takes 17 ms; who sees none for this long calls it a stutter. */
const STUTTER_MS = 50;
const ROUNDS = 15;

export interface Scrolling {
  readonly pictures: number;
  /** Of the page's HTML, up to the last byte. */
  readonly pageP50Ms: number;
  /** From asking for the page until a picture in it has come. */
  readonly firstPictureMs: number;
  /** Of the whole gallery, CSS pixels. */
  readonly height: number;
  readonly frames: number;
  readonly frameP50Ms: number;
  readonly frameP95Ms: number;
  readonly frameP99Ms: number;
  /** Share of the time that frames beyond 50 ms took. */
  readonly stutter: number;
  /** Tiles in the page, at most. */
  readonly mostTiles: number;
}

/** How a gallery of so many pictures opens and scrolls, in Chromium without a GPU. */
export async function measureScrolling(pictures: number): Promise<Scrolling> {
  await ensureBuild();
  const { dataDir, email } = await makeFullGallery(pictures, { password: PASSWORD, hours: 1 });
  const app = await startApp({ dataDir, env: { JOB_CONCURRENCY: "0", LOG_LEVEL: "warn" } });
  const context = await openBrowser({ viewport: { width: 1440, height: 900 } });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(`${app.url}/account`, { waitUntil: "networkidle" });
    await page.getByLabel("E-mail").fill(email);
    await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForURL(/\/gallery$/);
    const times: number[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      const began = performance.now();
      await (await context.request.get(`${app.url}/gallery`)).body();
      times.push(performance.now() - began);
    }
    const began = performance.now();
    await page.goto(`${app.url}/gallery`);
    await page.waitForFunction(() =>
      [...document.querySelectorAll("main img")].some((one) => (one as HTMLImageElement).naturalWidth > 0),
    );
    const firstPictureMs = performance.now() - began;
    await page.waitForLoadState("networkidle");
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    const runs = [];
    for (let place = 0; place < PLACES; place++) runs.push(await flick(page, (height * place) / PLACES));
    const frames = runs.flatMap(({ frames }) => frames);
    const late = frames.filter((ms) => ms > STUTTER_MS).reduce((sum, ms) => sum + ms, 0);
    return {
      ...{ pictures, height, firstPictureMs, pageP50Ms: percentile(times, 50), frames: frames.length },
      ...{
        frameP50Ms: percentile(frames, 50),
        frameP95Ms: percentile(frames, 95),
        frameP99Ms: percentile(frames, 99),
      },
      stutter: late / frames.reduce((sum, ms) => sum + ms, 0),
      mostTiles: Math.max(...runs.map(({ mostTiles }) => mostTiles)),
    };
  } finally {
    await context.close();
    await app.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Scrolls evenly from a place on, and notes how long every frame took. */
const flick = (page: Page, from: number): Promise<{ frames: number[]; mostTiles: number }> =>
  page.evaluate(
    async ({ from, speed, seconds }) => {
      window.scrollTo(0, from);
      const frames: number[] = [];
      let [began, before, mostTiles] = [0, 0, 0];
      while (before - began < seconds * 1000 || began === 0) {
        // Nothing in here may have a name: what gives names their functions does not come along into the page.
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
        if (began === 0) began = now;
        else frames.push(now - before);
        before = now;
        window.scrollTo(0, from + ((now - began) / 1000) * speed);
        mostTiles = Math.max(mostTiles, document.querySelectorAll("main img").length);
      }
      return { frames, mostTiles };
    },
    { from, speed: SPEED, seconds: SECONDS },
  );
