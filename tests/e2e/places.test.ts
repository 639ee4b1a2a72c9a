import { expect, test } from "vitest";
import { IN_KYOTO, photo } from "../support/exif";
import { arrive, open, type Person } from "./person";

const WORDS = {
  "en-US": {
    ...{
      filter: "Filter",
      place: "Place",
      kyoto: "Kyoto, Japan (1)",
      japan: "Japan (1)",
      chip: "Kyoto, Japan",
    },
    ...{ typed: "kyo", suggestion: "Kyoto", open: "Open temple", others: "Open bridge", details: "Details" },
    ...{
      remove: "Remove the place",
      undo: "Undo",
      hidden: "You removed it",

      copy: "Copy the",
    },
  },
  "zh-CN": {
    ...{ filter: "筛选", place: "地点", kyoto: "日本 · 京都（1）", japan: "日本（1）", chip: "日本 · 京都" },
    ...{ typed: "京", suggestion: "京都", open: "打开temple", others: "打开bridge", details: "详情" },
    ...{ remove: "移除地点", hidden: "你已移除地点", copy: "复制坐标" },
  },
} as const;

async function withPlaces(locale: keyof typeof WORDS): Promise<Person> {
  const person = await arrive({ locale });
  const files = { temple: await photo(IN_KYOTO), bridge: await photo() };
  for (const [name, buffer] of Object.entries(files)) {
    const file = { name: `${name}.jpg`, mimeType: "image/jpeg", buffer };
    const sent = await person.context.request.post(`${person.appUrl}/api/pictures`, { multipart: { file } });
    expect(sent.status()).toBe(201);
  }
  await open(person, "/gallery");
  return person;
}

test.each(["en-US", "zh-CN"] as const)(
  "%s: pictures are narrowed down to a place, and it is taken away and put back",
  async (locale) => {
    const { page } = await withPlaces(locale);
    const words = WORDS[locale];
    await page.getByRole("button", { name: words.filter }).click();
    const place = page.getByRole("combobox", { name: words.place });
    // Options of a select are never seen by themselves.
    await place.getByRole("option", { name: words.japan, exact: true }).waitFor({ state: "attached" });
    await place.selectOption({ label: words.kyoto });
    await page.getByRole("link", { name: words.chip }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: words.others }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: words.open }).click();
    await page.getByRole("button", { name: words.details, exact: true }).click();
    const details = page.getByRole("complementary", { name: words.details });
    await details.getByText(words.chip, { exact: true }).waitFor();
    // Where a camera noted it, no other site is told.
    expect(await details.locator("a[href^=http]").count()).toBe(0);
    await details.getByRole("button", { name: words.copy }).waitFor();
    await details.getByRole("button", { name: words.remove }).click();
    await details.getByText(words.hidden).waitFor();
    expect(await details.getByText(words.chip, { exact: true }).count()).toBe(0);
    // By keyboard one goes on from where one is.
    await page.keyboard.press("Enter");
    await details.getByText(words.chip, { exact: true }).waitFor();
  },
);

test.each(["en-US", "zh-CN"] as const)("%s: a place is suggested as one types, and found", async (locale) => {
  const { page } = await withPlaces(locale);
  const words = WORDS[locale];
  const search = page.getByRole("search").getByRole("combobox");
  await search.fill(words.typed);
  await page.getByRole("option", { name: words.suggestion, exact: true }).click();
  await page.waitForURL(/q=/);
  // What matches comes first.
  const [first] = await page
    .locator("button[aria-label]")
    .evaluateAll(
      (buttons, names) =>
        buttons.map((button) => button.getAttribute("aria-label")!).filter((name) => names.includes(name)),
      [words.open, words.others] as string[],
    );
  expect(first).toBe(words.open);
});
