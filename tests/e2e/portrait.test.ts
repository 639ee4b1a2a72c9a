import { expect, test } from "vitest";
import { arrive, open } from "./person";
import { MAKING_MS } from "./studio-hands";

const PHOTO = "public/samples/portrait.webp";
const THING = "public/samples/still-life.webp";

test("a guest's photo becomes a portrait, on a phone and in Chinese", async () => {
  const person = await arrive({ locale: "zh-CN", screen: "phone" });
  const { page } = person;
  await open(person, "/create/portrait");
  await page.locator("input[type=file]").first().setInputFiles(PHOTO);
  await page.getByText("会自动找到脸").waitFor();
  await page.getByText("粗线描边").click();
  await page.getByRole("button", { name: "画肖像" }).click();
  await page.getByRole("link", { name: "下载" }).waitFor({ timeout: MAKING_MS });
  expect(await page.getByText("没有找到脸").count()).toBe(0);
});

test("a photo without a face is drawn, says so, and takes a crop by hand", async () => {
  const person = await arrive();
  const { page } = person;
  await open(person, "/create/portrait");
  await page.locator("input[type=file]").first().setInputFiles("public/samples/dawn.webp");
  await page.getByRole("button", { name: "Draw the portrait" }).click();
  await page.getByText("No face was found in this photo").waitFor({ timeout: MAKING_MS });
  await page.getByRole("button", { name: "Choose the part myself" }).click();
  await page.getByRole("button", { name: "Move the square" }).press("ArrowRight");
  await page.getByRole("slider", { name: "Size of the square" }).waitFor();
});

test("a thing is set in a place, in the sizes that were chosen", async () => {
  const person = await arrive();
  const { page } = person;
  await open(person, "/create/product");
  await page.locator("input[type=file]").first().setInputFiles(THING);
  await page.getByText("Upright 4:5").click();
  await page.getByRole("button", { name: "Make 2 pictures" }).click();
  await page.getByRole("button", { name: "Show picture 2" }).click({ timeout: MAKING_MS });
  await page.getByRole("link", { name: "Download" }).waitFor();
});
