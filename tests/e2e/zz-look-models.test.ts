import { test } from "vitest";
import { startApp } from "../support/app-server";
import { arrive, open, signUp } from "./person";

test("look", async () => {
  const app = await startApp({});
  for (const [locale, screen] of [
    ["en-US", "desktop"],
    ["zh-CN", "phone"],
  ] as const) {
    const person = await arrive({ appUrl: app.url, locale, screen });
    if (locale === "en-US") await signUp(person);
    await open(person, "/models");
    for (const scheme of ["light", "dark"] as const) {
      await person.page.emulateMedia({ colorScheme: scheme });
      await person.page.locator(`html[data-mantine-color-scheme=${scheme}]`).waitFor();
      await person.page.screenshot({ path: `/tmp/look-models-${screen}-${scheme}.png`, fullPage: true });
    }
  }
  await app.stop();
});
