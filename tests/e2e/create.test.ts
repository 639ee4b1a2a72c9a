import { expect, test } from "vitest";
import { arrive, open } from "./person";
import { readCode, saying } from "./read-code";

const MAKING_MS = 180_000;

test("pictures are drawn from words, one more like it, and one becomes what the next begins with", async () => {
  const person = await arrive();
  const { page } = person;
  await open(person, "/create");
  await page.getByRole("link", { name: /^Draw/ }).click();
  await page.getByRole("textbox", { name: "What should be seen?" }).fill("a city at night");
  await page.getByText("2", { exact: true }).click();
  await page.getByRole("button", { name: "Draw 2 pictures" }).click();
  await page.getByRole("button", { name: "Show picture 2" }).waitFor({ timeout: MAKING_MS });
  await page.getByRole("button", { name: "Draw 2 pictures" }).waitFor({ timeout: MAKING_MS });
  const shown = () => page.getByRole("img", { name: "a city at night" }).first().getAttribute("src");
  const first = await shown();
  await page.getByRole("button", { name: "Show picture 2" }).click();
  expect(await shown()).not.toBe(first);

  await page.getByRole("button", { name: "More like this" }).click();
  await page.getByRole("button", { name: "Cancel" }).waitFor();
  await page.getByRole("button", { name: "Draw 2 pictures" }).waitFor({ timeout: MAKING_MS });
  await page.getByRole("button", { name: "Go on from this" }).click();
  await page.getByText("From your picture").waitFor();
  // Only what is painted is drawn anew.
  const brush = page.getByLabel("Paint what should be drawn anew; nothing painted means all of it");
  await brush.scrollIntoViewIfNeeded();
  const box = (await brush.boundingBox())!;
  await page.mouse.move(box.x + 20, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + 60, { steps: 5 });
  await page.mouse.up();
  const asked = page.waitForRequest(
    (request) => request.method() === "POST" && !!request.postData()?.includes("iVBORw0KGgo"),
  );
  await page.getByRole("button", { name: "Draw 2 pictures" }).click();
  await asked;
  await page.getByRole("button", { name: "Cancel" }).waitFor();
  await page.getByRole("button", { name: "Draw 2 pictures" }).waitFor({ timeout: MAKING_MS });
  await page.getByRole("link", { name: "Gallery", exact: true }).click();
  await page.getByRole("link", { name: "Drawings" }).click();
  await expect.poll(() => page.getByRole("button", { name: "Open a city at night" }).count()).toBe(6);
});

test("用文字画二维码:候选经过检验,手机上也能扫", async () => {
  const person = await arrive({ locale: "zh-CN", screen: "phone" });
  const { page } = person;
  await open(person, "/create/qr-art");
  await page.getByRole("textbox", { name: "链接或文字" }).fill("https://example.com/你好");
  await page.getByRole("button", { name: "大海", exact: false }).click();
  await page.getByText("1", { exact: true }).click();
  await page.getByRole("radio", { name: "蓝色版画" }).check({ force: true });
  const asked = page.waitForRequest(
    (request) => request.method() === "POST" && !!request.postData()?.includes('"style":"blue-print"'),
  );
  await page.getByRole("button", { name: "生成二维码艺术" }).click();
  await asked;
  await page.getByText("能读出这幅画").waitFor({ timeout: MAKING_MS });
  const image = page.getByRole("img", { name: "做好的二维码" });
  const file = await person.context.request.get(`${person.appUrl}${await image.getAttribute("src")}`);
  expect(await readCode(await file.body())).toEqual(saying("https://example.com/你好"));
  // What was drawn before the code was woven in is there to be compared, and nowhere else.
  await page.getByText("前后对比").waitFor();
  await open(person, "/gallery");
  await expect.poll(() => page.getByRole("button", { name: /^打开/ }).count()).toBe(1);
});

test("what is not there any more is told, and the form is kept", async () => {
  const person = await arrive();
  const { page } = person;
  await open(person, "/create/draw");
  await page.getByRole("textbox", { name: "What should be seen?" }).fill("mountains <lora:vanished:1>");
  await page.getByRole("button", { name: /^Draw/ }).click();
  await page.getByText("The model vanished is not there").waitFor({ timeout: MAKING_MS });
  await page.reload();
  await expect
    .poll(() => page.getByRole("textbox", { name: "What should be seen?" }).inputValue())
    .toBe("mountains <lora:vanished:1>");
});

test("a sheet compares settings: a cell is tapped, its settings are gone on with, and it becomes larger", async () => {
  const person = await arrive();
  const { page } = person;
  await open(person, "/create/draw");
  await page.getByRole("textbox", { name: "What should be seen?" }).fill("mountains");
  await page.getByRole("switch", { name: "Draw a sheet" }).check({ force: true });
  // A value that makes no sense is told before anything is drawn.
  const guidance = page.getByLabel("Values: Guidance").first();
  await guidance.fill("99");
  await guidance.press("Enter");
  await page.getByText("Numbers from 0 to 30").waitFor();
  await page.getByRole("button", { name: "Draw a sheet of" }).hover();
  await page.getByRole("tooltip", { name: "The sheet’s values are not complete yet" }).waitFor();
  await guidance.press("Backspace");
  await page.getByLabel("What changes from top to bottom").first().click();
  await page.getByRole("option", { name: "Style", exact: true }).click();
  await page.getByText("12 pictures and the sheet").waitFor();
  await page.getByRole("button", { name: "Draw a sheet of 12 pictures" }).click();

  const cells = page.getByRole("table").getByRole("button");
  await cells.nth(0).waitFor({ timeout: MAKING_MS });
  await page.getByRole("button", { name: "The whole sheet as one picture" }).waitFor({ timeout: MAKING_MS });
  expect(await cells.count()).toBe(12);
  await page.getByRole("button", { name: "Guidance 5, Style Pixel art" }).click();
  await page.getByRole("button", { name: "Go on with these settings" }).click();
  expect(await page.getByRole("switch", { name: "Draw a sheet" }).isChecked()).toBe(false);
  expect(await page.getByRole("radio", { name: "Pixel art" }).isChecked()).toBe(true);
  await page.getByRole("button", { name: "Advanced" }).click();
  expect(await page.getByRole("textbox", { name: "Guidance (CFG)" }).inputValue()).toBe("5");

  await page.getByRole("link", { name: "Make it larger" }).click();
  await page.getByText("512 × 512 pixels become 1024 × 1024.").waitFor();
  await page.getByRole("button", { name: "Make it larger", exact: true }).click();
  await page.getByRole("slider", { name: "Before or after" }).waitFor({ timeout: MAKING_MS });
  await page.getByRole("button", { name: "Move the close-up" }).press("ArrowRight");
  await page.getByRole("link", { name: "Gallery", exact: true }).click();
  await page.getByRole("link", { name: "Drawings" }).click();
  await expect.poll(() => page.getByRole("button", { name: "Open mountains" }).count()).toBe(14);
});
