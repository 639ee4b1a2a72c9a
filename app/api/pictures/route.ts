import { limitRate } from "@/lib/accounts/limit-rate";
import { addPicture } from "@/lib/pictures/add-picture";
import { listPictures, listPicturesInput } from "@/lib/pictures/list-pictures";
import { pictureFilters } from "@/lib/pictures/picture-filters";
import { MAX_PICTURE_BYTES } from "@/lib/pictures/picture-limits";
import { filterOf } from "@/lib/search/filter-of";
import { readUpload } from "../_body";
import { route } from "../_route";

const asked = listPicturesInput.extend(pictureFilters.shape);

/** A page of the owner's pictures: `?shelf=&cursor=&count=` and filters → `{pictures, nextCursor}`. */
export const GET = route(async ({ url, findOwner }) => {
  const input = asked.parse(Object.fromEntries(url.searchParams));
  const owner = await findOwner();
  const page = owner
    ? await listPictures(owner.id, input, await filterOf(owner.id, input))
    : { pictures: [], nextCursor: null };
  return Response.json(page, { headers: { "Cache-Control": "private, no-store" } });
});

/** Takes a picture in: 201 with `{picture}`, or 200 with the one that has the same bytes already. */
export const POST = route(async ({ request, ownerOrGuest }) => {
  const owner = await ownerOrGuest();
  await limitRate("upload", owner.id);
  const { picture, isNew } = await addPicture(owner.id, await readUpload(request, MAX_PICTURE_BYTES));
  return Response.json({ picture }, { status: isNew ? 201 : 200 });
});
