import { restoreDrawing } from "@/lib/drawing/restore-drawing";
import { route } from "../../../_route";

/** How a picture of the owner's says that it was drawn; null where it says nothing. */
export const GET = route<{ id: string }>(async ({ params, requireOwner }) =>
  Response.json(
    { drawing: await restoreDrawing((await requireOwner()).id, params.id) },
    { headers: { "Cache-Control": "private, no-store" } },
  ),
);
