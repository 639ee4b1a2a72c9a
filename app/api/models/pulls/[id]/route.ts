import { z } from "zod";
import { requireOperator } from "@/lib/accounts/require-operator";
import { steerPull } from "@/lib/models/steer-pull";
import { readJson } from "../../../_body";
import { route } from "../../../_route";
import { tellPull } from "../_tell-pull";

const input = z.object({ act: z.enum(["pause", "resume", "cancel"]) });

/** Lets a pull rest, go on or end: `{pull}`; for operators alone. */
export const POST = route<{ id: string }>(async ({ request, params, findOwner, locale }) => {
  requireOperator(await findOwner());
  const { act } = input.parse(await readJson(request));
  return Response.json({ pull: tellPull(await steerPull(params.id, act), locale) });
});
