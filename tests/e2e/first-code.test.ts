import { expect, test } from "vitest";
import { arrive, open } from "./person";
import { readCode, saying } from "./read-code";
import { choose, finishedCode, make, openDownloads, press, previewPixels, save, write } from "./studio-hands";

const LINK = "https://example.com/menu?table=7";

test("a guest makes a code, takes it away in every format, and finds it in the gallery", async () => {
  const person = await arrive();
  const { page, context, appUrl } = person;
  await open(person, "/");

  const first = await previewPixels(page);
  await write(page, LINK);
  await choose(page, "A ginger tabby cat looks straight at you");
  await choose(page, "Halftone");
  await expect.poll(() => previewPixels(page), { timeout: 20_000 }).not.toBe(first);

  await press(page, "Make it");
  await page.getByRole("progressbar", { name: "Progress" }).waitFor();
  const id = await finishedCode(page);
  expect(await page.locator("#verdict-title").textContent()).toBe("It scans well");
  await press(page, "Show every test");
  await page.getByRole("row", { name: /^Tilted by 30°/ }).waitFor();

  await openDownloads(page);
  for (const format of ["PNG", "WebP", "JPEG", "SVG"]) {
    const file = await save(page, format);
    expect(file.name).toMatch(new RegExp(`\\.${format === "JPEG" ? "jpe?g" : format}$`, "i"));
    expect(await readCode(file.bytes), format).toEqual(saying(LINK));
  }
  const pdf = (await save(page, "PDF")).bytes.toString("latin1");
  expect(pdf.startsWith("%PDF-")).toBe(true);
  expect(pdf.trimEnd().endsWith("%%EOF")).toBe(true);
  await page.keyboard.press("Escape");

  await page.getByText("Before / after").click();
  const curtain = page.getByRole("slider", { name: "Move between before and after" });
  await curtain.press("ArrowRight");
  expect(await curtain.inputValue()).toBe("51");
  await page.getByText("What changed").click();
  await page
    .getByText(/^Marked is everything that became lighter or darker: \d+% of the picture\.$/)
    .waitFor();

  await press(page, "Make another like this");
  const another = await finishedCode(page, id);
  const bytesOf = async (code: string) =>
    (await context.request.get(`${appUrl}/api/pictures/${code}/file`)).body();
  const [one, two] = [await bytesOf(id), await bytesOf(another)];
  expect(one.equals(two)).toBe(false);
  expect(await readCode(two)).toEqual(saying(LINK));

  // A reload loses nothing: neither what is on the table nor what was made.
  await page.reload({ waitUntil: "networkidle" });
  expect(await finishedCode(page)).toBe(another);
  expect(await page.getByRole("textbox", { name: "Link or text" }).inputValue()).toBe(LINK);
  await page.getByRole("link", { name: "Open in the gallery" }).click();
  const tiles = page.getByRole("button", { name: /^Open / });
  await expect.poll(() => tiles.count(), { timeout: 15_000 }).toBe(2);
  await page.reload();
  await expect.poll(() => tiles.count(), { timeout: 15_000 }).toBe(2);
});

test("a Wi-Fi form becomes what phones join a network by, and its password stays out of the browser", async () => {
  const person = await arrive();
  const { page } = person;
  await open(person, "/");
  await page.getByRole("tab", { name: "Wi-Fi" }).click();
  await page.getByRole("textbox", { name: "Network name" }).fill("Café; Nord");
  await page.getByRole("textbox", { name: "Password" }).fill('quiet:"tiles"');
  await choose(page, "Classic");
  await make(page);
  await openDownloads(page);
  const { bytes } = await save(page, "PNG");
  expect(await readCode(bytes)).toEqual(saying('WIFI:T:WPA;S:Café\\; Nord;P:quiet\\:\\"tiles\\";;'));
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  expect(stored).toContain("Nord");
  expect(stored).not.toContain("tiles");
});

test("the photo look keeps the picture's colours and can still be read from the file", async () => {
  const person = await arrive({ locale: "zh-CN" });
  const { page, context, appUrl } = person;
  await open(person, "/");
  await write(page, "山高水长,云淡风轻");
  const id = await make(page);
  expect(await page.locator("#verdict-title").textContent()).toBe("很好扫");
  const file = await context.request.get(`${appUrl}/api/codes/${id}/export?format=png&size=512`);
  expect(await readCode(await file.body())).toEqual(saying("山高水长,云淡风轻"));
  // Photos are pixels: no drawing is offered, and none is made.
  expect((await context.request.get(`${appUrl}/api/codes/${id}/export?format=svg`)).status()).toBe(422);
});
