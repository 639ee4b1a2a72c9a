import { listDrawingModels } from "@/lib/drawing/list-drawing-models";
import { listLoraCards } from "@/lib/drawing/list-lora-cards";
import { apiRoute } from "../_api-route";
import { listModels } from "../_model-endpoints";

export const GET = apiRoute(listModels, async ({ owner }) => {
  const [{ checkpoints, usual, loras }, cards] = await Promise.all([
    listDrawingModels(owner.id),
    listLoraCards(owner.id),
  ]);
  const draws = new Map(cards.map((card) => [card.name, card.draws]));
  return Response.json({
    checkpoints: checkpoints.map(({ id }) => id),
    usual,
    loras: loras.map(({ id, title, triggerWords }) => ({
      ...{ id, title, draws: draws.get(id) ?? null, triggerWords },
    })),
  });
});
