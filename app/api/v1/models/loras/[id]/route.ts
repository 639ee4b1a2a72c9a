import { removeOwnLora } from "@/lib/models/own-loras/remove-own-lora";
import { showOwnLora } from "@/lib/models/own-loras/show-own-lora";
import { apiRoute } from "../../../_api-route";
import { removeLora, showLora } from "../../../_model-endpoints";

export const GET = apiRoute(showLora, async ({ owner, id }) =>
  Response.json(await showOwnLora(owner.id, id)),
);

export const DELETE = apiRoute(removeLora, async ({ owner, id }) => {
  await removeOwnLora(owner.id, id);
  return new Response(null, { status: 204 });
});
