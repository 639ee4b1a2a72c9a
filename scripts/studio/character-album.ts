import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/lib/errors";
import { findModel } from "@/lib/inference/model-files";
import { parseInput } from "@/lib/parse-input";
import { decodeRgb } from "@/lib/pictures/decode-rgb";
import { fileNameFromTitle } from "@/lib/pictures/picture-title";
import {
  ALBUM_COUNTS,
  type CharacterAlbumInput,
  characterAlbumInput,
  SCENE_SET_NAMES,
} from "@/lib/scenarios/character-album/character-album.job";
import { drawPage } from "@/lib/scenarios/character-album/draw-page";
import { measureLikeness } from "@/lib/scenarios/character-album/likeness";
import { planAlbum } from "@/lib/scenarios/character-album/plan-album";
import { readInput, writeOutput } from "./files";
import { openProgressLine, untilInterrupted } from "./generate-progress";
import { askedLocale } from "./language";
import { messages } from "./messages/messages";
import { parseOptions } from "./parse-options";
import { UsageError } from "./usage-error";

/** Draws an album of a character into a folder, a file as soon as it is drawn. */
export async function characterAlbum(args: string[]): Promise<number> {
  const { input, seed, out, json } = await readArguments(args);
  const signal = untilInterrupted();
  const { title, easel, pages } = await planAlbum(input, seed, null);
  await makeFolder(out);
  const progress = openProgressLine();
  const told = messages();
  const pictures: { file: string; title: string; prompt: string; seed: number }[] = [];
  const drawn: Buffer[] = [];
  const began = performance.now();
  let firstMs = 0;
  try {
    for (const [i, page] of pages.entries()) {
      const say = (part: number) =>
        progress.say(told.progress.picture(i + 1, pages.length, told.progress.part(Math.round(100 * part))));
      say(0);
      const bytes = await drawPage(easel, page, { signal, onProgress: say });
      firstMs ||= performance.now() - began;
      const file = path.join(out, fileNameFromTitle(`${`${i + 1}`.padStart(2, "0")} ${page.title}`, "png"));
      await writeOutput(file, bytes);
      drawn.push(bytes);
      pictures.push({ file, title: page.title, prompt: page.prompt, seed: page.seed });
      progress.clear();
      if (!json) console.log(file);
    }
    const file = await findModel(input.character.name, "lora");
    const likeness = await measureLikeness(
      file,
      await Promise.all(drawn.map((bytes) => decodeRgb(bytes))),
      signal,
    );
    const recognised = likeness?.filter((isNearest) => isNearest).length ?? null;
    const timesMs = { first: firstMs, all: performance.now() - began };
    if (json) console.log(JSON.stringify({ album: title, pictures, recognised, timesMs }));
    else if (recognised !== null)
      console.log(told.characterAlbum.recognised(title, recognised, pictures.length));
    return 0;
  } finally {
    progress.clear();
  }
}

interface AlbumOrder {
  readonly input: CharacterAlbumInput;
  readonly seed: number;
  readonly out: string;
  readonly json: boolean;
}

/** @throws UsageError · AppError input_invalid, file_unreadable */
async function readArguments(args: string[]): Promise<AlbumOrder> {
  const text = { type: "string" } as const;
  const { values } = parseOptions({
    args,
    options: {
      ...{ character: text, style: text, scenes: text, about: text, model: text, count: text, seed: text },
      ...{ out: text, lang: text, json: { type: "boolean" } },
    },
  });
  const { character, style, scenes = "day", about = "", model = null, count, seed, out } = values;
  if (character === undefined) throw new UsageError("missing", "--character");
  if (out === undefined) throw new UsageError("missing", "--out");
  const chosen = await readScenes(scenes);
  const usual = "written" in chosen ? chosen.written.length : ALBUM_COUNTS.usual;
  const input = parseInput(characterAlbumInput, {
    character: chosenLora("--character", character),
    style: style === undefined ? null : chosenLora("--style", style),
    ...{ about, model, scenes: chosen, count: count === undefined ? usual : Number(count) },
    // Titles become names of files: those of a system's language would be others on another machine.
    language: askedLocale() ?? "en",
    seed: seed === undefined ? null : Number(seed),
  });
  return { input, seed: input.seed ?? randomSeed(), out, json: values.json ?? false };
}

const randomSeed = (): number => Math.floor(Math.random() * 2 ** 32);

/** `NAME[:WEIGHT]`. */
function chosenLora(option: string, text: string): { name: string; weight: number | null } {
  const [, name = "", weight] = /^([^:]*)(?::(-?\d*\.?\d+))?$/.exec(text) ?? [];
  if (name === "") throw new UsageError("weightedForm", option, text);
  return { name, weight: weight === undefined ? null : Number(weight) };
}

/** A set by its name, or a file with a scene a line. */
async function readScenes(text: string): Promise<CharacterAlbumInput["scenes"]> {
  const set = SCENE_SET_NAMES.find((name) => name === text);
  if (set) return { set };
  if (!existsSync(text)) throw new UsageError("scenesUnknown", text, SCENE_SET_NAMES.join(messages().comma));
  const lines = (await readInput(text)).toString("utf8").split(/\r?\n/);
  return { written: lines.map((line) => line.trim()).filter((line) => line !== "") };
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new AppError("file_unwritable", { cause, details: { file: folder } });
  });
}
