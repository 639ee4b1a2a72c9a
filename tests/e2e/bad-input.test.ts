import type { Page } from "playwright-core";
import sharp from "sharp";
import { expect, test } from "vitest";
import { arrive, open } from "./person";
import { choose, make, press, write } from "./studio-hands";

const JPEG = sharp({
  create: {
    ...{ width: 640, height: 480, channels: 3, background: "#4a7" },
    noise: { type: "gaussian", mean: 128, sigma: 30 },
  },
})
  .jpeg()
  .toBuffer();

async function upload(page: Page, name: string, mimeType: string, buffer: Buffer): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.locator("button", { hasText: /^(Choose a picture|选一张图片)$/ }).click(),
  ]);
  await chooser.setFiles({ name, mimeType, buffer });
}

const BAD = {
  "a text file named .png": {
    name: "list.png",
    bytes: async () => Buffer.from("bread, milk, a new tilt shift lens\n".repeat(50)),
    en: "This file is not a picture we can open. Use JPEG, PNG, WebP, AVIF, HEIC or GIF.",
    zh: "这个文件不是可以打开的图片。请使用 JPEG、PNG、WebP、AVIF、HEIC 或 GIF。",
  },
  "an SVG drawing": {
    name: "drawing.svg",
    bytes: async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"/>'),
    en: "SVG drawings are not accepted: save the drawing as PNG first.",
    zh: "不接受 SVG 图形：请先另存为 PNG。",
  },
  "a photo that is cut off": {
    name: "half.jpg",
    bytes: async () => (await JPEG).subarray(0, 9_000),
    en: "The picture is damaged or cut off and cannot be opened.",
    zh: "图片已损坏或不完整，无法打开。",
  },
} as const;

test.each(["en", "zh"] as const)("bad files are refused in the reader's words (%s)", async (language) => {
  const person = await arrive({ locale: language === "en" ? "en-US" : "zh-CN" });
  person.expectComplaint(/Failed to load resource.*(415|422)/);
  // The page lets go of its own copy of a refused file, which the browser may still be trying to decode.
  person.expectComplaint(/net::ERR_FILE_NOT_FOUND/);
  await open(person, "/");
  for (const [kind, { name, bytes, [language]: message }] of Object.entries(BAD)) {
    await upload(person.page, name, "image/png", await bytes());
    const alert = person.page.getByRole("main").getByRole("alert");
    await alert.waitFor();
    expect(await alert.textContent(), kind).toContain(message);
    await press(person.page, /^(Dismiss|知道了)$/);
    await alert.waitFor({ state: "detached" });
  }
  const { pictures } = await (await person.context.request.get(`${person.appUrl}/api/pictures`)).json();
  expect(pictures).toEqual([]);
});

test("a photo of one's own goes in by the file chooser and is kept for the next time", async () => {
  const person = await arrive();
  const { page, context, appUrl } = person;
  await open(person, "/");
  const uploaded = page.waitForResponse(
    (response) => response.request().method() === "POST" && response.url().endsWith("/api/pictures"),
  );
  await upload(page, "holiday.jpg", "image/jpeg", await JPEG);
  expect((await uploaded).status()).toBe(201);
  await page.getByText("Which part, left to right").waitFor();
  await choose(page, "Dots");
  const id = await make(page);
  const { picture } = await (await context.request.get(`${appUrl}/api/pictures/${id}`)).json();
  expect(picture.settings.picture).toMatchObject({ from: "gallery" });
  await press(page, "From the gallery");
  await page.getByRole("dialog", { name: "Your pictures" }).getByRole("button", { name: "holiday" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
});

test("a text that no code can hold says by how much, before anything is made", async () => {
  const person = await arrive();
  const { page } = person;
  await open(person, "/");
  await write(page, "x".repeat(3_000));
  await page
    .getByText("The text is 47 bytes too long: this code holds at most 2953 bytes.")
    .first()
    .waitFor();
  const button = page.getByRole("button", { name: "Make it" });
  expect(await button.getAttribute("aria-disabled")).toBe("true");
  await write(page, "");
  await page.getByText("Tell the code what to say").first().waitFor();
  expect(await button.getAttribute("aria-disabled")).toBe("true");
  await button.press("Enter");
  expect(await page.getByRole("progressbar", { name: "Progress" }).count()).toBe(0);
});
