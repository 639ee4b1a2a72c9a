import { tellPull } from "@/app/api/models/pulls/_tell-pull";
import { listPulls as listAllPulls } from "@/lib/models/list-pulls";
import { requestPull as requestFromHost } from "@/lib/models/request-pull";
import { apiRoute } from "../../_api-route";
import { listPulls, requestPull } from "../../_model-endpoints";

export const GET = apiRoute(listPulls, async ({ locale }) =>
  Response.json({ pulls: (await listAllPulls()).map((pull) => tellPull(pull, locale)) }),
);

export const POST = apiRoute(requestPull, async ({ body: { source }, locale }) => {
  const pull = await requestFromHost(source);
  const headers = { Location: `/api/v1/models/pulls/${pull.id}` };
  return Response.json(tellPull(pull, locale), { status: 202, headers });
});
