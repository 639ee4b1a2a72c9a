import { z } from "zod";
import type { KeyHolder } from "@/lib/accounts/resolve-api-key";
import { parseInput } from "@/lib/parse-input";
import { answerOnce, type FreshAnswer } from "@/lib/public-api/answer-once";
import { canBeNamed, type Endpoint } from "./_endpoint";
import { errorView } from "./_views";

/** The header by which a request names itself. */
export const idempotencyHeader = z.object({
  "Idempotency-Key": z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/)
    .optional()
    .describe(
      "Your own name for this request, a UUID for example. Sent again with it within 24 hours, the request is not done again: the answer is what it was.",
    ),
});

/**
 * How a request calls itself; null where it does not, and where its endpoint takes no names.
 * @throws AppError input_invalid
 */
export function idempotencyKeyOf(endpoint: Endpoint, headers: Headers): string | null {
  if (!canBeNamed(endpoint)) return null;
  const given = headers.get("idempotency-key") ?? undefined;
  return parseInput(idempotencyHeader, { "Idempotency-Key": given })["Idempotency-Key"] ?? null;
}

/** A request as it is told from others. */
interface Asked {
  readonly holder: KeyHolder;
  readonly endpoint: Endpoint;
  readonly id: string;
  readonly idempotencyKey: string;
  readonly query: unknown;
  readonly body: unknown;
}

/**
 * Answers a request that names itself: by `work`, or as it was answered before, which a header says.
 * @throws those of `answerOnce`
 */
export async function namedResponse(
  { holder: { owner, key, secret }, endpoint, id, idempotencyKey, query, body }: Asked,
  work: () => Promise<Response>,
): Promise<Response> {
  const door = `${endpoint.method} ${endpoint.path.replace("{id}", () => id)}`;
  const named = { ownerId: owner.id, keyId: key.id, secret, door, idempotencyKey };
  const headers = new Headers({ "Content-Type": "application/json" });
  const told = await answerOnce({ ...named, asked: inOrder({ query, body }) }, async () => {
    const response = await work();
    for (const [name, value] of response.headers) headers.set(name, value);
    return freshAnswer(response);
  });
  if (told.location !== null) headers.set("Location", told.location);
  if (told.isReplayed) headers.set("Idempotent-Replayed", "true");
  return new Response(told.body, { status: told.status, headers });
}

/** JSON in which the same fields are the same text, in whichever order they came. */
const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_, within: unknown) =>
    typeof within === "object" && within !== null && !Array.isArray(within)
      ? Object.fromEntries(Object.entries(within).sort(([one], [other]) => (one < other ? -1 : 1)))
      : within,
  );

async function freshAnswer(response: Response): Promise<FreshAnswer> {
  const { status, headers } = response;
  const body = (await response.text()) || null;
  return { answer: { status, location: headers.get("location"), body }, isKept: isForGood(status, body) };
}

/** What may be otherwise in a moment is asked anew, and what was misspelt may be put right: nothing was done then. */
function isForGood(status: number, body: string | null): boolean {
  if (status < 400) return true;
  return (
    status < 500 &&
    status !== 429 &&
    errorView.safeParse(JSON.parse(body ?? "{}")).data?.code !== "input_invalid"
  );
}
