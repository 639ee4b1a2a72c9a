import { z } from "zod";
import { type DrawingOptions, drawingOptions } from "@/lib/drawing/drawing.input";
import {
  ALBUM_COUNTS,
  characterAlbumInput,
  MOST_SCENE_CHARACTERS,
  SCENE_SET_NAMES,
} from "@/lib/scenarios/character-album/character-album.job";
import type { SceneSetName } from "@/lib/scenarios/character-album/scene-sets";

/** Everything that can be set on the page for a character's album. */
export interface CharactersForm {
  /** LoRAs by name; null where none is chosen. */
  readonly character: string | null;
  readonly style: string | null;
  /** Of each; null leaves it to its makers. */
  readonly characterWeight: number | null;
  readonly styleWeight: number | null;
  readonly about: string;
  /** `written`: the scenes are in `lines`. */
  readonly scenes: SceneSetName | "written";
  /** One a line. */
  readonly lines: string;
  readonly count: number;
  /** Of the album; empty: who it shows, and where. */
  readonly title: string;
  readonly options: DrawingOptions;
}

/** Beyond, there is more of a LoRA than of a picture. */
export const MOST_WEIGHT = 1.5;
export const MOST_LINES_CHARACTERS = 8000;

export const CHARACTERS_FIELDS: { readonly [K in keyof CharactersForm]: z.ZodType<CharactersForm[K]> } = {
  character: z.string().min(1).max(200).nullable(),
  style: z.string().min(1).max(200).nullable(),
  characterWeight: z.number().min(0).max(MOST_WEIGHT).nullable(),
  styleWeight: z.number().min(0).max(MOST_WEIGHT).nullable(),
  about: characterAlbumInput.shape.about,
  scenes: z.enum([...SCENE_SET_NAMES, "written"]),
  lines: z.string().max(MOST_LINES_CHARACTERS),
  count: z.number().int().min(ALBUM_COUNTS.least).max(ALBUM_COUNTS.most),
  title: characterAlbumInput.shape.title,
  options: drawingOptions,
};

export const firstAlbum = (character: string | null): CharactersForm => ({
  ...{ character, style: null, characterWeight: null, styleWeight: null, about: "" },
  ...{ scenes: "day", lines: "", count: ALBUM_COUNTS.usual, title: "" },
  options: drawingOptions.parse({}),
});

/** The scenes that somebody wrote, as many as an album holds. */
export const writtenScenes = ({ lines }: Pick<CharactersForm, "lines">): string[] =>
  lines
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .slice(0, ALBUM_COUNTS.most);

type Scenes = Pick<CharactersForm, "scenes" | "lines" | "count">;

/** The fewest pictures that can be chosen: no scene that somebody wrote is left out. */
export const leastCount = ({ scenes, lines }: Pick<Scenes, "scenes" | "lines">): number =>
  scenes === "written" ? Math.max(ALBUM_COUNTS.least, writtenScenes({ lines }).length) : ALBUM_COUNTS.least;

/** How many pictures the album gets: beyond its scenes they come again. */
export const albumCount = (form: Scenes): number => Math.max(form.count, leastCount(form));

/** The first scene that is longer than the job takes, counted from 1; null where all are short enough. */
export function longScene({ scenes, lines }: Pick<Scenes, "scenes" | "lines">): number | null {
  if (scenes !== "written") return null;
  const at = writtenScenes({ lines }).findIndex((line) => line.length > MOST_SCENE_CHARACTERS);
  return at < 0 ? null : at + 1;
}

/** What the job is asked for, apart from the language. */
export function albumOf(form: CharactersForm, character: string, style: string | null) {
  const { options, about, scenes, title } = form;
  return {
    ...{ ...options, about, title, count: albumCount(form) },
    character: { name: character, weight: form.characterWeight },
    style: style === null ? null : { name: style, weight: form.styleWeight },
    scenes: scenes === "written" ? { written: writtenScenes(form) } : { set: scenes },
  };
}
