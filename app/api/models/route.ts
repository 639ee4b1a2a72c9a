import { listModels } from "@/lib/models/list-models";
import { route } from "../_route";

/** What can be drawn with here, one's own LoRAs among it: `{models}`. */
export const GET = route(async ({ findOwner }) => {
  const models = await listModels((await findOwner())?.id ?? null);
  return Response.json({ models }, { headers: { "Cache-Control": "private, no-store" } });
});
