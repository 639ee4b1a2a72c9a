import { listDrawingModels } from "@/lib/drawing/list-drawing-models";
import { apiRoute } from "../_api-route";
import { listModels } from "../_model-endpoints";

export const GET = apiRoute(listModels, async ({ owner }) => {
  const { checkpoints, usual, loras } = await listDrawingModels(owner.id);
  return Response.json({
    checkpoints: checkpoints.map(({ id }) => id),
    usual,
    loras: loras.map(({ id, title, triggerWords }) => ({ id, title, triggerWords })),
  });
});
