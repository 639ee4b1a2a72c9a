import { rm } from "node:fs/promises";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { PicturePage } from "@/lib/pictures/list-pictures";
import { type AppServer, startApp } from "../support/app-server";
import { makeFullGallery } from "../support/full-gallery";
import { arrive, open, PASSWORD, type Person, signIn } from "./person";

const COUNT = 2_000;

let app: AppServer;
let email: string;

beforeAll(async () => {
  const full = await makeFullGallery(COUNT, { password: PASSWORD });
  email = full.email;
  // Nothing is to be looked at meanwhile.
  app = await startApp({ dataDir: full.dataDir, env: { JOB_CONCURRENCY: "0" } });
}, 120_000);
afterAll(async () => {
  await app.stop();
  await rm(app.dataDir, { recursive: true, force: true });
});

async function visit(screen: "desktop" | "phone" = "desktop") {
  const person = await arrive({ appUrl: app.url, screen });
  await signIn(person, email);
  await open(person, "/gallery");
  const { page } = person;
  const tiles = page.getByRole("button", { name: /^Open number/ });
  return { person, page, tiles };
}

test("a long gallery is all there, month by month, though little of it is in the page at a time", async () => {
  const { page, tiles } = await visit();
  await page.getByRole("heading", { name: "February 2026" }).waitFor();
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  expect(whole).toBeGreaterThan(50_000);

  const seen = new Set<string>();
  let most = 0;
  for (let at = 0, height = whole; at < height; at += 700) {
    await page.evaluate((y) => window.scrollTo(0, y), at);
    const missing = page.locator("[class*=waiting]");
    await vi.waitFor(async () => expect(await missing.count()).toBe(0), { timeout: 10_000, interval: 30 });
    const names = await tiles.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")!));
    most = Math.max(most, names.length);
    for (const name of names) seen.add(name);
    height = await page.evaluate(() => document.documentElement.scrollHeight);
  }
  expect(seen.size).toBe(COUNT);
  expect(most).toBeLessThan(400);
});

/** Where tiles are, by name. */
const placesOf = (tiles: Locator) =>
  tiles.evaluateAll((all) =>
    all.map((one) => {
      const { left, top, right, bottom } = one.getBoundingClientRect();
      const place = [left, top, right, bottom].map((edge) => Math.round(edge));
      return [one.getAttribute("aria-label")!, place] as [string, [number, number, number, number]];
    }),
  );

test("each picture is in the page once, in its place, before any script has come", async () => {
  const { person, page, tiles } = await visit("phone");
  const withScripts = await placesOf(tiles);
  person.expectComplaint(/net::ERR_FAILED/);
  await page.route("**/*.js", (route) => route.abort());
  await page.reload();
  await tiles.first().waitFor();
  const served = await placesOf(tiles);
  expect(served.length).toBeGreaterThan(20);
  expect(new Set(served.map(([name]) => name)).size).toBe(served.length);
  const later = new Map(withScripts);
  for (const [name, place] of served) if (later.has(name)) expect(place, name).toEqual(later.get(name));
  expect(served.filter(([name]) => later.has(name)).length).toBeGreaterThan(20);

  // Nobody has measured yet on a first visit: rows are full and level all the same.
  await page.context().clearCookies({ name: "grid-width" });
  await page.reload();
  await tiles.first().waitFor();
  const flowing = await placesOf(tiles);
  expect(flowing.map(([name]) => name)).toEqual(served.map(([name]) => name));
  const tops = [...new Set(flowing.slice(0, 12).map(([, [, top]]) => top))];
  const rows = tops.map((top) => flowing.filter(([, place]) => place[1] === top));
  const right = Math.max(...served.map(([, [, , edge]]) => edge));
  for (const row of rows.slice(0, -1)) {
    const height = row[0]![1][3] - row[0]![1][1];
    if (height < 299) expect(Math.abs(row.at(-1)![1][2] - right)).toBeLessThanOrEqual(1);
    const bottoms = row.map(([, [, , , bottom]]) => bottom);
    expect(Math.max(...bottoms) - Math.min(...bottoms)).toBeLessThanOrEqual(1);
  }
});

test("any month is one step away, and the pictures can be ordered by when they were taken", async () => {
  const { page } = await visit("phone");
  await page.getByRole("button", { name: "Timeline" }).click();
  const year = page
    .getByRole("region")
    .or(page.locator("section"))
    .filter({ has: page.getByRole("heading", { name: "2025", exact: true }) });
  await year.getByRole("button", { name: /^May/ }).click();
  const heading = page.getByRole("heading", { name: "May 2025" });
  await heading.waitFor();
  await vi.waitFor(async () => {
    const box = await heading.boundingBox();
    expect(box!.y).toBeGreaterThanOrEqual(0);
    expect(box!.y).toBeLessThan(200);
  });
  await page.getByRole("button", { name: "Timeline" }).click();
  await page.getByText("when taken").click();
  await page.waitForURL(/order=taken/);
  await page.getByRole("button", { name: "Timeline" }).click();
  await page.getByRole("heading", { name: "2024", exact: true }).waitFor();
});

test("the viewer goes on from what is here to what is not yet", async () => {
  const { page, tiles } = await visit();
  await tiles.last().scrollIntoViewIfNeeded();
  await tiles.last().click();
  const number = async () => {
    const name = await page.locator(".yarl__slide_current img").getAttribute("alt");
    return Number(name!.replace("number ", ""));
  };
  const began = await number();
  for (let step = 1; step <= 70; step++) {
    await page.getByRole("button", { name: "Next picture" }).click();
    await vi.waitFor(async () => expect(await number()).toBe(began + step), {
      timeout: 10_000,
      interval: 20,
    });
  }
});

