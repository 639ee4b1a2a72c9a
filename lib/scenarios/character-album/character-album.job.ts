import { z } from "zod";
import { ASPECTS, drawingOptions, modelNameIn, writtenText } from "@/lib/drawing/drawing.input";
import { listedIn } from "@/lib/drawing/name-lists.input";

export const SCENE_SET_NAMES = ["day", "seasons", "world", "wardrobe"] as const;
/** Of an album that people ask for; a single picture is what one of its pages is made again with. */
export const ALBUM_COUNTS = { least: 8, usual: 12, most: 24 } as const;

/** Of one scene in people's own words. */
export const MOST_SCENE_CHARACTERS = 400;
export const MOST_ALBUM_TITLE_CHARACTERS = 120;

/** A LoRA by name; null leaves the weight to its makers. */
const chosenLora = z.object({
  name: modelNameIn("loras"),
  weight: z.number().min(-2).max(2).nullable().default(null),
});

/** What a person asks for: who, in which scenes. */
export const characterAlbumInput = drawingOptions.extend({
  character: chosenLora,
  style: chosenLora.nullable().default(null),
  /** What is the same in every picture besides: "with a straw hat". */
  about: writtenText.max(300).default(""),
  scenes: z
    .union([
      z.object({ set: z.enum(SCENE_SET_NAMES).describe(listedIn("sceneSets")) }),
      /** In people's own words, one a picture. */
      z.object({
        written: z.array(writtenText.min(1).max(MOST_SCENE_CHARACTERS)).min(1).max(ALBUM_COUNTS.most),
      }),
    ])
    .default({ set: "day" }),
  /** Beyond the scenes that there are, they come again with other seeds. */
  count: z.number().int().min(1).max(ALBUM_COUNTS.most).default(ALBUM_COUNTS.usual),
  aspect: z.enum(ASPECTS).default("square"),
  /** Of the album; empty: who it shows, and where. */
  title: writtenText.max(MOST_ALBUM_TITLE_CHARACTERS).default(""),
  /** Of the titles. */
  language: z.enum(["en", "zh"]).default("en"),
});

export type CharacterAlbumInput = z.infer<typeof characterAlbumInput>;
export const CHARACTER_ALBUM = "character-album";
