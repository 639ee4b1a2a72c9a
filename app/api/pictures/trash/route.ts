import { emptyTrash } from "@/lib/pictures/purge-trash";
import { route } from "../../_route";

/** Removes for good everything in the owner's trash: `{purged}`, how many pictures. */
export const DELETE = route(async ({ requireOwner }) => {
  const purged = await emptyTrash((await requireOwner()).id);
  return Response.json({ purged });
});
