import { expect, test } from "vitest";
import en from "@/messages/en.json";
import zh from "@/messages/zh.json";
import { drawThing } from "../support/world";
import { arrive, open } from "./person";

const LANGUAGES = [
  ["en-US", en.nav.machine, en.account.machine],
  ["zh-CN", zh.nav.machine, zh.account.machine],
] as const;

test.each(LANGUAGES)(
  "%s: a guest is told what the studio draws with, and no more",
  async (locale, link, words) => {
    const person = await arrive({ locale });
    const { page, context, appUrl } = person;
    // A picture that comes in is looked at, and the model that does it stays in memory.
    const buffer = await drawThing("cat");
    const file = { name: "a.png", mimeType: "image/png", buffer };
    await context.request.post(`${appUrl}/api/pictures`, { multipart: { file } });
    const waiting = async () =>
      (await (await context.request.get(`${appUrl}/api/pictures/search?words=x`)).json()).waiting;
    await expect.poll(waiting, { timeout: 60_000, interval: 500 }).toBe(0);
    await open(person, "/");
    await page.getByRole("link", { name: link }).click();
    const panel = page.getByRole("region", { name: words.title });
    await panel.getByText(words.budget, { exact: true }).waitFor();
    const { inference } = (await (await fetch(`${appUrl}/api/health`)).json()) as {
      inference: { devices: keyof typeof words.devices };
    };
    const text = await panel.innerText();
    expect(text).toContain(words.devices[inference.devices]);
    expect(text).toContain(words.idle);
    expect(text).not.toContain(words.nothing);
    expect(text).toMatch(/seedling · \d/);
    expect(text).not.toContain(process.cwd());
  },
);
