import { expect, inject, test } from "vitest";
import { openBrowser } from "../support/chromium";

test("the first page opens without an error, within its content security policy", async () => {
  const browser = await openBrowser();
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  const response = await page.goto(inject("appUrl"), { waitUntil: "networkidle" });
  expect(response?.status()).toBe(200);
  expect(await page.title()).not.toBe("");
  expect(complaints).toEqual([]);
  await browser.close();
});
