import { z } from "zod";

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
});
export type MadePictures = z.infer<typeof madePictures>;
