import { AppError } from "@/lib/errors";
import type { Door } from "./door/door";
import { findAlbum } from "./door/find-album";
import { openDoor } from "./door/open-door";
import { locale } from "./language";
import { messages } from "./messages/messages";
import { parseOptions } from "./parse-options";
import { UsageError } from "./usage-error";

const COUNT = { usual: 20, most: 200 };

/** Finds somebody's pictures by words; what only comes nearest is told apart. */
export async function search(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions({
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
  if (!words) throw new UsageError("wordsMissing", "search");
  if (!Number.isInteger(limit) || limit < 1 || limit > COUNT.most)
    throw new UsageError("range", "--limit", 1, COUNT.most);
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
    else report(results, waiting);
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

function report(results: readonly Result[], waiting: number): void {
  const { comma, search: told } = messages();
  const language = locale();
  const firstWeak = results.findIndex(({ matches }) => !matches);
  for (const [i, { id, title, score, tags, text }] of results.entries()) {
    if (i === firstWeak) console.log(told.weak());
    const words = tags.map((tag) => tag[language]).join(comma);
    console.log(
      `${score?.toFixed(2) ?? "   –"}  ${title || id}${words ? `  (${words})` : ""}${text ? `  “${text}”` : ""}`,
    );
  }
  if (results.length === 0) console.log(told.nothing());
  if (waiting > 0) console.log(told.waiting(waiting));
}
