import { z } from "zod";
import { PICTURE_WIDTHS } from "@/lib/pictures/picture-widths";

/** How large a picture is wanted: one of the widths, or as large as screens need. */
export const pictureFileQuery = z.object({
  width: z.coerce
    .number()
    .pipe(z.union(PICTURE_WIDTHS.map((width) => z.literal(width))))
    .optional(),
});
