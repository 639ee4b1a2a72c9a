import { limitRate } from "@/lib/accounts/limit-rate";
import { addPicture } from "@/lib/pictures/add-picture";
import { listPictures, listPicturesInput } from "@/lib/pictures/list-pictures";
import { MAX_PICTURE_BYTES } from "@/lib/pictures/picture-limits";
import { readUpload } from "../_body";
import { route } from "../_route";

/** A page of the owner's pictures: `?shelf=&cursor=&count=` → `{pictures, nextCursor}`. */
export const GET = route(async ({ url, findOwner }) => {
  const input = listPicturesInput.parse(Object.fromEntries(url.searchParams));
  const owner = await findOwner();
  const page = owner ? await listPictures(owner.id, input) : { pictures: [], nextCursor: null };
  return Response.json(page, { headers: { "Cache-Control": "private, no-store" } });
});

/** Takes a picture in: 201 with `{picture}`, or 200 with the one that has the same bytes already. */
export const POST = route(async ({ request, ownerOrGuest }) => {
  const owner = await ownerOrGuest();
  await limitRate("upload", owner.id);
  const { picture, isNew } = await addPicture(owner.id, await readUpload(request, MAX_PICTURE_BYTES));
  return Response.json({ picture }, { status: isNew ? 201 : 200 });
});
