import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import { createElement as h } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { MachineFacts } from "@/app/(account)/_account/machine-facts";
import type { Machine, MachineDevice } from "@/lib/inference/describe-machine";
import en from "@/messages/en.json";
import zh from "@/messages/zh.json";

const device = (change: Partial<MachineDevice> = {}): MachineDevice => ({
  ...{ kind: "cpu", id: null, isBusy: false, models: [] },
  ...change,
});
const GB = 2 ** 30;
const alone: Machine = { devices: [device()], by: "probe", budgetBytes: 14.1 * GB, waiting: 0 };

/** The panel's text, with a bar between its parts. */
function textOf(machine: Machine, locale: "en" | "zh" = "en"): string {
  const messages = locale === "en" ? en : zh;
  const children = h(MantineProvider, null, h(MachineFacts, { machine }));
  const props = { locale, messages, timeZone: "UTC", children };
  const markup = renderToStaticMarkup(h(NextIntlClientProvider, props));
  return markup.replace(/<style[^>]*>.*?<\/style>/gs, "").replace(/(<[^>]+>)+/g, "|");
}

describe("what the studio's machine is said to be", () => {
  test("a processor that has nothing to do", () => {
    const text = textOf(alone);
    expect(text).toContain("|Draws on the processor (CPU)|No graphics card was found");
    expect(text).toContain("|At the moment|Idle|Memory for models|14.1 GB|In memory|Nothing. A model");
    expect(text).toContain("|INFERENCE_DEVICE|");
  });

  test("graphics cards that were named, one of them at work", () => {
    const models = [
      { name: "sd/one", sizeBytes: 4.2 * GB },
      { name: null, sizeBytes: 3 * 2 ** 20 },
    ];
    const devices = [
      device({ kind: "cuda", id: 0, isBusy: true, models }),
      device({ kind: "cuda", id: 1, models: [] }),
    ];
    const text = textOf({ devices, by: "setting", budgetBytes: 20 * GB, waiting: 2 });
    expect(text).toContain("|Draws on graphics card 0 (CUDA)|Draws on graphics card 1 (CUDA)|");
    expect(text).toContain("|Whoever runs this studio chose it.|");
    expect(text).toContain("|At the moment|Drawing · 2 more wait|Memory for models|20 GB each|");
    expect(text).toContain("|sd/one · 4.2 GB|A model from elsewhere · 3 MB|");
  });

  test.each(["cuda", "webgpu"] as const)("%s, found, in both languages", (kind) => {
    const found: Machine = { ...alone, devices: [device({ kind })] };
    for (const [locale, messages] of [["en", en] as const, ["zh", zh] as const]) {
      const { devices, why } = messages.account.machine;
      expect(textOf(found, locale)).toContain(`|${devices[kind]}|${why[kind]}|`);
    }
  });
});
