import type { PictureFile } from "@/lib/pictures/read-picture-file";

const CACHING = {
  /** A year: what an address serves never changes, and the cookie belongs to what is kept (`Vary`). */
  "for-ever": "private, max-age=31536000, immutable",
  /** For addresses that may be closed. */
  "asked-anew": "private, no-cache",
} as const;

/**
 * A picture's bytes as an answer, or 304 when the asker has them. Only the asker's own cache may keep them, and
 * only for the cookies they were asked with: signing out must not leave them to whoever signs in next.
 */
export async function fileResponse(
  request: Request,
  file: PictureFile,
  disposition: "inline" | "attachment",
  caching: keyof typeof CACHING = "for-ever",
): Promise<Response> {
  const headers = new Headers({
    "Cache-Control": CACHING[caching],
    Vary: "Cookie",
    ETag: file.etag,
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
  });
  const known = request.headers.get("if-none-match");
  if (known?.split(",").some((tag) => tag.trim().replace(/^W\//, "") === file.etag))
    return new Response(null, { status: 304, headers });
  const bytes = await file.read();
  headers.set("Content-Type", file.mime);
  headers.set("Content-Length", String(bytes.length));
  headers.set("Content-Disposition", contentDisposition(disposition, file.fileName));
  return new Response(new Uint8Array(bytes), { headers });
}

/** Both forms of the name: plain ASCII for old readers, UTF-8 for the rest. @source RFC 6266 */
export function contentDisposition(kind: string, fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
