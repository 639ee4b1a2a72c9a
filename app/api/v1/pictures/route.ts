import { limitRate } from "@/lib/accounts/limit-rate";
import { addPicture } from "@/lib/pictures/add-picture";
import { listPictures as listOwnPictures } from "@/lib/pictures/list-pictures";
import { MAX_PICTURE_BYTES } from "@/lib/pictures/picture-limits";
import { filterOf } from "@/lib/search/filter-of";
import { readUpload } from "../../_body";
import { apiRoute } from "../_api-route";
import { listPictures, uploadPicture } from "../_picture-endpoints";

export const GET = apiRoute(listPictures, async ({ owner, query }) =>
  Response.json(await listOwnPictures(owner.id, query, await filterOf(owner.id, query))),
);

export const POST = apiRoute(uploadPicture, async ({ request, owner }) => {
  await limitRate("upload", owner.id);
  const { picture, isNew } = await addPicture(owner.id, await readUpload(request, MAX_PICTURE_BYTES));
  return Response.json(picture, { status: isNew ? 201 : 200 });
});
