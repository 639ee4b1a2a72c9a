import { z } from "zod";
import { PICTURE_WIDTHS } from "@/lib/pictures/picture-widths";
import { readPictureFile } from "@/lib/pictures/read-picture-file";
import { route } from "../../../_route";
import { fileResponse } from "../../_file-response";

const query = z.object({
  width: z.coerce
    .number()
    .pipe(z.union(PICTURE_WIDTHS.map((width) => z.literal(width))))
    .optional(),
});

/** The picture for showing, without metadata: `?width=` 320, 640 or 1280, else as large as screens need. */
export const GET = route<{ id: string }>(async ({ request, params, url, requireOwner }) => {
  const { width } = query.parse(Object.fromEntries(url.searchParams));
  const file = await readPictureFile((await requireOwner()).id, params.id, width ?? "full");
  return fileResponse(request, file, "inline");
});
