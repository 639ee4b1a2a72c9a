import { expect, test } from "vitest";
import { zipOf } from "../support/archives";
import { type Dropped, dropFiles } from "../support/drop-files";
import { noise } from "../support/pictures";
import { drawThing, namesOf, THINGS } from "../support/world";
import { arrive, open, type Person } from "./person";

const jpegs = (count: number): Promise<Dropped[]> =>
  Promise.all(
    Array.from({ length: count }, async (_, i) => ({
      name: `walk-${i + 1}.jpg`,
      bytes: await noise(320, 200).jpeg().toBuffer(),
    })),
  );

const stored = async ({ context, appUrl }: Person): Promise<string[]> => {
  const answer = await context.request.get(`${appUrl}/api/pictures?count=100`);
  return (await answer.json()).pictures.map(({ title }: { title: string }) => title);
};

test("thirty pictures and a stranger among them are dropped: all pictures are there, and the rest is told", async () => {
  const person = await arrive();
  const { page } = person;
  // The browser's note of the refused file.
  person.expectComplaint(/415/);
  await open(person, "/gallery");
  const files = await jpegs(30);
  await dropFiles(page, [...files, { name: "notes.txt", bytes: Buffer.from("milk, eggs") }]);
  const panel = page.getByRole("region", { name: "Pictures on their way" });
  await panel.getByText(/^Adding \d+ of 31$/).waitFor();
  await panel.getByRole("progressbar", { name: "All pictures" }).waitFor();
  await panel.getByText("30 pictures added · 1 refused").first().waitFor({ timeout: 60_000 });
  await panel.getByText(/^This file is not a picture we can open/).waitFor();
  expect((await stored(person)).sort()).toEqual(files.map(({ name }) => name.replace(".jpg", "")).sort());
  await expect.poll(() => page.getByRole("button", { name: /^Open walk-/ }).count()).toBe(30);

  await dropFiles(page, files.slice(0, 2));
  await panel.getByText("Already in your gallery").nth(1).waitFor();
  await panel.getByRole("button", { name: "Close" }).click();
  await panel.waitFor({ state: "detached" });
  expect(await stored(person)).toHaveLength(30);
});

test("a line that breaks in the middle of a large picture costs that part alone; a pause is a pause", async () => {
  const person = await arrive();
  const { page } = person;
  person.expectComplaint(/net::ERR_/);
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/uploads")) asked.push(request.method());
  });
  let isCut = true;
  await page.route("**/api/uploads/*", async (route) => {
    if (route.request().method() !== "PATCH" || !isCut) return route.continue();
    isCut = false;
    return route.abort("connectionreset");
  });
  await open(person, "/gallery");
  const bytes = await noise(2400, 1800).png({ compressionLevel: 1 }).toBuffer();
  expect(bytes.length).toBeGreaterThan(9 << 20);
  await dropFiles(page, [{ name: "mountain.png", bytes }]);
  const panel = page.getByRole("region", { name: "Pictures on their way" });
  await panel.getByText("1 picture added").first().waitFor({ timeout: 60_000 });
  expect(asked.filter((method) => method === "POST")).toHaveLength(1);
  expect(asked.indexOf("HEAD")).toBeGreaterThan(asked.indexOf("PATCH"));
  expect(await stored(person)).toEqual(["mountain"]);

  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/api/uploads", async (route) => {
    await held;
    await route.continue().catch(() => {});
  });
  await dropFiles(page, await jpegs(1));
  await panel.getByRole("button", { name: "Pause" }).click();
  await panel.getByRole("button", { name: "Go on" }).waitFor();
  release();
  expect(await stored(person)).toEqual(["mountain"]);
  await panel.getByRole("button", { name: "Go on" }).click();
  await panel.getByText("2 pictures added").first().waitFor({ timeout: 60_000 });
  expect((await stored(person)).sort()).toEqual(["mountain", "walk-1"]);
});

test("an archive is unpacked, its pictures are there, and what it held besides is told", async () => {
  const person = await arrive();
  const { page } = person;
  await open(person, "/gallery");
  const bytes = await zipOf([...(await jpegs(4)), { name: "notes.txt", bytes: Buffer.from("milk") }]);
  await dropFiles(page, [{ name: "trip.zip", bytes }]);
  const panel = page.getByRole("region", { name: "Pictures on their way" });
  await panel.getByText("4 pictures added · 1 refused").first().waitFor({ timeout: 60_000 });
  await panel.getByText("4 added · 0 already here · 1 refused").waitFor();
  await panel.getByText("What was refused, and why").click();
  await panel.getByText(/^notes\.txt: This file is not a picture/).waitFor();
  await expect.poll(() => page.getByRole("button", { name: /^Open walk-/ }).count()).toBe(4);
});

test("forty pictures are dropped: all are there, are seen, and are found by words in both languages", async () => {
  const person = await arrive();
  const { page, context, appUrl } = person;
  await open(person, "/gallery");
  const drawings = await Promise.all(
    // Names that tell nothing.
    THINGS.map(async (thing, i) => ({ name: `drawing ${i}.png`, bytes: await drawThing(thing) })),
  );
  await dropFiles(page, [...drawings, ...(await jpegs(40 - drawings.length))]);
  const panel = page.getByRole("region", { name: "Pictures on their way" });
  await panel.getByText("40 pictures added").first().waitFor({ timeout: 60_000 });
  await expect.poll(() => page.getByRole("button", { name: /^Open (walk|drawing)/ }).count()).toBe(40);
  const waiting = async () =>
    (await (await context.request.get(`${appUrl}/api/pictures/search?words=x`)).json()).waiting;
  await expect.poll(waiting, { timeout: 120_000, interval: 500 }).toBe(0);

  for (const thing of ["pizza", "snowman"] as const)
    for (const words of namesOf(thing)) {
      await page.getByRole("combobox", { name: "Find pictures by what is in them" }).fill(words);
      await page.keyboard.press("Enter");
      await page.getByText(`“${words}”`).first().waitFor();
      const first = page.getByRole("button", { name: /^Open / }).first();
      await expect.poll(() => first.getAttribute("aria-label")).toBe(`Open drawing ${THINGS.indexOf(thing)}`);
    }
});
