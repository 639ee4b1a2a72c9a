import type { PictureView } from "@/lib/pictures/describe-picture";
import { ApiError, answerOf } from "./api-client";

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
