import { readOriginal } from "@/lib/pictures/read-picture-file";
import { route } from "../../../_route";
import { fileResponse } from "../../_file-response";

/** The original, byte for byte as it came, to save. */
export const GET = route<{ id: string }>(async ({ request, params, requireOwner }) => {
  const file = await readOriginal((await requireOwner()).id, params.id);
  return fileResponse(request, file, "attachment");
});
