import { PICTURE_WIDTHS } from "@/lib/pictures/picture-widths";
import { readOriginal, readPictureFile } from "@/lib/pictures/read-picture-file";
import { fileResponse } from "../../../../pictures/_file-response";
import { apiRoute } from "../../../_api-route";
import { readPicture } from "../../../_picture-endpoints";

export const GET = apiRoute(readPicture, async ({ request, owner, id, query: { size } }) => {
  const width = PICTURE_WIDTHS.find((each) => `${each}` === size);
  const file = await (size === "original"
    ? readOriginal(owner.id, id)
    : readPictureFile(owner.id, id, width ?? "full"));
  return fileResponse(request, file, "attachment", "asked-anew");
});
