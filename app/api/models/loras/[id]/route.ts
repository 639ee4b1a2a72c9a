import { removeOwnLora } from "@/lib/models/own-loras/remove-own-lora";
import { showOwnLora } from "@/lib/models/own-loras/show-own-lora";
import { route } from "../../../_route";

type Params = { id: string };

/** A LoRA of one's own: `{lora}`. It comes by `/api/uploads`, as a file called .safetensors. */
export const GET = route<Params>(async ({ params, requireOwner }) => {
  const lora = await showOwnLora((await requireOwner()).id, params.id);
  return Response.json({ lora }, { headers: { "Cache-Control": "private, no-store" } });
});

/** Removes it, and its file. */
export const DELETE = route<Params>(async ({ params, requireOwner }) => {
  await removeOwnLora((await requireOwner()).id, params.id);
  return new Response(null, { status: 204 });
});