test("a range is chosen whole, also where it was never seen", async () => {
  const { page, tiles } = await visit();
  await page.getByRole("button", { name: "Select", exact: true }).click();
  await page.getByRole("button", { name: "Select number 3", exact: true }).first().click();
  await page.evaluate(() => window.scrollTo(0, 20_000));
  const far = page.getByRole("button", { name: /^Select number/ });
  await vi.waitFor(async () => expect(await far.count()).toBeGreaterThan(0));
  const target = page.locator("button[aria-label='Select number 900']");
  await vi.waitFor(
    async () => {
      // Slowly enough that what is passed comes.
      if ((await page.locator("[class*=waiting]").count()) === 0 && (await target.count()) === 0)
        await page.mouse.wheel(0, 600);
      expect(await target.count()).toBeGreaterThan(0);
    },
    { timeout: 60_000, interval: 60 },
  );
  await target.first().click({ modifiers: ["Shift"] });
  await page.getByText("898 selected").waitFor();
  await page.getByRole("button", { name: "Select all" }).click();
  await page.getByText("1,000 selected").waitFor();
  expect(await tiles.count()).toBe(0);
});

test("what cannot be brought is told, and the choice stays as it was", async () => {
  const { person, page } = await visit();
  person.expectComplaint(/net::ERR_FAILED/);
  await page.route("**/api/pictures/timeline/section*", (route) => route.abort());
  await page.getByRole("button", { name: "Select", exact: true }).click();
  await page.getByRole("button", { name: "Select number 3", exact: true }).first().click();
  await page.getByRole("button", { name: "Select all" }).click();
  await page.getByRole("alert").first().waitFor();
  await page.getByText(/^[1-9]\d* selected$/).waitFor();
});

/** An album of so many pictures of the full gallery, numbered from 1. */
async function longAlbum({ page }: Person, count: number): Promise<string> {
  const { request } = page.context();
  const ids: string[] = [];
  for (let cursor: string | null = ""; cursor !== null && ids.length < count; ) {
    const at = `${app.url}/api/pictures?count=100${cursor && `&cursor=${cursor}`}`;
    const listed: PicturePage = await (await request.get(at)).json();
    ids.push(...listed.pictures.filter(({ title }) => title.startsWith("number")).map(({ id }) => id));
    cursor = listed.nextCursor;
  }
  const { album } = await (await request.post(`${app.url}/api/albums`, { data: { title: "Long" } })).json();
  const added = await request.post(`${app.url}/api/albums/${album.id}/pictures`, {
    data: { ids: ids.slice(0, count) },
  });
  expect(await added.json()).toEqual({ added: count });
  return `/albums/${album.id}`;
}

test("of a long album little is in the page at a time, and a picture is dragged from one part of it to another", async () => {
  const { person, page, tiles } = await visit();
  await open(person, await longAlbum(person, 400));
  const names = () => tiles.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")!));
  const seen = new Set<string>();
  let most = 0;
  const end = page.getByRole("button", { name: "Open number 400", exact: true });
  await vi.waitFor(
    async () => {
      const now = await names();
      most = Math.max(most, now.length);
      for (const name of now) seen.add(name);
      if ((await end.count()) === 0) await page.mouse.wheel(0, 500);
      expect(await end.count()).toBe(1);
    },
    { timeout: 60_000, interval: 40 },
  );
  for (const name of await names()) seen.add(name);
  expect(seen.size).toBe(400);
  expect(most).toBeLessThan(260);

  // The last of the first part, and the first of the second.
  await page.evaluate(() => window.scrollTo(0, 0));
  const last = page.getByRole("button", { name: "Open number 60", exact: true });
  await vi.waitFor(
    async () => {
      if ((await last.count()) === 0) await page.mouse.wheel(0, 200);
      await last.scrollIntoViewIfNeeded({ timeout: 1_000 });
    },
    { timeout: 20_000, interval: 40 },
  );
  const kept = page.waitForResponse((response) => response.request().method() === "PATCH");
  await last.hover();
  await page.mouse.down();
  const to = (await page.getByRole("button", { name: "Open number 62", exact: true }).boundingBox())!;
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 12 });
  await page.locator("[data-drop=after]:has([aria-label='Open number 62'])").waitFor();
  await page.mouse.up();
  expect((await kept).status()).toBe(204);
  const order = async () => {
    const all = await names();
    return all.slice(all.indexOf("Open number 59"), all.indexOf("Open number 59") + 5);
  };
  await expect.poll(order).toEqual(["59", "61", "62", "60", "63"].map((number) => `Open number ${number}`));
});

test("a month keeps its name when all of its first pictures go", async () => {
  const { page } = await visit();
  const february = page.getByRole("heading", { name: "February 2026" });
  await page.getByRole("button", { name: "Select", exact: true }).click();
  await page.getByRole("button", { name: "Select number 1", exact: true }).first().click();
  const last = page.getByRole("button", { name: "Select number 60", exact: true }).first();
  await last.click({ modifiers: ["Shift"] });
  await page.getByText("60 selected").waitFor();
  await page.getByRole("button", { name: "Trash", exact: true }).click();
  await page.getByText("60 pictures are in the trash").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Open number 61", exact: true }).waitFor();
  expect(await february.count()).toBe(1);
  const [name, next] = await Promise.all([
    february.boundingBox(),
    page.getByRole("button", { name: "Open number 61", exact: true }).boundingBox(),
  ]);
  expect(name!.y).toBeLessThan(next!.y);
  expect(next!.y - name!.y).toBeLessThan(120);
  // What came next has moved up, no further.
  expect(next!.y).toBeGreaterThan(0);
  expect(next!.y).toBeLessThan(900);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Open number 1", exact: true }).waitFor();
  expect(await february.count()).toBe(1);
});
