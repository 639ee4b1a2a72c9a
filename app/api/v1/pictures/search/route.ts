import { limitRate } from "@/lib/accounts/limit-rate";
import { findPictures } from "@/lib/search/find-pictures";
import { apiRoute } from "../../_api-route";
import { searchPictures } from "../../_picture-endpoints";

export const GET = apiRoute(searchPictures, async ({ owner, query }) => {
  await limitRate("search", owner.id);
  return Response.json(await findPictures(owner.id, query));
});
