import { z } from "zod";
import { requireOperator } from "@/lib/accounts/require-operator";
import { listPulls } from "@/lib/models/list-pulls";
import { requestPull } from "@/lib/models/request-pull";
import { readJson } from "../../_body";
import { route } from "../../_route";
import { tellPull } from "./_tell-pull";

/** What is being fetched, and what did not work out: `{pulls}`; for operators alone. */
export const GET = route(async ({ findOwner, locale }) => {
  requireOperator(await findOwner());
  const pulls = (await listPulls()).map((pull) => tellPull(pull, locale));
  return Response.json({ pulls }, { headers: { "Cache-Control": "private, no-store" } });
});

const input = z.object({ source: z.string().min(1).max(500) });

/** Asks for a model to be fetched: 202 with `{pull}`; for operators alone. */
export const POST = route(async ({ request, findOwner, locale }) => {
  requireOperator(await findOwner());
  const { source } = input.parse(await readJson(request));
  return Response.json({ pull: tellPull(await requestPull(source), locale) }, { status: 202 });
});
