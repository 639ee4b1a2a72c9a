import { listChoices as listOwnChoices } from "@/lib/scenarios/list-choices";
import { apiRoute } from "../_api-route";
import { listChoices } from "../_studio-endpoints";

export const GET = apiRoute(listChoices, async ({ owner, locale }) =>
  Response.json(await listOwnChoices(owner.id, locale)),
);
