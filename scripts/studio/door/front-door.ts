import { terminalKey } from "@/lib/accounts/terminal-key";
import { AppError } from "@/lib/errors";
import type { FoundPictures } from "@/lib/search/find-pictures";
import type { TagView } from "@/lib/search/show-tags";
import type { Door } from "./door";

/** Through the running app, as its own pages do it. @param app its address, without a slash at the end. */
export async function openFrontDoor(app: string, email: string | null): Promise<Door> {
  const authorization = `Bearer ${terminalKey()}`;
  const body = JSON.stringify({ email });
  const { cookie } = await ask<{ cookie: string }>(`${app}/api/terminal`, {
    ...{ method: "POST", body, headers: { authorization } },
  });
  const get = <T>(path: string) => ask<T>(`${app}${path}`, { headers: { cookie } });
  return {
    search: (words, count) =>
      get<FoundPictures>(`/api/pictures/search?${new URLSearchParams({ words, count: `${count}` })}`),
    tags: async (id) => (await get<{ tags: TagView[] }>(`/api/pictures/${id}/tags`)).tags,
    close: async () => {},
  };
}

async function ask<T>(address: string, init: RequestInit): Promise<T> {
  const response = await fetch(address, init);
  const answer = (await response.json().catch(() => ({}))) as T & Partial<Pick<AppError, "code" | "details">>;
  if (response.ok) return answer;
  throw new AppError(answer.code ?? "internal", { details: answer.details ?? {} });
}
