import { expect, test } from "vitest";
import { findChoice, isGone } from "@/lib/drawing/find-choice";
import { lineNetFor } from "@/lib/drawing/line-nets";

const choices = [{ id: "anime/Dream" }, { id: "dream" }, { id: "sd/toon" }];

test("a model is found as files are: in either case, with or without folders and ending", () => {
  expect(findChoice(choices, "DREAM.safetensors")?.id).toBe("dream");
  expect(findChoice(choices, "anime\\dream")?.id).toBe("anime/Dream");
  expect(findChoice(choices, "toon")?.id).toBe("sd/toon");
  expect(findChoice(choices, "oon")).toBeUndefined();
  expect(findChoice(choices, null)).toBeUndefined();
});

test("what is chosen and not among them is gone; nothing chosen is not", () => {
  expect(isGone(choices, "toon")).toBe(false);
  expect(isGone(choices, "vanished")).toBe(true);
  expect(isGone(choices, null)).toBe(false);
});

test("lines are followed by a ControlNet of the model's own family, Canny first", () => {
  const nets = [
    { id: "control_lineart", family: "sd1" },
    { id: "control_canny", family: "sd1" },
    { id: "canny-xl", family: "sdxl" },
    { id: "canny-unknown", family: null },
    { id: "depth", family: "sd2" },
  ] as const;
  expect(lineNetFor(nets, "sd1")).toMatchObject({ net: { id: "control_canny" }, annotator: "canny" });
  expect(lineNetFor(nets, "sdxl")?.net.id).toBe("canny-xl");
  expect(lineNetFor(nets, "sd2")).toBeNull();
  expect(lineNetFor(nets, null)).toBeNull();
});
