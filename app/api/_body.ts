import { AppError } from "@/lib/errors";

/** Room for a form's own boundaries and fields around the file. */
const FORM_OVERHEAD_BYTES = 64 * 1024;

/** A file as it came with a request. */
export interface UploadedFile {
  bytes: Buffer;
  /** As the sender named it; may be empty, and may be anything. */
  name: string;
}

/**
 * The file in a request: the field `file` of a form, or the body itself with its name in `?name=`. Reading stops
 * at the limit, whatever length was declared.
 * @throws AppError picture_too_large, input_invalid
 */
export async function readUpload(request: Request, limitBytes: number): Promise<UploadedFile> {
  const type = request.headers.get("content-type") ?? "";
  if (!type.toLowerCase().startsWith("multipart/form-data")) {
    const name = new URL(request.url).searchParams.get("name") ?? "";
    return { bytes: await readBody(request, limitBytes, limitBytes), name };
  }
  const body = await readBody(request, limitBytes + FORM_OVERHEAD_BYTES, limitBytes);
  const file = await readForm(body, type);
  if (file.size > limitBytes) throw tooLarge(limitBytes);
  return { bytes: Buffer.from(await file.arrayBuffer()), name: file.name };
}

async function readForm(body: Buffer, type: string): Promise<File> {
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } })
    .formData()
    .catch((cause: unknown) => {
      throw new AppError("input_invalid", { cause, details: { field: "file" } });
    });
  const file = form.get("file");
  if (!(file instanceof File)) throw new AppError("input_invalid", { details: { field: "file" } });
  return file;
}

async function readBody(request: Request, mostBytes: number, limitBytes: number): Promise<Buffer> {
  if (Number(request.headers.get("content-length") ?? 0) > mostBytes) throw tooLarge(limitBytes);
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    sizeBytes += part.value.length;
    if (sizeBytes > mostBytes) {
      await reader?.cancel();
      throw tooLarge(limitBytes);
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks);
}

function tooLarge(limitBytes: number): AppError {
  return new AppError("picture_too_large", { details: { limit: limitBytes / 1024 / 1024 } });
}

/** Largest JSON that a request may carry. */
const MAX_JSON_BYTES = 64 * 1024;

/**
 * A request's JSON body.
 * @throws AppError input_invalid
 */
export async function readJson(request: Request, mostBytes = MAX_JSON_BYTES): Promise<unknown> {
  try {
    return JSON.parse((await readBody(request, mostBytes, mostBytes)).toString());
  } catch (cause) {
    throw new AppError("input_invalid", { cause, details: { field: "body" } });
  }
}

/**
 * The fields of a form without files, as a page's own form sends it.
 * @throws AppError picture_too_large
 */
export async function readFields(request: Request): Promise<Record<string, string>> {
  const body = await readBody(request, MAX_JSON_BYTES, MAX_JSON_BYTES);
  return Object.fromEntries(new URLSearchParams(body.toString()));
}
