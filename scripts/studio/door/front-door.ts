import { setTimeout } from "node:timers/promises";
import { terminalKey } from "@/lib/accounts/terminal-key";
import { AppError, isErrorCode } from "@/lib/errors";
import type { Door } from "./door";

/** Through the running app, as its own pages do it. @param app its address, without a slash at the end. */
export async function openFrontDoor(app: string, email: string | null): Promise<Door> {
  const authorization = `Bearer ${terminalKey()}`;
  const { cookie } = await ask<{ cookie: string }>(`${app}/api/terminal`, {
    ...{ method: "POST", body: JSON.stringify({ email }), headers: { authorization } },
  });
  const get = <T>(path: string) => ask<T>(`${app}${path}`, { headers: { cookie } });
  const post = <T>(path: string, body: string | Buffer, headers: Record<string, string> = {}) =>
    ask<T>(`${app}${path}`, { method: "POST", body: body as BodyInit, headers: { cookie, ...headers } });
  return {
    search: (words, { count, album, place }) => {
      const asked = { words, count: `${count}`, ...(album && { album }), ...(place && { place }) };
      return get(`/api/pictures/search?${new URLSearchParams(asked)}`);
    },
    albums: async () => (await get<{ albums: [] }>("/api/albums")).albums,
    makeAlbum: async (title) =>
      (await post<{ album: never }>("/api/albums", JSON.stringify({ title }))).album,
    addPicture: ({ bytes, name }) => inTime(() => post("/api/uploads", bytes, tusHeaders(bytes, name))),
    addToAlbum: async (id, ids) =>
      (await post<{ added: number }>(`/api/albums/${id}/pictures`, JSON.stringify({ ids }))).added,
    look: async () => {},
    close: async () => {},
  };
}

/** All of a file with its creation. @source https://tus.io/protocols/resumable-upload, creation-with-upload */
const tusHeaders = (bytes: Buffer, name: string): Record<string, string> => ({
  "Tus-Resumable": "1.0.0",
  "Upload-Length": `${bytes.length}`,
  "Upload-Metadata": `name ${Buffer.from(name).toString("base64")}`,
  "Content-Type": "application/offset+octet-stream",
});

/** The app takes so many files from one person in a time; whoever has more waits as long as it says. */
async function inTime<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AppError && error.code === "rate_limited")) throw error;
      await setTimeout(Number(error.details.seconds ?? 1) * 1000);
    }
  }
}

async function ask<T>(address: string, init: RequestInit): Promise<T> {
  const response = await fetch(address, init);
  const answer = (await response.json().catch(() => ({}))) as T & Partial<Pick<AppError, "code" | "details">>;
  if (response.ok) return answer;
  const code = isErrorCode(answer.code) ? answer.code : "internal";
  throw new AppError(code, { details: answer.details ?? {} });
}
