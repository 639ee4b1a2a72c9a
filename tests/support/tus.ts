import { DELETE, HEAD, PATCH, POST } from "@/app/api/uploads/[[...id]]/route";
import type { Owner } from "@/lib/accounts/owner";
import { call } from "./api";

const DOORS = { POST, HEAD, PATCH, DELETE };

const address = (id?: string) => (id === undefined ? "/api/uploads" : `/api/uploads/${id}`);
const params = (id?: string) => (id === undefined ? {} : { id: id.split("/") });

type Headers = Record<string, string>;

/** One request of the tus protocol, as someone's browser sends it. */
export function tus(
  method: keyof typeof DOORS,
  owner: Owner | null,
  id?: string,
  { headers = {}, body }: { headers?: Headers; body?: BodyInit } = {},
): Promise<Response> {
  return call(DOORS[method], owner, address(id), {
    ...{ method, params: params(id) },
    headers: { "tus-resumable": "1.0.0", ...headers },
    ...(body === undefined ? {} : { body }),
  });
}

const OCTETS = { "content-type": "application/offset+octet-stream" };

/** Begins an upload of so many bytes, `first` of them at once. */
export function begin(
  owner: Owner | null,
  { name = "holiday.jpg", length, first }: { name?: string; length: number; first?: Buffer },
): Promise<Response> {
  const headers = {
    "upload-length": String(length),
    "upload-metadata": `name ${Buffer.from(name).toString("base64")}`,
  };
  return first
    ? tus("POST", owner, undefined, { headers: { ...headers, ...OCTETS }, body: new Uint8Array(first) })
    : tus("POST", owner, undefined, { headers });
}

/** The id in a creation's answer. */
export const idOf = (answer: Response): string => answer.headers.get("location")!.split("/").at(-1)!;

export const send = (owner: Owner | null, id: string, offset: number, body: BodyInit): Promise<Response> =>
  tus("PATCH", owner, id, { headers: { "upload-offset": String(offset), ...OCTETS }, body });

/** How many bytes the server says it has; null when it knows no such upload. */
export async function offsetOf(owner: Owner | null, id: string): Promise<number | null> {
  const answer = await tus("HEAD", owner, id);
  return answer.status === 404 ? null : Number(answer.headers.get("upload-offset"));
}
