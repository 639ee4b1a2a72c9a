import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { Person } from "./person";

// What a person does on the studio page, in both languages.

const WORDS = {
  make: /^(Make it|做出来)$/,
  text: /^(Link or text|链接或文字)$/,
  download: /^(Download|下载)$/,
} as const;

/** Writes into the first form; what stood there is replaced. */
export const write = (page: Page, text: string) => page.getByRole("textbox", { name: WORDS.text }).fill(text);

/** Chooses one of the cards: a look, a sample, or how easily the code should scan. */
export const choose = (page: Page, name: string | RegExp) => page.getByRole("radio", { name }).check();

export const press = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: true }).click();

export const startMaking = (page: Page) => page.getByRole("button", { name: WORDS.make }).click();

/** Far more than a code takes, for machines that are busy with something else. */
export const MAKING_MS = 180_000;

/** Makes the code and waits until it is shown with its verdict. @returns the code's id. */
export async function make(page: Page): Promise<string> {
  await startMaking(page);
  return finishedCode(page);
}

/** Waits for a finished code on the page, other than `before`. @returns its id. */
export async function finishedCode(page: Page, before = "none"): Promise<string> {
  const picture = page.locator(`img[src*="/file?v="]:not([src*="${before}"])`);
  const refusal = page.getByRole("main").getByRole("alert");
  await picture.or(refusal).waitFor({ timeout: MAKING_MS });
  if ((await refusal.count()) > 0) throw new Error(`no code was made: ${await refusal.textContent()}`);
  await page.locator("#verdict-title").waitFor();
  const id = /pictures\/([0-9a-f-]{36})\/file/.exec((await picture.getAttribute("src")) ?? "")?.[1];
  expect(id).toBeDefined();
  return id!;
}

/** A code without a picture: the quickest to make, where a test is about something else. */
export async function makeClassic(person: Person, text: string): Promise<string> {
  const { page } = person;
  await page.goto(person.appUrl, { waitUntil: "networkidle" });
  await write(page, text);
  await choose(page, /^(Classic|经典)$/);
  return make(page);
}

/** What the preview's canvas shows, as data. */
export const previewPixels = (page: Page): Promise<string> =>
  page
    .getByRole("img", { name: /^(Live preview of your code|二维码的实时预览)$/ })
    .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());

/** Opens the download form, once. */
export const openDownloads = (page: Page) => page.getByRole("button", { name: WORDS.download }).click();

/** Saves the finished code in a format that the open download form offers. */
export async function save(page: Page, format: string): Promise<{ bytes: Buffer; name: string }> {
  await page.getByRole("combobox", { name: "Format" }).click();
  await page.getByRole("option", { name: new RegExp(`^${format}\\b`) }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download", { timeout: MAKING_MS }),
    page.getByRole("link", { name: "Save" }).click(),
  ]);
  return { bytes: await readFile(await download.path()), name: download.suggestedFilename() };
}
