import { z } from "zod";
import { type DrawingOptions, drawingOptions } from "@/lib/drawing/drawing.input";
import {
  ALBUM_COUNTS,
  characterAlbumInput,
  SCENE_SET_NAMES,
} from "@/lib/scenarios/character-album/character-album.job";
import type { SceneSetName } from "@/lib/scenarios/character-album/scene-sets";

/** Everything that can be set on the page for a character's album. */
export interface CharactersForm {
  /** LoRAs by name; null where none is chosen. */
  readonly character: string | null;
  readonly style: string | null;
  /** Of the style; null leaves it to its makers. */
  readonly styleWeight: number | null;
  readonly about: string;
  /** `written`: the scenes are in `lines`. */
  readonly scenes: SceneSetName | "written";
  /** One a line. */
  readonly lines: string;
  readonly count: number;
  readonly options: DrawingOptions;
}

/** Beyond, there is more style than picture. */
export const MOST_STYLE_WEIGHT = 1.5;
export const MOST_LINES_CHARACTERS = 8000;

export const CHARACTERS_FIELDS: { readonly [K in keyof CharactersForm]: z.ZodType<CharactersForm[K]> } = {
  character: z.string().min(1).max(200).nullable(),
  style: z.string().min(1).max(200).nullable(),
  styleWeight: z.number().min(0).max(MOST_STYLE_WEIGHT).nullable(),
  about: characterAlbumInput.shape.about,
  scenes: z.enum([...SCENE_SET_NAMES, "written"]),
  lines: z.string().max(MOST_LINES_CHARACTERS),
  count: z.number().int().min(ALBUM_COUNTS.least).max(ALBUM_COUNTS.most),
  options: drawingOptions,
};

export const firstAlbum = (character: string | null): CharactersForm => ({
  ...{
    character,
    style: null,
    styleWeight: null,
    about: "",
    scenes: "day",
    lines: "",
    count: ALBUM_COUNTS.usual,
  },
  options: drawingOptions.parse({}),
});

/** The scenes that somebody wrote, as many as an album holds. */
export const writtenScenes = ({ lines }: Pick<CharactersForm, "lines">): string[] =>
  lines
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .slice(0, ALBUM_COUNTS.most);
