import { tellPull } from "@/app/api/models/pulls/_tell-pull";
import { requestBundle as requestWholeBundle } from "@/lib/models/request-bundle";
import { apiRoute } from "../../../_api-route";
import { requestBundle } from "../../../_model-endpoints";

export const POST = apiRoute(requestBundle, async ({ body: { bundle }, locale }) => {
  const pulls = (await requestWholeBundle(bundle)).map((pull) => tellPull(pull, locale));
  return Response.json({ pulls }, { status: 202 });
});
