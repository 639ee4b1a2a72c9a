import { z } from "zod";
import type { Endpoint } from "@/app/api/v1/_endpoint";
import type { ApiScope } from "@/lib/accounts/api-key.input";
import { makeApiKey, type NewApiKey } from "@/lib/accounts/make-api-key";
import type { Owner } from "@/lib/accounts/owner";

const ALL: ApiScope[] = ["make", "read", "write"];

/** A key of an account's; unless scopes are named, with all that anybody may give. */
export const someKey = (owner: Owner, scopes = ALL): Promise<NewApiKey> =>
  makeApiKey(owner, { name: "a program", scopes, days: null });

type Door = (
  request: Request,
  context: { params: Promise<{ id?: string } | undefined> },
) => Promise<Response>;

/** Calls one of the API's doors as a program would; without a token, as one that has no key. */
export function ask(
  door: Door,
  token: string | null,
  address: string,
  { id, headers = {}, ...init }: RequestInit & { id?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  const request = new Request(`http://localhost:3000/api/v1${address}`, {
    ...init,
    headers: { ...(token !== null && { authorization: `Bearer ${token}` }), ...headers },
  });
  return door(request, { params: Promise.resolve(id === undefined ? undefined : { id }) });
}

/** A body of JSON, posted. */
export const posted = (body: unknown) => ({ method: "POST", body: JSON.stringify(body) });

/** An answer's body, held against what its endpoint promises for its status. */
export async function kept(endpoint: Endpoint, asked: Promise<Response>): Promise<unknown> {
  const answer = await asked;
  const schema = endpoint.answers[answer.status];
  if (!(schema instanceof z.ZodType))
    throw new Error(`${answer.status} is not promised: ${await answer.text()}`);
  return schema.parse(await answer.json());
}
