import { z } from "zod";
import { denyText } from "@/lib/reading/deny-text";
import { showText, type TextView } from "@/lib/reading/show-text";
import { readJson } from "../../../_body";
import { route } from "../../../_route";

type Params = { id: string };

const answer = (text: TextView) => Response.json(text, { headers: { "Cache-Control": "private, no-store" } });

/** What a machine read in a picture: `{text, isDenied}`, as from the other verb here. */
export const GET = route<Params>(async ({ params, requireOwner }) =>
  answer(await showText((await requireOwner()).id, params.id)),
);

const said = z.object({ isDenied: z.boolean() });

/** Says that the picture does not say so, or that it does after all: `{isDenied}`. */
export const PATCH = route<Params>(async ({ request, params, requireOwner }) => {
  const owner = await requireOwner();
  const { isDenied } = said.parse(await readJson(request));
  return answer(await denyText(owner.id, params.id, isDenied));
});
