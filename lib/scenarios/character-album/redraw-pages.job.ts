import { z } from "zod";

/** Which pages of an album are drawn anew, each in its place; locked ones stay. */
export const redrawPagesInput = z.object({
  album: z.uuid(),
  pictures: z.array(z.uuid()).min(1).max(100),
});

export const REDRAW_PAGES = "character-album-redraw";
