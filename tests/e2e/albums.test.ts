import { readFile } from "node:fs/promises";
import { unzipSync } from "fflate";
import sharp from "sharp";
import { expect, test, vi } from "vitest";
import { arrive, open, type Person, type PersonOptions } from "./person";

/** Somebody with pictures of plain colours in their gallery; the last one given is the newest. */
async function withPictures(names: readonly string[], options: PersonOptions = {}): Promise<Person> {
  const person = await arrive(options);
  for (const [i, name] of names.entries()) {
    const background = { r: 60 * i, g: 110, b: 160 };
    const plain = { width: 480 + 90 * i, height: 480, channels: 3 as const, background };
    const buffer = await sharp({ create: plain }).jpeg().toBuffer();
    const file = { name: `${name}.jpg`, mimeType: "image/jpeg", buffer };
    const sent = await person.context.request.post(`${person.appUrl}/api/pictures`, { multipart: { file } });
    expect(sent.status()).toBe(201);
  }
  await open(person, "/gallery");
  return person;
}

/** What takes several requests, on a machine that may be busy with something else. */
const PATIENT = { timeout: 20_000 };

const titles = ({ page }: Person): Promise<string[]> =>
  page
    .getByRole("button", { name: /^Open / })
    .evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute("aria-label")!.slice("Open ".length)));

