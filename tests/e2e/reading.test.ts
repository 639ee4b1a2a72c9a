import { readFile } from "node:fs/promises";
import { expect, test, vi } from "vitest";
import { arrive, open, type Person } from "./person";

/** A notice in two languages, photographed. @returns once it is read. */
async function bringNotice({ context, appUrl }: Person): Promise<void> {
  const buffer = await readFile("tests/golden/reading/notice.jpg");
  const file = { name: "IMG 7.jpg", mimeType: "image/jpeg", buffer };
  const added = await context.request.post(`${appUrl}/api/pictures`, { multipart: { file } });
  expect(added.status()).toBe(201);
  const { picture } = await added.json();
  await vi.waitFor(
    async () => {
      const read = await context.request.get(`${appUrl}/api/pictures/${picture.id}/text`);
      expect((await read.json()).text).toContain("Garden Cafe");
    },
    { timeout: 120_000, interval: 500 },
  );
}

test("the text in a picture is shown, finds it in both languages, and is taken away where it is wrong", async () => {
  const person = await arrive();
  const { page, context } = person;
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await bringNotice(person);
  for (const words of ["garden", "咖啡馆"]) {
    await open(person, `/gallery?q=${encodeURIComponent(words)}`);
    await page.getByRole("button", { name: "Open IMG 7" }).waitFor();
    expect(await page.getByText("No strong matches").count()).toBe(0);
  }
  await page.getByText("“花园咖啡馆九点开门”").waitFor();

  await page.getByRole("button", { name: "Open IMG 7" }).click();
  await page.getByRole("button", { name: "Details", exact: true }).click();
  const read = page.getByRole("region", { name: "Text in the picture" });
  await read.getByText("opens at nine").waitFor();
  await read.getByRole("button", { name: "Copy text" }).click();
  await read.getByRole("button", { name: "Copied" }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    "Garden Cafe\nopens at nine\n花园咖啡馆九点开门\n今天免费参观",
  );

  await read.getByRole("button", { name: "This is not what it says" }).click();
  await read.getByText("opens at nine").waitFor({ state: "detached" });
  const search = () =>
    context.request.get(`${person.appUrl}/api/pictures/search?words=garden`).then((each) => each.json());
  expect((await search()).found.filter((each: { text: unknown }) => each.text !== null)).toEqual([]);
  await read.getByRole("button", { name: "Bring the text back" }).click();
  await read.getByText("opens at nine").waitFor();
  expect((await search()).found[0].text).toBe("Garden Cafe");
});
