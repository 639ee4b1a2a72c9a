import { z } from "zod";

/** A table of pictures: two settings, what they are in each column and row, and which picture is where. */
export const madeSheet = z.object({
  across: z.string(),
  down: z.string().nullable(),
  columns: z.array(z.string()),
  rows: z.array(z.string()),
  /** Row by row; null where one is still to come. */
  cells: z.array(z.uuid().nullable()),
});
export type MadeSheet = z.infer<typeof madeSheet>;

/** What a job that makes several pictures tells of itself, as far as it is: it arrives one by one. */
export const madePictures = z.object({
  /** In the order in which they are to be shown. */
  pictures: z.array(z.uuid()),
  /** How many there will be. */
  of: z.number().int().positive(),
  /** The album that they lie in, where the job made one. */
  albumId: z.uuid().nullable().default(null),
  /** In how many of them who was asked for is seen, where that was looked at. */
  recognised: z.number().int().nullable().default(null),
  /** Whether a face was found in the photo; null where none was looked for. */
  isFaceFound: z.boolean().nullable().default(null),
  /** How many were drawn and left out because not enough readers read them; null where none are tried. */
  refused: z.number().int().nullable().default(null),
  /** How many times as large a second pass became, where the model draws no larger; null where it is what was asked for. */
  hiresTimes: z.number().nullable().default(null),
  /** Where the pictures are the cells of a table. */
  sheet: madeSheet.nullable().default(null),
  /** What is known of the picture that is being drawn: a small WebP's address, that is kept nowhere else. */
  preview: z.string().startsWith("data:image/webp;base64,").nullable().default(null),
});
export type MadePictures = z.infer<typeof madePictures>;