test("three pictures become an album, which is arranged by keys and by mouse", async () => {
  const person = await withPictures(["ochre", "teal", "plum", "grey"]);
  const { page } = person;
  await page.getByRole("checkbox", { name: "Select plum" }).click();
  await page.getByRole("checkbox", { name: "Select ochre" }).click({ modifiers: ["Shift"] });
  await page.getByText("3 selected").waitFor();

  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download", exact: true }).click();
  const file = await (await saved).path();
  expect(Object.keys(unzipSync(await readFile(file)))).toEqual(["plum.jpg", "teal.jpg", "ochre.jpg"]);

  await page.getByRole("button", { name: "Add to album" }).click();
  await page.getByRole("textbox", { name: "New album" }).fill("Harbour");
  await page.getByRole("button", { name: "Create and add" }).click();
  await page.getByText("3 pictures are in Harbour").waitFor();

  await page.getByRole("link", { name: "Albums" }).click();
  await page.getByRole("link", { name: /Harbour/ }).click();
  await page.getByRole("heading", { level: 1, name: "Harbour" }).waitFor();
  await expect.poll(() => titles(person), PATIENT).toEqual(["plum", "teal", "ochre"]);

  const kept = () => page.waitForResponse((response) => response.request().method() === "PATCH");
  const byKeys = kept();
  await page.getByRole("button", { name: "Move plum" }).focus();
  await page.keyboard.press("Space");
  await page.getByText("plum lifted. It is at place 1 of 3.").waitFor({ state: "attached" });
  // A key before the library has measured where things are is lost: it says so nowhere.
  const moved = page.getByText("plum would be at place 2 of 3.");
  await vi.waitFor(async () => {
    await page.keyboard.press("ArrowRight");
    await moved.waitFor({ state: "attached", timeout: 5_000 });
  }, 30_000);
  await page.keyboard.press("Space");
  expect((await byKeys).status()).toBe(204);
  await expect.poll(() => titles(person), PATIENT).toEqual(["teal", "plum", "ochre"]);

  const byMouse = kept();
  await page.getByRole("button", { name: "Open ochre" }).hover();
  await page.mouse.down();
  const first = (await page.getByRole("button", { name: "Open teal" }).boundingBox())!;
  await page.mouse.move(first.x + first.width / 2, first.y + first.height / 2, { steps: 12 });
  await page.locator("[data-drop=before]:has([aria-label='Open teal'])").waitFor();
  await page.mouse.up();
  expect((await byMouse).status()).toBe(204);
  await expect.poll(() => titles(person), PATIENT).toEqual(["ochre", "teal", "plum"]);

  const covered = kept();
  const coverButton = page.getByRole("button", { name: "Use as cover: plum" });
  const isCovered = page.getByText("The album has a new cover");
  // A click right after a drop belongs to the drop.
  await vi.waitFor(async () => {
    await coverButton.click();
    await isCovered.first().waitFor({ timeout: 2_000 });
  }, 30_000);
  expect((await covered).status()).toBe(200);
  await page.getByRole("button", { name: "Remove from album: teal" }).click();
  await page.getByText("1 picture removed from the album").waitFor();
  await expect.poll(() => titles(person), PATIENT).toEqual(["ochre", "plum"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => titles(person), PATIENT).toEqual(["ochre", "teal", "plum"]);
  await page.reload();
  await expect.poll(() => titles(person), PATIENT).toEqual(["ochre", "teal", "plum"]);
});

test("on a phone a picture is moved by a long touch, and by no short one", async () => {
  const person = await withPictures(["ochre", "teal", "plum"], { screen: "phone" });
  const { page, context, appUrl } = person;
  const listed = await (await context.request.get(`${appUrl}/api/pictures`)).json();
  const ids = listed.pictures.map(({ id }: { id: string }) => id);
  const { album } = await (
    await context.request.post(`${appUrl}/api/albums`, { data: { title: "Harbour" } })
  ).json();
  await context.request.post(`${appUrl}/api/albums/${album.id}/pictures`, { data: { ids } });
  await open(person, `/albums/${album.id}`);
  await expect.poll(() => titles(person), PATIENT).toEqual(["plum", "teal", "ochre"]);

  const hand = await context.newCDPSession(page);
  const middle = async (title: string) => {
    const box = (await page.getByRole("button", { name: `Open ${title}` }).boundingBox())!;
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", at?: { x: number; y: number }) =>
    hand.send("Input.dispatchTouchEvent", { type, touchPoints: at ? [at] : [] });
  const slide = async (from: { x: number; y: number }, to: { x: number; y: number }) => {
    for (let step = 1; step <= 10; step++)
      await touch("touchMove", {
        x: from.x + ((to.x - from.x) * step) / 10,
        y: from.y + ((to.y - from.y) * step) / 10,
      });
  };

  // A finger that leaves at once takes nothing with it.
  const [lifted, place] = [await middle("ochre"), await middle("plum")];
  await touch("touchStart", lifted);
  await slide(lifted, place);
  expect(await page.locator("[data-dragging]").count()).toBe(0);
  await touch("touchEnd");
  expect(await titles(person)).toEqual(["plum", "teal", "ochre"]);

  await page.evaluate(() => window.scrollTo(0, 0));
  const [from, to] = [await middle("ochre"), await middle("plum")];
  const moved = page.waitForResponse((response) => response.request().method() === "PATCH");
  await touch("touchStart", from);
  await page.locator("[data-dragging]:has([aria-label='Open ochre'])").waitFor();
  await slide(from, to);
  await page.locator("[data-drop=before]:has([aria-label='Open plum'])").waitFor();
  await touch("touchEnd");
  expect((await moved).status()).toBe(204);
  await expect.poll(() => titles(person), PATIENT).toEqual(["ochre", "plum", "teal"]);
});

/** Fills in the dialog; returns the link that is shown. */
async function share({ page }: Person, password?: string): Promise<string> {
  await page.getByRole("button", { name: "Share" }).click();
  if (password) await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Make a link" }).click();
  return page.getByRole("textbox", { name: "Link", exact: true }).inputValue();
}

test("a link shows the album to a stranger until it is revoked", async () => {
  const person = await withPictures(["ochre", "teal"]);
  const { page } = person;
  await page.getByRole("button", { name: "Select", exact: true }).click();
  await page.getByRole("button", { name: "Select all" }).click();
  await page.getByRole("button", { name: "Add to album" }).click();
  await page.getByRole("textbox", { name: "New album" }).fill("Harbour");
  await page.getByRole("button", { name: "Create and add" }).click();
  await page.getByText("2 pictures are in Harbour").waitFor();
  await open(person, "/albums");
  await page.getByRole("link", { name: /Harbour/ }).click();
  await page.getByRole("heading", { level: 1, name: "Harbour" }).waitFor();
  const albumPath = new URL(page.url()).pathname;
  const link = await share(person, "four quiet tiles");

  const stranger = await arrive();
  stranger.expectComplaint(/status of 40[14]/);
  const visit = await stranger.page.goto(link, { waitUntil: "networkidle" });
  expect(visit?.headers()["x-robots-tag"]).toContain("noindex");
  expect(visit?.headers()["referrer-policy"]).toBe("no-referrer");
  await stranger.page.getByRole("textbox", { name: "Password" }).fill("four loud tiles");
  await stranger.page.getByRole("button", { name: "Open" }).click();
  await stranger.page.getByText("The password is wrong").waitFor();
  await stranger.page.getByRole("textbox", { name: "Password" }).fill("four quiet tiles");
  await stranger.page.getByRole("button", { name: "Open" }).click();
  await stranger.page.getByRole("heading", { level: 1, name: "Harbour" }).waitFor();
  expect(await titles(stranger)).toEqual(["teal", "ochre"]);
  await stranger.page.getByRole("button", { name: "Open teal" }).click();
  const shown = stranger.page.locator(".yarl__slide_current img");
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(570);
  await stranger.page.keyboard.press("Escape");
  // The stranger sees the album by its link, and by nothing else.
  expect((await stranger.page.goto(`${stranger.appUrl}${albumPath}`))?.status()).toBe(404);

  await page.getByRole("button", { name: "Revoke" }).click();
  await page.getByText("The link opens nothing any more").waitFor();
  expect((await stranger.page.goto(link))?.status()).toBe(404);
  const other = await arrive();
  other.expectComplaint(/status of 404/);
  expect((await other.page.goto(link))?.status()).toBe(404);
  expect((await other.page.goto(`${other.appUrl}/s/${"A".repeat(32)}`))?.status()).toBe(404);
});
