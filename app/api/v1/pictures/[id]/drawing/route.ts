import { restoreDrawing } from "@/lib/drawing/restore-drawing";
import { apiRoute } from "../../../_api-route";
import { showDrawing } from "../../../_picture-endpoints";

export const GET = apiRoute(showDrawing, async ({ owner, id }) =>
  Response.json({ drawing: await restoreDrawing(owner.id, id) }),
);
