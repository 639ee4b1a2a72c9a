import { limitRate } from "@/lib/accounts/limit-rate";
import { AppError } from "@/lib/errors";
import { addOwnLora } from "@/lib/models/own-loras/add-own-lora";
import { MAX_LORA_BYTES } from "@/lib/models/own-loras/lora-limits";
import { requestPreview } from "@/lib/scenarios/lora-preview/request-preview";
import { withBodyFile } from "@/lib/uploads/with-body-file";
import { apiRoute } from "../../_api-route";
import { addLora } from "../../_model-endpoints";

const tooLarge = () => new AppError("lora_too_large", { details: { limit: MAX_LORA_BYTES / 1024 / 1024 } });

export const POST = apiRoute(addLora, async ({ request, owner, query: { name } }) => {
  await limitRate("lora", owner.id);
  const { lora, isNew } = await withBodyFile(request, { mostBytes: MAX_LORA_BYTES, tooLarge }, (file) =>
    addOwnLora(owner.id, { file, name }),
  );
  if (isNew) await requestPreview(owner.id, lora);
  return Response.json(lora, { status: isNew ? 201 : 200 });
});
