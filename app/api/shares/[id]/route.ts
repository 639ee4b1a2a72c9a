import { revokeShare } from "@/lib/shares/revoke-share";
import { route } from "../../_route";

/** Ends a link for everyone who has it. */
export const DELETE = route<{ id: string }>(async ({ params, requireOwner }) => {
  await revokeShare((await requireOwner()).id, params.id);
  return new Response(null, { status: 204 });
});
