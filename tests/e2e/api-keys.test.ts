import { expect, test } from "vitest";
import { arrive, open, signUp } from "./person";
import { press } from "./studio-hands";

test("a key is made on the account page, opens the API, is told once, and is revoked", async () => {
  const ann = await arrive();
  const { page, context, appUrl } = ann;
  await open(ann, "/account");
  await page.getByText("make an account first").waitFor();
  await signUp(ann);
  await open(ann, "/account");

  await press(page, "New key");
  await press(page, "Make the key");
  await page.getByRole("alert").filter({ hasText: "Give the key a name" }).waitFor();
  await page.getByRole("textbox", { name: "Name" }).fill("Poster script");
  await press(page, "Make the key");
  const token = await page.getByRole("textbox", { name: "API key" }).inputValue();
  expect(token).toMatch(/^msq_[\w-]{43}$/);
  expect(await page.getByRole("textbox", { name: "Webhook secret" }).inputValue()).toMatch(/^whsec_/);

  // A program, not this browser: no cookies.
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${appUrl}/api/v1${path}`, { ...init, headers: { authorization: `Bearer ${token}` } });
  const input = { text: "https://example.com/api", look: "classic", size: 256 };
  const begun = await ask("/jobs", {
    method: "POST",
    body: JSON.stringify({ scenario: "qr-picture", input }),
  });
  expect(begun.status).toBe(202);
  const { id } = await begun.json();
  const over = async () => (await (await ask(`/jobs/${id}?wait=30`)).json()).state;
  await expect.poll(over, { timeout: 300_000 }).toBe("done");
  const file = await ask(`/pictures/${id}/file`);
  expect(file.headers.get("content-type")).toBe("image/png");
  // What a program made is in its owner's gallery; what it may not do, it can't.
  expect((await context.request.get(`${appUrl}/api/pictures/${id}`)).status()).toBe(200);
  expect((await ask(`/pictures/${id}`, { method: "DELETE" })).status).toBe(403);

  await open(ann, "/account");
  expect(await page.content()).not.toContain(token);
  await page.getByText(/last used/).waitFor();
  await press(page, "Revoke Poster script");
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await page.getByText("The key opens nothing any more.").waitFor();
  expect((await ask("/jobs")).status).toBe(401);
});

test("the API's page shows every operation and tries one with a key, from this origin alone", async () => {
  const ben = await arrive();
  const { page, appUrl } = ben;
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    const address = request.url();
    if (!address.startsWith(appUrl) && /^https?:/.test(address)) elsewhere.push(address);
  });
  await signUp(ben);
  await open(ben, "/account");
  await press(page, "New key");
  await page.getByRole("textbox", { name: "Name" }).fill("Docs");
  await press(page, "Make the key");
  const token = await page.getByRole("textbox", { name: "API key" }).inputValue();

  await open(ben, "/api-docs");
  const document = await (await fetch(`${appUrl}/api/v1/openapi.json`)).json();
  const count = Object.values(document.paths).flatMap((methods) => Object.keys(methods as object)).length;
  await expect.poll(() => page.locator(".opblock").count()).toBe(count);
  await page.locator(".auth-wrapper > .authorize").first().click();
  await page.locator(".auth-container input").fill(token);
  await page.locator(".auth-container .authorize").click();
  await page.locator(".auth-container .btn-done").click();
  const models = page.locator(".opblock").filter({ has: page.locator('[data-path="/models"]') });
  await models.locator(".opblock-summary-control").click();
  await models.getByRole("button", { name: "Try it out" }).click();
  await models.getByRole("button", { name: "Execute" }).click();
  await models.locator(".live-responses-table").getByText('"checkpoints"').waitFor();
  expect(elsewhere).toEqual([]);
});
