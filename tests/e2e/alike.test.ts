import sharp from "sharp";
import { expect, test } from "vitest";
import { drawThing } from "../support/world";
import { arrive, open } from "./person";

test("copies of one picture are shown side by side, and all but the largest go to the trash", async () => {
  const person = await arrive();
  const { page, context, appUrl } = person;
  const cat = sharp(await drawThing("cat"));
  const files = {
    "small cat": await cat.clone().resize(100).jpeg({ quality: 70 }).toBuffer(),
    "large cat": await cat.clone().resize(512).webp({ quality: 80 }).toBuffer(),
    rocket: await drawThing("rocket"),
  };
  for (const [name, buffer] of Object.entries(files)) {
    const file = { name: `${name}.png`, mimeType: "image/png", buffer };
    expect((await context.request.post(`${appUrl}/api/pictures`, { multipart: { file } })).status()).toBe(
      201,
    );
  }
  await open(person, "/gallery");
  await page.getByRole("link", { name: "Look-alikes" }).click();
  await page.getByText("One group of pictures is nearly the same.").waitFor();
  const group = page.getByRole("region", { name: "2 alike" });
  const tiles = group.getByRole("button", { name: /^Open / });
  expect(await tiles.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")))).toEqual([
    "Open large cat",
    "Open small cat",
  ]);
  await group.getByRole("button", { name: "Keep the first, trash the others" }).click();
  await page.getByText("No two of your pictures are nearly the same.").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await group.waitFor();
  await group.getByRole("button", { name: "Keep the first, trash the others" }).click();
  await page.getByText("No two of your pictures are nearly the same.").waitFor();
  await page.getByRole("link", { name: "Trash", exact: true }).click();
  await page.getByRole("button", { name: "Open small cat" }).waitFor();
  expect(await page.getByRole("button", { name: /^Open / }).count()).toBe(1);
});
