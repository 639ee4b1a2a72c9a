import { expect, test } from "vitest";
import en from "@/messages/en.json";
import zh from "@/messages/zh.json";
import { arrive, open } from "./person";

const LANGUAGES = [
  ["en-US", en.nav.machine, en.account.machine],
  ["zh-CN", zh.nav.machine, zh.account.machine],
] as const;

test.each(LANGUAGES)(
  "%s: a guest is told what the studio draws with, and no more",
  async (locale, link, words) => {
    const person = await arrive({ locale });
    const { page, appUrl } = person;
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
    expect(text).toContain(words.nothing);
    expect(text).not.toContain(process.cwd());
  },
);
