import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type AppServer, startApp } from "../support/app-server";
import { makeFullGallery } from "../support/full-gallery";
import { arrive, open, PASSWORD, signIn } from "./person";

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
      if ((await target.count()) === 0) await page.mouse.wheel(0, 600);
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
