import { addPicture } from "@/lib/pictures/add-picture";
import { listPictures as listOwnPictures } from "@/lib/pictures/list-pictures";
import { filterOf } from "@/lib/search/filter-of";
import { apiRoute } from "../_api-route";
import { listPictures, uploadPicture } from "../_picture-endpoints";

export const GET = apiRoute(listPictures, async ({ owner, query }) =>
  Response.json(await listOwnPictures(owner.id, query, await filterOf(owner.id, query))),
);

export const POST = apiRoute(uploadPicture, async ({ owner, body }) => {
  const { picture, isNew } = await addPicture(owner.id, body);
  return Response.json(picture, { status: isNew ? 201 : 200 });
});
