import { pictureFileQuery } from "@/app/api/pictures/_file-query";
import { fileResponse } from "@/app/api/pictures/_file-response";
import { openShare } from "@/lib/shares/open-share";
import { readSharedFile } from "@/lib/shares/read-shared-file";
import { route } from "../../../../../_route";

type Params = { token: string; id: string };

/** A picture behind a link, for showing: `?width=` as for one's own. It is asked for anew each time: links end. */
export const GET = route<Params>(async ({ request, params, url, readCookie }) => {
  const { width } = pictureFileQuery.parse(Object.fromEntries(url.searchParams));
  const share = await openShare(params.token, readCookie);
  return fileResponse(
    request,
    await readSharedFile(share, params.id, width ?? "full"),
    "inline",
    "asked-anew",
  );
});
