import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { arrive, open, type Person, signUp } from "./person";
import { MAKING_MS, makeClassic } from "./studio-hands";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** What axe finds serious or critical on the page as it stands, in light and in dark. */
async function barriers(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.addScriptTag({ path: AXE });
  const found: string[] = [];
  for (const scheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.locator(`html[data-mantine-color-scheme=${scheme}]`).waitFor();
    // Colours fade from one scheme to the other; contrast counts when they have arrived.
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map((one) => one.finished)));
    const { violations } = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'] })");
    for (const { id, impact, nodes } of violations)
      if (impact === "serious" || impact === "critical")
        found.push(
          `${scheme} ${id}: ${nodes.map((node) => `${node.target} ${node.any[0]?.message ?? ""}`).join("; ")}`,
        );
  }
  return found;
}

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const WORDS = {
  "en-US": {
    ...{ more: "For the curious", tests: "Show every test", details: "Details", wifi: "Wi-Fi" },
    ...{ sheet: "Draw a sheet", drawSheet: /^Draw a sheet of/, wholeSheet: "The whole sheet as one picture" },
    ...{ advanced: "Advanced", larger: "Make it larger", curtain: "Before or after" },
    ...{ select: "Select", all: "Select all", addToAlbum: "Add to album", newAlbum: "New album" },
    ...{
      create: "Create and add",
      newWord: "New word",
      share: "Share",
      makeLink: "Make a link",
      link: "Link",
    },
  },
  "zh-CN": {
    ...{ more: "更多选项", tests: "看每一项测试", details: "详情", wifi: "Wi-Fi" },
    ...{ sheet: "画一张对比表", drawSheet: /格的对比表$/, wholeSheet: "整张对比表" },
    ...{ advanced: "高级设置", larger: "放大", curtain: "之前或之后" },
    ...{ select: "选择", all: "全选", addToAlbum: "加入相册", newAlbum: "新相册" },
    ...{ create: "创建并加入", newWord: "新建词语", share: "分享", makeLink: "生成链接", link: "链接" },
  },
} as const;

/** Every screen as a person meets it, in order; `look` is called on each. */
async function tour(person: Person, locale: keyof typeof WORDS, look: (screen: string) => Promise<void>) {
  const { page } = person;
  const words = WORDS[locale];
  await open(person, "/gallery");
  await look("empty gallery");
  await open(person, "/account?tab=signUp");
  await look("sign up");
  await open(person, "/models");
  await look("models");
  await open(person, "/api-docs");
  await look("API");
  await open(person, "/");
  await page.getByRole("button", { name: words.more }).click();
  await look("studio");
  await makeClassic(person, "https://example.com/tour");
  await page.getByRole("button", { name: words.tests }).click();
  await page.getByRole("table").waitFor();
  await look("result");
  await open(person, "/gallery");
  await look("gallery");
  await page
    .getByRole("button", { name: /^(Open |打开)/ })
    .first()
    .click();
  await page.locator(".yarl__slide_current img").waitFor();
  await page.getByRole("button", { name: words.details, exact: true }).click();
  await page.locator("#verdict-title").waitFor();
  await look("viewer");
  await open(person, "/gallery/words");
  await look("words");
  await page.getByRole("button", { name: words.newWord }).click();
  await page.getByRole("dialog").waitFor();
  await look("new word");
  await tourCreate(person, words, look);
  await tourAlbums(person, words, look);
}

/** Every page that makes something, with all that can be set on it in view. */
async function tourCreate(
  person: Person,
  words: (typeof WORDS)[keyof typeof WORDS],
  look: (screen: string) => Promise<void>,
) {
  const { page } = person;
  await open(person, "/create");
  await look("create");
  for (const path of ["qr-art", "portrait", "characters", "product"]) {
    await open(person, `/create/${path}`);
    await page.getByRole("button", { name: words.advanced }).click();
    await look(path);
  }
  await open(person, "/create/draw");
  await page.getByRole("switch", { name: words.sheet }).check({ force: true });
  await page.getByRole("button", { name: words.advanced }).click();
  await look("draw");
  await page.getByRole("button", { name: words.drawSheet }).click();
  await page.getByRole("button", { name: words.wholeSheet }).click({ timeout: MAKING_MS });
  await look("a drawn sheet");
  await page.getByRole("table").getByRole("button").first().click();
  await page.getByRole("link", { name: words.larger }).click();
  await page.getByRole("button", { name: words.larger, exact: true }).click();
  await page.getByRole("slider", { name: words.curtain }).waitFor({ timeout: MAKING_MS });
  await look("larger");
}

