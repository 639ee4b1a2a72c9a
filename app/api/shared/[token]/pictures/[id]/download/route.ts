import { fileResponse } from "@/app/api/pictures/_file-response";
import { openShare } from "@/lib/shares/open-share";
import { readSharedOriginal } from "@/lib/shares/read-shared-file";
import { route } from "../../../../../_route";

type Params = { token: string; id: string };

/** A picture behind a link in its own size, to save, where the link gives that away. */
export const GET = route<Params>(async ({ request, params, readCookie }) => {
  const share = await openShare(params.token, readCookie);
  return fileResponse(request, await readSharedOriginal(share, params.id), "attachment", "asked-anew");
});
