import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { EngineError } from "@/lib/engine/engine-error";
import { ERRORS, errorMessage, toAppError } from "@/lib/errors";
import { fromRecord, toRecord } from "@/lib/inference/messages";

const codes = [...readFileSync("lib/engine/engine-error.ts", "utf8").matchAll(/^ {2}\| "(\w+)"/gm)].map(
  (match) => match[1]!,
);

test("every code of the engine has a message for people", () => {
  expect(codes.length).toBeGreaterThan(15);
  expect(Object.keys(ERRORS)).toEqual(expect.arrayContaining(codes));
});

test.each(codes)("%s reads well without any details, but for those that are always there", (code) => {
  for (const locale of ["en", "zh"] as const) expect(errorMessage(code, {}, locale)).not.toMatch(/[[\]]/);
});

test("parts of a message are told only where their details are known", () => {
  expect(errorMessage("weights_missing", { file: "a" })).toBe(
    "The model a is not there. Choose another model, or have it installed again.",
  );
  expect(errorMessage("weights_missing", { file: "a", nearest: "b, c" })).toBe(
    "The model a is not there. Similar names: b, c. Choose another model, or have it installed again.",
  );
  const shapes = { layer: "conv_in.weight", got: "[320,4,3,3]", expected: "[320,9,3,3]" };
  expect(errorMessage("weights_shape_mismatch", shapes)).toBe(
    "conv_in.weight has the shape [320,4,3,3], where [320,9,3,3] is needed. It was made for another model.",
  );
  expect(errorMessage("out_of_memory", { got: 9000, expected: 4000 }, "zh")).toContain("9000 MB");
});

test("an error keeps its name, code and details on its way between processes", () => {
  const thrown = new EngineError("weights_missing", "not there", { file: "a.safetensors" });
  const crossed = fromRecord(structuredClone(toRecord(thrown)));
  expect(crossed).toBeInstanceOf(Error);
  expect(crossed).toMatchObject({ name: "EngineError", code: "weights_missing", message: "not there" });
  const error = toAppError(crossed);
  expect(error.code).toBe("weights_missing");
  expect(error.details).toEqual({ file: "a.safetensors" });
  expect(toAppError(fromRecord(toRecord(new DOMException("stop", "AbortError")))).code).toBe("cancelled");
  expect(fromRecord(toRecord("text")).message).toBe("text");
});
