import { readPictureFile } from "@/lib/pictures/read-picture-file";
import { route } from "../../../_route";
import { pictureFileQuery } from "../../_file-query";
import { fileResponse } from "../../_file-response";

/** The picture for showing, without metadata: `?width=` 320, 640 or 1280, else as large as screens need. */
export const GET = route<{ id: string }>(async ({ request, params, url, requireOwner }) => {
  const { width } = pictureFileQuery.parse(Object.fromEntries(url.searchParams));
  const file = await readPictureFile((await requireOwner()).id, params.id, width ?? "full");
  return fileResponse(request, file, "inline");
});
