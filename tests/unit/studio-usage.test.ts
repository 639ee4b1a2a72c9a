import { expect, test } from "vitest";
import { UsageError } from "@/scripts/studio/usage-error";

test.each([
  ["--photo is missing.", "缺少 --photo。"],
  ["--out: use .png", "--out：请使用 .png"],
  ["--mask needs --init.", "--mask 需要与 --init 一起使用。"],
  ["--limit is a number from 1 to 100.", "--limit 应为 1 到 100 之间的数字。"],
  ["album knows: import FOLDER.", "album 可用：import FOLDER。"],
  ["verify needs one picture.", "verify 需要一张图片。"],
])("%s is told in Chinese, too", (message, zh) => {
  expect(new UsageError(message)).toMatchObject({ message, zh });
});

test("what somebody wrote in Chinese is said, and of anything else the English stays", () => {
  expect(new UsageError("Kinds are: a, b.", "类型有：a、b。").zh).toBe("类型有：a、b。");
  expect(new UsageError("Something else.").zh).toBe("Something else.");
});
