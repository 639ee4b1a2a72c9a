import sharp from "sharp";
import { expect, test } from "vitest";
import { drawThing, type Thing } from "../support/world";
import { arrive, open, type Person } from "./person";

/** Three pictures that can be told apart by name; the last one given is the newest. */
async function withPictures(names = ["ochre", "teal", "plum"]): Promise<Person> {
  const person = await arrive();
  for (const [i, name] of names.entries()) {
    const plain = {
      width: 480 + 120 * i,
      height: 480,
      channels: 3 as const,
      background: { r: 60 * i, g: 90, b: 120 },
    };
    const buffer = await sharp({ create: plain }).jpeg().toBuffer();
    const file = { name: `${name}.jpg`, mimeType: "image/jpeg", buffer };
    const sent = await person.context.request.post(`${person.appUrl}/api/pictures`, { multipart: { file } });
    expect(sent.status()).toBe(201);
  }
  await open(person, "/gallery");
  return person;
}

const titles = ({ page }: Person): Promise<string[]> =>
  page
    .getByRole("button", { name: /^Open / })
    .evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute("aria-label")!.slice("Open ".length)));

test("favourites have a shelf; the trash gives back, at once or later, until it is emptied", async () => {
  const person = await withPictures();
  const { page } = person;
  const shelf = async (name: string) => {
    const link = page.getByRole("navigation", { name: "Shelves" }).getByRole("link", { name, exact: true });
    await link.click();
    // This very link: "Gallery", which is current all along, has the letters of "all", too.
    await link.and(page.locator("[aria-current=page]")).waitFor();
  };
  expect(await titles(person)).toEqual(["plum", "teal", "ochre"]);

  const kept = page.waitForResponse((response) => response.request().method() === "PATCH");
  await page.getByRole("button", { name: "Add to favourites: teal" }).click();
  expect((await kept).status()).toBe(200);
  await shelf("Favourites");
  await expect.poll(() => titles(person)).toEqual(["teal"]);

  await shelf("All");
  await page.getByRole("button", { name: "Move to trash: teal" }).click();
  await expect.poll(() => titles(person)).toEqual(["plum", "ochre"]);
  await page.getByText("teal is in the trash").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => titles(person)).toEqual(["plum", "teal", "ochre"]);

  await page.getByRole("button", { name: "Move to trash: ochre" }).click();
  await page.getByText("ochre is in the trash").waitFor();
  await page.getByRole("button", { name: "Move to trash: plum" }).click();
  await page.getByText("plum is in the trash").waitFor();
  await shelf("Trash");
  await expect.poll(async () => (await titles(person)).sort()).toEqual(["ochre", "plum"]);
  await page.getByRole("button", { name: "Put back: plum" }).click();
  await page.getByText("plum is back").waitFor();
  await page.getByRole("button", { name: "Empty trash" }).click();
  await page.getByRole("button", { name: "Delete for good" }).click();
  await page.getByRole("heading", { name: "The trash is empty" }).waitFor();
  await open(person, "/gallery");
  expect(await titles(person)).toEqual(["plum", "teal"]);
});

test("the viewer is driven by keys and gives focus back; a picture goes on to the studio", async () => {
  const person = await withPictures();
  const { page } = person;
  const shown = () =>
    page
      .locator(".yarl__slide_current img")
      .evaluateAll((images) => images.map((image) => image.getAttribute("alt")));
  await page.getByRole("button", { name: "Open plum" }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(shown).toEqual(["plum"]);
  await page.keyboard.press("ArrowRight");
  await expect.poll(shown).toEqual(["teal"]);
  await page.keyboard.press("ArrowRight");
  await expect.poll(shown).toEqual(["ochre"]);
  await page.keyboard.press("ArrowLeft");
  await expect.poll(shown).toEqual(["teal"]);
  await page.keyboard.press("Escape");
  await expect.poll(shown).toEqual([]);
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? ""))
    .toBe("Open plum");

  await page.getByRole("button", { name: "Open teal" }).click();
  await page.getByRole("button", { name: "Details", exact: true }).click();
  const title = page.getByLabel("Title");
  await title.fill("harbour at night");
  await title.press("Enter");
  await page.getByText("Title saved").waitFor();
  await page.getByRole("link", { name: "Use as picture" }).click();
  await page.waitForURL(`${person.appUrl}/`);
  await page.getByText("Which part, left to right").waitFor();
  const chosen = await page.evaluate(() => localStorage.getItem("mosaiq-studio.form"));
  expect(JSON.parse(chosen ?? "{}").options.picture.from).toBe("gallery");
  await open(person, "/gallery");
  expect(await titles(person)).toEqual(["plum", "harbour at night", "ochre"]);
});

