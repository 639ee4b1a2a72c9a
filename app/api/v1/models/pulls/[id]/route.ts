import { tellPull } from "@/app/api/models/pulls/_tell-pull";
import { showPull as showOnePull } from "@/lib/models/show-pull";
import { steerPull as steerOnePull } from "@/lib/models/steer-pull";
import { apiRoute } from "../../../_api-route";
import { showPull, steerPull } from "../../../_model-endpoints";

export const GET = apiRoute(showPull, async ({ id, locale }) =>
  Response.json(tellPull(await showOnePull(id), locale)),
);

export const POST = apiRoute(steerPull, async ({ id, body: { act }, locale }) =>
  Response.json(tellPull(await steerOnePull(id, act), locale)),
);
