import { expect, test } from "vitest";
import { RequestKey } from "@/app/_ui/making/request-key";

test("the same asked again before anything was heard is the same request", () => {
  const requests = new RequestKey();
  const first = requests.of({ prompt: "a cat", count: 2 });
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(requests.of({ prompt: "a cat", count: 2 })).toBe(first);
  requests.heard();
  expect(requests.of({ prompt: "a cat", count: 2 })).not.toBe(first);
});

test("something else is another request", () => {
  const requests = new RequestKey();
  const first = requests.of({ prompt: "a cat" });
  const second = requests.of({ prompt: "a dog" });
  expect(second).not.toBe(first);
  expect(requests.of({ prompt: "a dog" })).toBe(second);
});
