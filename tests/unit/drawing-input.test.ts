import { describe, expect, test } from "vitest";
import { CONTROL_ANNOTATORS } from "@/lib/drawing/control.input";
import { SCHEDULES } from "@/lib/drawing/drawing.input";
import { annotatorNames, modelAnnotators } from "@/lib/engine/annotators/annotate";
import { samplers } from "@/lib/engine/schedulers/registry";
import { textToImageInput } from "@/lib/scenarios/text-to-image/text-to-image.job";

const picture = "00000000-0000-4000-8000-000000000001";
const isAsked = (more: object) => textToImageInput.safeParse({ prompt: "a cat", ...more }).success;

describe("what a drawing can be asked for", () => {
  test("is every annotator and schedule that the engine has", () => {
    expect(CONTROL_ANNOTATORS).toEqual([...annotatorNames, ...Object.keys(modelAnnotators)]);
    expect(new Set(SCHEDULES)).toEqual(
      new Set(Object.values(samplers).flatMap(({ schedules }) => schedules)),
    );
  });

  test("changes nothing where nothing is said", () => {
    expect(textToImageInput.parse({ prompt: "a cat" })).toMatchObject({
      ...{ size: null, schedule: null, vae: null, prediction: null, controls: [], hires: null },
    });
  });

  test("is a size in steps of 8, three controls, each for a while, and at most four times as large", () => {
    expect(isAsked({ size: { width: 640, height: 64 } })).toBe(true);
    for (const side of [60, 100, 4096, 512.5])
      expect(isAsked({ size: { width: 512, height: side } })).toBe(false);
    const control = { model: "lines", picture };
    expect(isAsked({ controls: [control, control, control] })).toBe(true);
    for (const more of [{ weight: 3 }, { from: 0.5, to: 0.5 }, { annotator: "dance" }, { model: "<a>" }])
      expect(isAsked({ controls: [{ ...control, ...more }] })).toBe(false);
    expect(isAsked({ controls: new Array(4).fill(control) })).toBe(false);
    expect(isAsked({ hires: {} })).toBe(true);
    for (const hires of [{ times: 5 }, { times: 1 }, { strength: 1.1 }, { steps: 0 }])
      expect(isAsked({ hires })).toBe(false);
  });
});
