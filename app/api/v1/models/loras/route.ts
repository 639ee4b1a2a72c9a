import { addOwnLora } from "@/lib/models/own-loras/add-own-lora";
import { requestPreview } from "@/lib/scenarios/lora-preview/request-preview";
import { apiRoute } from "../../_api-route";
import { addLora } from "../../_model-endpoints";

export const POST = apiRoute(addLora, async ({ owner, query: { name }, body: file }) => {
  const { lora, isNew } = await addOwnLora(owner.id, { file, name });
  if (isNew) await requestPreview(owner.id, lora);
  return Response.json(lora, { status: isNew ? 201 : 200 });
});
