import { emptyTrash as emptyOwnTrash } from "@/lib/pictures/purge-trash";
import { apiRoute } from "../../_api-route";
import { emptyTrash } from "../../_picture-endpoints";

export const DELETE = apiRoute(emptyTrash, async ({ owner }) =>
  Response.json({ purged: await emptyOwnTrash(owner.id) }),
);