async function tourAlbums(
  person: Person,
  words: (typeof WORDS)[keyof typeof WORDS],
  look: (screen: string) => Promise<void>,
) {
  const { page } = person;
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  await open(person, "/albums");
  await look("no albums");
  await open(person, "/gallery");
  await press(words.select);
  await press(words.all);
  await look("selection");
  await press(words.addToAlbum);
  await page.getByRole("textbox", { name: words.newAlbum }).fill("Tour");
  await look("add to album");
  await press(words.create);
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await open(person, "/albums");
  await look("albums");
  await page.getByRole("link", { name: /Tour/ }).click();
  await page.getByRole("heading", { level: 1, name: "Tour" }).waitFor();
  await look("album");
  await press(words.share);
  await look("share");
  await press(words.makeLink);
  const link = await page.getByRole("textbox", { name: words.link, exact: true }).inputValue();
  await look("link");
  await open(person, new URL(link).pathname);
  await look("shared album");
}

test("nothing on any screen is a serious barrier: English, desktop, light and dark", async () => {
  const person = await arrive();
  const found: Record<string, string[]> = {};
  const look = async (screen: string) => {
    found[screen] = await barriers(person.page);
  };
  await tour(person, "en-US", look);
  await signUp(person);
  await open(person, "/account");
  await look("account");
  expect(found).toEqual(Object.fromEntries(Object.keys(found).map((screen) => [screen, []])));
});

test("on a phone, in Chinese: no serious barrier, and nothing is wider than the screen", async () => {
  const person = await arrive({ locale: "zh-CN", screen: "phone" });
  const { page } = person;
  const found: Record<string, string[]> = {};
  const tooWide: Record<string, number> = {};
  await tour(person, "zh-CN", async (screen) => {
    found[screen] = await barriers(page);
    tooWide[screen] = await overflow(page);
    await page.setViewportSize({ width: 320, height: 640 });
    tooWide[`${screen}, the narrowest phone`] = await overflow(page);
    await page.setViewportSize({ width: 390, height: 844 });
  });
  expect(found).toEqual(Object.fromEntries(Object.keys(found).map((screen) => [screen, []])));
  expect(tooWide).toEqual(Object.fromEntries(Object.keys(tooWide).map((screen) => [screen, 0])));
});

test("language and colour scheme are one's own choice and outlast a reload", async () => {
  const person = await arrive();
  const { page } = person;
  await open(person, "/");
  await page.getByRole("textbox", { name: "Link or text" }).fill("https://example.com/kept");
  await page.getByRole("button", { name: "中文" }).click();
  await page.getByRole("heading", { level: 1, name: "能扫的画。" }).waitFor();
  expect(await page.locator("html").getAttribute("lang")).toBe("zh-CN");
  expect(await page.getByRole("textbox", { name: "链接或文字" }).inputValue()).toBe(
    "https://example.com/kept",
  );
  await page.getByRole("button", { name: "浅色或深色" }).click();
  await page.getByRole("menuitem", { name: "深色" }).click();
  await page.locator("html[data-mantine-color-scheme=dark]").waitFor();
  for (const path of ["/", "/gallery", "/account"]) {
    await open(person, path);
    expect(await page.locator("html").getAttribute("lang"), path).toBe("zh-CN");
    expect(await page.locator("html").getAttribute("data-mantine-color-scheme"), path).toBe("dark");
  }
  await page.getByRole("button", { name: "EN" }).click();
  await page.getByRole("heading", { level: 1, name: "Welcome back" }).waitFor();
});

test("by keyboard alone: past the navigation, into the form, to a code", async () => {
  const person = await arrive();
  const { page } = person;
  await open(person, "/");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await page.getByRole("textbox", { name: "Network name" }).waitFor();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Tab");
  await page.keyboard.type("/keys");
  await page.getByRole("radio", { name: "Photo" }).focus();
  await page.keyboard.press("ArrowLeft");
  expect(await page.getByRole("radio", { name: "Classic" }).isChecked()).toBe(true);
  await page.getByRole("button", { name: "Make it" }).focus();
  await page.keyboard.press("Enter");
  await page.locator("#verdict-title").waitFor({ timeout: MAKING_MS });
});
