import { parseArgs } from "node:util";
import { AppError } from "@/lib/errors";
import type { Door } from "./door/door";
import { findAlbum } from "./door/find-album";
import { openDoor } from "./door/open-door";
import { UsageError } from "./usage-error";

const COUNT = { usual: 20, most: 200 };

/** Finds somebody's pictures by words; what only comes nearest is told apart. */
export async function search(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      album: { type: "string" },
      place: { type: "string" },
      as: { type: "string" },
      limit: { type: "string", default: `${COUNT.usual}` },
      json: { type: "boolean", default: false },
      lang: { type: "string" },
    },
  });
  const words = positionals.join(" ").trim();
  const limit = Number(values.limit);
  if (!words) throw new UsageError("search needs words.");
  if (!Number.isInteger(limit) || limit < 1 || limit > COUNT.most)
    throw new UsageError(`--limit is a number from 1 to ${COUNT.most}.`);
  const door = await openDoor(values.as ?? null);
  try {
    const { found, waiting } = await door.search(words, {
      count: limit,
      album: values.album === undefined ? null : await albumId(door, values.album),
      place: values.place ?? null,
    });
    const results = found.map(({ picture: { id, title }, score, matches, tags, text }) => ({
      ...{ id, title, score, matches, text },
      tags: tags.map(({ en, zh }) => ({ en, zh })),
    }));
    if (values.json) console.log(JSON.stringify({ words, results, waiting }));
    else report(results, { isChinese: values.lang?.startsWith("zh") ?? false, waiting });
  } finally {
    await door.close();
  }
  return 0;
}

async function albumId(door: Door, title: string): Promise<string> {
  const album = await findAlbum(door, title);
  if (!album) throw new AppError("album_unknown", { details: { title } });
  return album.id;
}

interface Result {
  readonly id: string;
  readonly title: string;
  readonly score: number | null;
  readonly matches: boolean;
  /** The line in the picture where the words stand; null where they do not. */
  readonly text: string | null;
  readonly tags: readonly { readonly en: string; readonly zh: string }[];
}

function report(
  results: readonly Result[],
  { isChinese, waiting }: { isChinese: boolean; waiting: number },
): void {
  const say = (en: string, zh: string) => console.log(isChinese ? zh : en);
  const firstWeak = results.findIndex(({ matches }) => !matches);
  for (const [i, { id, title, score, tags, text }] of results.entries()) {
    if (i === firstWeak) say("— no strong matches below this line —", "—— 以下图片只是比较接近 ——");
    const words = tags.map(({ en, zh }) => (isChinese ? zh : en)).join(", ");
    console.log(
      `${score?.toFixed(2) ?? "   –"}  ${title || id}${words ? `  (${words})` : ""}${text ? `  “${text}”` : ""}`,
    );
  }
  if (results.length === 0) say("Nothing is there yet.", "还没有图片。");
  if (waiting > 0) say(`${waiting} pictures are still to be looked at.`, `还有 ${waiting} 张图片有待识别。`);
}
