import { expect, test } from "vitest";
import { altText, cleanCaption, MAX_CAPTION_CHARS } from "@/lib/pictures/picture-caption";

test("a caption keeps its lines, and nothing that nobody sees", () => {
  expect(cleanCaption("  At the lake.\r\n\r\n\r\n\r\nLater:\t rain\u0000 \n and cake  ")).toBe(
    "At the lake.\n\nLater: rain\nand cake",
  );
  expect(cleanCaption("line\u2028line\u202eenil")).toBe("line\nline enil");
  expect(cleanCaption("家\u2066人\u2069")).toBe("家 人");
});

test("it is cut between characters, never within one", () => {
  const long = cleanCaption("🐶".repeat(MAX_CAPTION_CHARS + 5));
  expect([...long]).toHaveLength(MAX_CAPTION_CHARS);
  expect(long.endsWith("🐶")).toBe(true);
});

test("where there is room for a line, the caption tells more than the title", () => {
  expect(altText({ title: "IMG_1", caption: "Grandma\n\nat the lake" })).toBe("Grandma at the lake");
  expect(altText({ title: "IMG_1", caption: "" })).toBe("IMG_1");
});
