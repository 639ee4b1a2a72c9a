import { expect, test } from "vitest";
import { albumCount, albumOf, firstAlbum, longScene } from "@/app/(studio)/_characters/characters-form";
import { characterAlbumInput } from "@/lib/scenarios/character-album/character-album.job";

const written = (count: number, ...lines: string[]) => ({
  ...{ ...firstAlbum("momo"), scenes: "written" as const, lines: lines.join("\n"), count },
});

test("three scenes fill an album of as many pictures as were chosen, and none is left out", () => {
  const album = albumOf(written(10, "in a forest", "", " at sea ", "at home"), "momo", null);
  expect(characterAlbumInput.parse(album)).toMatchObject({
    ...{ count: 10, scenes: { written: ["in a forest", "at sea", "at home"] } },
  });
  const lines = Array.from({ length: 30 }, (_, i) => `scene ${i}`);
  expect(albumCount(written(8, ...lines.slice(0, 11)))).toBe(11);
  expect(characterAlbumInput.safeParse(albumOf(written(8, ...lines), "momo", null)).success).toBe(true);
});

test("a scene that is too long is told before anything is asked for", () => {
  const long = written(8, "in a forest", "x".repeat(401));
  expect(longScene(long)).toBe(2);
  expect(longScene({ ...long, scenes: "day" })).toBeNull();
  expect(longScene(written(8, "x".repeat(400)))).toBeNull();
  expect(characterAlbumInput.safeParse(albumOf(long, "momo", null)).success).toBe(false);
});

test("weights and title go along", () => {
  const form = { ...firstAlbum("momo"), characterWeight: 0.4, styleWeight: 0.3, title: "Momo at sea" };
  expect(albumOf(form, "momo", "mosaic")).toMatchObject({
    ...{ character: { name: "momo", weight: 0.4 }, style: { name: "mosaic", weight: 0.3 } },
    ...{ title: "Momo at sea", scenes: { set: "day" } },
  });
  expect(albumOf({ ...form, characterWeight: null }, "momo", null)).toMatchObject({
    ...{ character: { weight: null }, style: null },
  });
});
