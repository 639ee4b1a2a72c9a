import { z } from "zod";
import { requireOperator } from "@/lib/accounts/require-operator";
import { MODEL_KINDS } from "@/lib/models/model-kinds";
import { removeModel } from "@/lib/models/remove-model";
import { readJson } from "../../_body";
import { route } from "../../_route";

const input = z.object({ kind: z.enum(MODEL_KINDS), name: z.string().min(1).max(500) });

/** Removes an installed model; for operators alone. */
export const POST = route(async ({ request, findOwner }) => {
  requireOperator(await findOwner());
  const { kind, name } = input.parse(await readJson(request));
  await removeModel(kind, name);
  return new Response(null, { status: 204 });
});
