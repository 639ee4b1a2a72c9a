import { listDrawingModels } from "@/lib/drawing/list-drawing-models";
import { apiRoute } from "../_api-route";
import { listModels } from "../_model-endpoints";

export const GET = apiRoute(listModels, async ({ owner }) =>
  Response.json(await listDrawingModels(owner.id)),
);
