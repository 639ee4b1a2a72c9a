import type { PictureDetails, PictureView } from "@/lib/pictures/describe-picture";
import type { PicturePage } from "@/lib/pictures/list-pictures";
import { ApiError, answerOf, getJson } from "../api-client";

/** Where a picture of one's own is served, not narrower than `widthPx` where the original has that many pixels. */
export const pictureUrl = (id: string, widthPx: 320 | 640 | 1280): string =>
  `/api/pictures/${id}/file?width=${widthPx}`;

/** @throws ApiError not_found for another's picture and for one that does not exist. */
export async function fetchPicture(id: string, signal: AbortSignal): Promise<PictureDetails> {
  const { picture } = await getJson<{ picture: PictureDetails }>(`/api/pictures/${id}`, signal);
  return picture;
}

/** A page of one's own pictures, codes not among them, newest first. @param cursor the `nextCursor` of the page before. */
export const listPictures = (cursor: string | null, signal: AbortSignal): Promise<PicturePage> =>
  getJson(`/api/pictures?shelf=pictures${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`, signal);

/**
 * Uploads one file.
 * @param onProgress called with 0 … 1 while the bytes leave; fetch can't tell, so this is an XMLHttpRequest.
 * @throws ApiError with the code and message of what is wrong with the file.
 */
export function uploadPicture(
  file: File,
  onProgress: (part: number) => void,
  signal: AbortSignal,
): Promise<PictureView> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/pictures");
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const ok = request.status >= 200 && request.status < 300;
      try {
        resolve(answerOf<{ picture: PictureView }>(ok, request.response).picture);
      } catch (error) {
        reject(error);
      }
    };
    request.onerror = () => reject(new ApiError("offline", "", true));
    request.onabort = () => reject(new DOMException("aborted", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    const body = new FormData();
    body.append("file", file);
    request.send(body);
  });
}
