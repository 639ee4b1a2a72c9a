import { expect, test } from "vitest";
import { drawThing } from "../support/world";
import { arrive, open, type Person } from "./person";

async function bring({ context, appUrl }: Person, things: readonly Parameters<typeof drawThing>[0][]) {
  for (const thing of things) {
    const file = { name: `IMG ${thing}.png`, mimeType: "image/png", buffer: await drawThing(thing) };
    const added = await context.request.post(`${appUrl}/api/pictures`, { multipart: { file } });
    expect(added.status()).toBe(201);
  }
}

test("one adds a word, finds its pictures, moves it, and switches another off", async () => {
  const person = await arrive();
  const { page } = person;
  await bring(person, ["snowman", "pizza"]);
  await open(person, "/gallery");
  await page.getByRole("link", { name: "Words", exact: true }).click();
  await page.getByRole("button", { name: "New word" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "English name" }).fill("Olaf");
  await dialog.getByRole("textbox", { name: "Also described as" }).fill("snowman\n雪人");
  await dialog.getByRole("button", { name: "Add the word" }).click();
  await dialog.waitFor({ state: "detached" });
  // Told while one looks on.
  await page.getByRole("link", { name: "Olaf: 1 picture" }).waitFor();

  await page.getByRole("button", { name: "Change “Olaf”" }).click();
  await dialog.getByRole("combobox", { name: "Lies under" }).fill("toy");
  await page.getByRole("option", { name: "toy", exact: true }).click();
  await dialog.getByText("Generously", { exact: true }).click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Under “toy”" }).click();
  await page.getByRole("link", { name: "Olaf: 1 picture" }).click();
  await page.getByRole("button", { name: "Open IMG snowman" }).waitFor();
  expect(await page.getByRole("button", { name: /^Open / }).count()).toBe(1);

  await open(person, "/gallery/words");
  await page.getByRole("searchbox", { name: "Find a word" }).fill("snowm");
  const snowman = page.getByRole("switch", { name: "Tag pictures with “snowman”" });
  await page.getByRole("link", { name: /^snowman: / }).waitFor();
  // The switch itself is hidden beneath what one sees of it.
  await snowman.focus();
  await page.keyboard.press("Space");
  await page.getByRole("link", { name: /^snowman: / }).waitFor({ state: "detached" });
  await page.reload();
  expect(await page.getByRole("switch", { name: "Tag pictures with “snowman”" }).count()).toBe(0);
  await page.getByRole("searchbox", { name: "Find a word" }).fill("snowm");
  expect(await snowman.isChecked()).toBe(false);
});

test("a caption in lines is kept, shown beneath its picture, and found", async () => {
  const person = await arrive();
  const { page } = person;
  await bring(person, ["rocket", "pizza"]);
  await open(person, "/gallery");
  await page.getByRole("button", { name: "Open IMG rocket" }).click();
  await page.getByRole("button", { name: "Details", exact: true }).click();
  const caption = page.getByRole("textbox", { name: "Caption" });
  await caption.fill("Grandpa built it.\nIt flew once.");
  await caption.blur();
  await page.getByText("Caption saved").waitFor();
  await open(person, "/gallery?q=grandpa");
  await page
    .getByRole("button", { name: /^Open / })
    .first()
    .click();
  await page.locator(".yarl__slide_current .yarl__slide_description").waitFor();
  expect(await page.locator(".yarl__slide_current img").getAttribute("alt")).toBe(
    "Grandpa built it. It flew once.",
  );
  await page.getByRole("button", { name: "Details", exact: true }).click();
  expect(await caption.inputValue()).toBe("Grandpa built it.\nIt flew once.");
});
