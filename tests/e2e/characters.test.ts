import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { arrive, open } from "./person";
import { choose, MAKING_MS, press } from "./studio-hands";

test("an album of a character fills page by page; a page is drawn anew, the locked ones stay", async () => {
  const person = await arrive();
  const { page } = person;
  await open(person, "/create/characters");
  await choose(page, "Luna");
  await choose(page, /^My own scenes/);
  await page
    .getByRole("textbox", { name: "One scene a line" })
    .fill(
      "smiling, in front of a forest at sunset\n\nin front of the open sea on a sunny day\nin a cosy room",
    );
  // Scenes come again until there are as many pictures as were chosen.
  await page.getByRole("slider", { name: "12 pictures" }).press("Home");
  await choose(page, "Mosaic");
  const weight = page.getByRole("slider", { name: "How much of the style" });
  await weight.press("Home");
  for (let i = 0; i < 4; i++) await weight.press("ArrowRight");
  const asked = page.waitForRequest(
    (request) => !!request.postData()?.includes('"style":{"name":"mosaic","weight":0.2}'),
  );
  await press(page, "Make an album of 8 pictures");
  await asked;

  const pages = page.getByRole("list", { name: "The album’s pictures" }).getByRole("img");
  await pages.first().waitFor({ timeout: MAKING_MS });
  const openAlbum = page.getByRole("link", { name: "Open the album" });
  await page.getByText("Luna is recognisable in").waitFor({ timeout: MAKING_MS });
  await expect.poll(() => pages.count()).toBe(8);
  const sources = () => pages.evaluateAll((all) => all.map((one) => one.getAttribute("src")));
  const before = await sources();
  const titles = await pages.evaluateAll((all) => all.map((one) => one.getAttribute("alt")));
  expect(titles[1]).toBe("Luna · in front of the open sea on a sunny day");

  const changed = () => page.waitForResponse((response) => response.request().method() === "PATCH");
  const named = changed();
  await page
    .getByRole("button", { name: /^Change the caption .*forest/ })
    .first()
    .click();
  await page.getByRole("textbox", { name: /^Change the caption/ }).fill("Evening walk");
  await page.keyboard.press("Enter");
  expect((await named).ok()).toBe(true);
  const locked = changed();
  await press(page, "Lock Evening walk");
  expect((await locked).status()).toBe(204);
  expect(await page.getByRole("button", { name: "Redraw Evening walk" }).isDisabled()).toBe(true);

  await press(page, "Redraw the others");
  await expect
    .poll(async () => (await sources()).filter((source) => !before.includes(source)).length, {
      timeout: MAKING_MS,
    })
    .toBe(7);
  expect((await sources())[0]).toBe(before[0]);
  await page.getByRole("button", { name: "Make an album of 8 pictures" }).waitFor({ timeout: MAKING_MS });

  await page.reload({ waitUntil: "networkidle" });
  await expect.poll(() => pages.count()).toBe(8);
  expect(await page.getByRole("button", { name: "Lock Evening walk" }).getAttribute("aria-pressed")).toBe(
    "true",
  );
  const albumId = (await openAlbum.getAttribute("href"))!.split("/").at(-1)!;
  await openAlbum.click();
  await page.getByRole("heading", { level: 1, name: "Luna’s album" }).waitFor();
  const kept = await person.context.request.get(`${person.appUrl}/api/albums/${albumId}/pictures`);
  expect((await kept.json()).pictures[0]).toMatchObject({ caption: "Evening walk" });
  const zip = await person.context.request.get(`${person.appUrl}/api/albums/${albumId}/zip`);
  expect(Object.keys(unzipSync(await zip.body()))).toHaveLength(8);
});
