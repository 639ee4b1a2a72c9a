import type { SharedPage, SharedPicture } from "@/lib/shares/list-shared-pictures";
import { ask } from "../_gallery/gallery-api";

/** Where a picture behind a link is served; the revision makes the address change with the bytes. */
export const sharedFileUrl = (token: string, { id, revision }: SharedPicture, width?: number): string =>
  `/api/shared/${token}/pictures/${id}/file?${width === undefined ? "" : `width=${width}&`}v=${revision}`;

export const sharedDownloadUrl = (token: string, id: string): string =>
  `/api/shared/${token}/pictures/${id}/download`;

export const loadSharedPage = (token: string, cursor: string): Promise<SharedPage> =>
  ask(`/api/shared/${token}/pictures?cursor=${encodeURIComponent(cursor)}`);

export const unlock = (token: string, password: string): Promise<unknown> =>
  ask(`/api/shared/${token}/unlock`, { method: "POST", body: JSON.stringify({ password }) });