test("pictures are found by what is in them, and by the one they look like", async () => {
  const person = await arrive();
  const { page, context, appUrl } = person;
  const things: Thing[] = ["bicycle", "pizza", "rocket", "snowman"];
  // Titles that tell nothing.
  for (const [i, thing] of things.entries()) {
    const file = { name: `${"abcd"[i]}.png`, mimeType: "image/png", buffer: await drawThing(thing) };
    expect((await context.request.post(`${appUrl}/api/pictures`, { multipart: { file } })).status()).toBe(
      201,
    );
  }
  const title = (thing: Thing) => "abcd"[things.indexOf(thing)]!;
  const waiting = async () =>
    (await (await context.request.get(`${appUrl}/api/pictures/search?words=x`)).json()).waiting;
  await expect.poll(waiting, { timeout: 60_000, interval: 500 }).toBe(0);

  await open(person, "/gallery");
  await page.getByRole("combobox", { name: "Find pictures by what is in them" }).fill("pizza");
  await page.keyboard.press("Enter");
  await page.getByText("matches “pizza”").waitFor();
  expect((await titles(person))[0]).toBe(title("pizza"));
  await page.getByRole("heading", { name: "No strong matches below this line" }).waitFor();

  await page.getByRole("button", { name: `Open ${title("pizza")}` }).click();
  await page.getByRole("button", { name: "Details" }).click();
  await page
    .getByRole("region", { name: "What it seems to show" })
    .getByRole("link", { name: "pizza" })
    .waitFor();
  await page.getByRole("link", { name: "Similar pictures" }).click();
  await page.getByText(`look most like “${title("pizza")}”`).waitFor();
  expect(await titles(person)).not.toContain(title("pizza"));

  await page.getByRole("link", { name: "All", exact: true }).click();
  await expect.poll(async () => (await titles(person)).length).toBe(4);
});

test("a picture is tagged, and found again by filters, which can be taken back one by one", async () => {
  const person = await withPictures();
  const { page } = person;
  await page.getByRole("button", { name: "Open teal" }).click();
  await page.getByRole("button", { name: "Details", exact: true }).click();
  const details = page.getByRole("complementary", { name: "Details" });
  await details.getByRole("textbox", { name: "Add a tag" }).fill("Uncle Fred");
  await page.keyboard.press("Enter");
  await details.getByRole("link", { name: "uncle fred" }).waitFor();

  await open(person, "/gallery");
  await page.getByRole("button", { name: "Filter" }).click();
  await page.getByRole("combobox", { name: "Tag" }).fill("unc");
  await page.getByRole("option", { name: "uncle fred" }).click();
  await expect.poll(() => titles(person)).toEqual(["teal"]);
  await page.getByRole("button", { name: "Filter" }).click();
  await page.getByRole("button", { name: "Red" }).click();
  await page.getByText("No picture passes these filters.").waitFor();
  await page.getByRole("link", { name: "Remove the filter uncle fred" }).click();
  await page.getByRole("link", { name: "Remove the filter Red" }).click();
  await expect.poll(async () => (await titles(person)).length).toBe(3);
  await page.getByRole("button", { name: "Filter" }).click();
  await page.getByRole("combobox", { name: "File type" }).selectOption("HEIC");
  await page.getByText("No picture passes these filters.").waitFor();
  await page.getByRole("link", { name: "Remove the filter HEIC" }).click();
  await expect.poll(async () => (await titles(person)).length).toBe(3);

  await page.getByRole("combobox", { name: "Find pictures by what is in them" }).fill("Fred");
  await page.getByRole("option", { name: "uncle fred" }).click();
  await expect.poll(async () => (await titles(person))[0]).toBe("teal");
  await page.getByRole("button", { name: "Open teal" }).click();
  await page.getByRole("button", { name: "Details", exact: true }).click();
  await details.getByRole("button", { name: "Not uncle fred" }).click();
  await expect.poll(() => details.getByRole("link", { name: "uncle fred" }).count()).toBe(0);
});
