import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import en from "@/messages/en.json";
import zh from "@/messages/zh.json";
import { type AppServer, removeData, startApp } from "../support/app-server";
import { arrive, open, type Person, signUp } from "./person";
import { choose, make, press, startMaking, write } from "./studio-hands";

const QUOTA = 4;
let studio: AppServer;
let address = "";
const server = createServer((request, response) =>
  response.writeHead(request.url === "/broken" ? 500 : 204).end(),
);

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const env = { WEBHOOKS_PRIVATE: "1", QUOTA_JOBS_ACCOUNT: `${QUOTA}`, QUOTA_JOBS_GUEST: "1" };
  studio = await startApp({ env });
});
afterAll(async () => {
  await studio.stop();
  await removeData(studio);
  server.close();
});

async function makeKey({ page }: Person, { account: { keys } }: typeof en): Promise<string> {
  await press(page, keys.new);
  await page.getByRole("textbox", { name: keys.name, exact: true }).fill("Poster script");
  await press(page, keys.make);
  return page.getByRole("textbox", { name: keys.key, exact: true }).inputValue();
}

async function begin(token: string, webhook: string): Promise<void> {
  const input = { text: "https://example.com", look: "classic", size: 256 };
  const answer = await fetch(`${studio.url}/api/v1/jobs`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ scenario: "qr-picture", input, webhook }),
  });
  const { id } = await answer.json();
  const job = `${studio.url}/api/v1/jobs/${id}?wait=30`;
  const over = async () =>
    (await (await fetch(job, { headers: { authorization: `Bearer ${token}` } })).json()).state;
  await expect.poll(over, { timeout: 120_000 }).toBe("done");
}

test.each([
  ["en-US", "desktop", en],
  ["zh-CN", "phone", zh as typeof en],
] as const)(
  "%s, %s: how news arrive is shown where keys are made, and what is left of the day",
  async (...told) => {
    const [locale, screen, words] = told;
    const { webhooks, quota } = words.account;
    const ann = await arrive({ appUrl: studio.url, locale, screen });
    const { page } = ann;
    await open(ann, "/account");
    const day = page.getByRole("region", { name: quota.title });
    await day.getByText(quota.guest).waitFor();
    expect(await day.innerText()).toMatch(/1.*1/);

    await signUp(ann);
    await open(ann, "/account");
    expect(await day.innerText()).not.toContain(quota.guest);
    const token = await makeKey(ann, words);
    await begin(token, `${address}/heard`);
    await begin(token, `${address}/broken`);

    const opened = page.getByRole("button", { name: webhooks.of.replace("{name}", "Poster script") });
    const lines = page.locator("li li").filter({ hasText: "qr-picture →" });
    await expect
      .poll(async () => {
        await open(ann, "/account");
        await opened.click();
        return (await lines.allInnerTexts()).map((line) => line.split("\n")[0]);
      })
      .toEqual([webhooks.states.failing, webhooks.states.heard]);
    expect(await lines.first().innerText()).toContain(webhooks.faults.refused.replace("{status}", "500"));
    expect(await day.innerText()).toContain(String(QUOTA - 2));

    // Where a job's end was told last is what one tries first.
    const field = page.getByRole("textbox", { name: webhooks.test.url });
    expect(await field.inputValue()).toBe(`${address}/broken`);
    await field.fill(`${address}/heard`);
    await press(page, webhooks.test.send);
    await page.getByText(webhooks.test.heard.replace("{status}", "204")).waitFor();
    await field.fill("ftp://example.com");
    await press(page, webhooks.test.send);
    await page.getByText(webhooks.urlWrong).waitFor();

    await press(page, webhooks.turnOff);
    await page.getByText(webhooks.titleOff).waitFor();
    await press(page, webhooks.turnOn);
    await page.getByText(webhooks.onHint).waitFor();
  },
);

test("what is used up for today is told where it is asked for, with when it goes on; the form is kept", async () => {
  const guest = await arrive({ appUrl: studio.url });
  const { page } = guest;
  await open(guest, "/");
  await write(page, "https://example.com/first");
  await choose(page, "Classic");
  await make(page);
  await write(page, "https://example.com/second");
  await startMaking(page);
  await page.getByText(/You have begun 1 jobs? today.*You can go on in \d+ h \d+ min/).waitFor();
  await page.reload();
  await expect
    .poll(() => page.getByRole("textbox", { name: "Link or text" }).inputValue())
    .toBe("https://example.com/second");
  await open(guest, "/gallery?shelf=codes");
  expect(await page.getByRole("button", { name: /^Open / }).count()).toBe(1);
});
