import type { z } from "zod";
import { type Locale, pickLocale } from "@/app/_i18n/locale";
import { limitRate } from "@/lib/accounts/limit-rate";
import type { Owner } from "@/lib/accounts/owner";
import { requireOperator } from "@/lib/accounts/require-operator";
import { type KeyHolder, resolveApiKey } from "@/lib/accounts/resolve-api-key";
import { showQuota } from "@/lib/accounts/show-quota";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse-input";
import { errorResponse } from "../_error-response";
import type { Bytes, Endpoint, Parsed } from "./_endpoint";
import { idempotencyKeyOf, namedResponse } from "./_named-request";
import { withBody } from "./_request-body";

/** What a handler gets to know about its request; whatever its endpoint has a schema for is checked. */
export interface ApiRequest<Query, Body> {
  request: Request;
  owner: Owner;
  key: KeyHolder["key"];
  /** The id in the address; empty where it has none. */
  id: string;
  /** How the request calls itself: its answer is kept by then. Null where it does not. */
  idempotencyKey: string | null;
  query: Parsed<Query>;
  body: Parsed<Body>;
  locale: Locale;
}

/** For an address without an id Next has no parameters at all. */
type Context = { params: Promise<{ id?: string } | undefined> };

/**
 * A door for programs. Who asks is told by the key alone, so that no page can ask in a visitor's name: cookies are not
 * read, and origins don't matter. Errors are those of `route`, in the language of Accept-Language.
 * @returns the handler, which says as `endpoint` what it is the door of.
 */
export function apiRoute<Query extends z.ZodObject | undefined, Body extends z.ZodType | Bytes | undefined>(
  endpoint: Endpoint<Query, Body>,
  handler: (asked: ApiRequest<Query, Body>) => Promise<Response>,
) {
  const answer = async (request: Request, context: Context): Promise<Response> => {
    const locale = pickLocale(undefined, request.headers.get("accept-language"));
    const asker: { owner?: Owner } = {};
    try {
      const holder = await resolveApiKey(request.headers);
      const { owner, key } = holder;
      asker.owner = owner;
      await limitRate("api", key.id);
      requireScope(endpoint, key);
      // Asked every time: who looks after the models may change while a key stays.
      if (endpoint.scope === "models") requireOperator(owner);
      const asked = searchOf(request);
      const query = endpoint.query && parseInput(endpoint.query, asked);
      const idempotencyKey = idempotencyKeyOf(endpoint, request.headers);
      if (endpoint.rate) await limitRate(endpoint.rate, owner.id);
      const { id = "" } = (await context.params) ?? {};
      const answered = await withBody(endpoint, request, async ({ body, told }) => {
        const checked = { query, body } as Pick<ApiRequest<Query, Body>, "query" | "body">;
        const handle = () => handler({ request, owner, key, id, idempotencyKey, locale, ...checked });
        if (idempotencyKey === null) return handle();
        const named = { holder, endpoint, id, idempotencyKey, query: asked, body: await told() };
        return namedResponse(named, () => handle().catch((thrown) => errorResponse(thrown, locale, request)));
      });
      return endpoint.isCounted ? tellQuota(asIsNow(answered), owner) : asIsNow(answered);
    } catch (thrown) {
      const refused = errorResponse(thrown, locale, request);
      return endpoint.isCounted && asker.owner ? tellQuota(refused, asker.owner) : refused;
    }
  };
  return Object.assign(answer, { endpoint });
}

/** @throws AppError api_scope_missing */
function requireScope({ scope, orScope }: Endpoint, { scopes }: KeyHolder["key"]): void {
  if (scope === null || scopes.includes(scope) || (orScope && scopes.includes(orScope))) return;
  throw new AppError("api_scope_missing", { details: { scope } });
}

const searchOf = (request: Request) => Object.fromEntries(new URL(request.url).searchParams);

/** Nothing in between keeps what one key was told for another. */
function asIsNow(answer: Response): Response {
  if (!answer.headers.has("Cache-Control")) answer.headers.set("Cache-Control", "private, no-store");
  answer.headers.set("Vary", "Authorization, Accept-Language");
  return answer;
}

/**
 * What is left of the day, where there is an end to it.
 * @source https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ (10)
 */
async function tellQuota(answer: Response, owner: Owner): Promise<Response> {
  // The answer is there, whatever becomes of the counting.
  const quota = await showQuota(owner).catch(() => null);
  if (!quota) return answer;
  const seconds = Math.ceil((Date.parse(quota.renewsAt) - Date.now()) / 1000);
  answer.headers.set("RateLimit-Policy", `"jobs-a-day";q=${quota.limit};w=86400`);
  answer.headers.set("RateLimit", `"jobs-a-day";r=${quota.left};t=${seconds}`);
  return answer;
}
