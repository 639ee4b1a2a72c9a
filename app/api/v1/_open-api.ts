import { z } from "zod";
import { type Bytes, canBeNamed, type Endpoint, FILE, PRINT, WEIGHTS, ZIP } from "./_endpoint";
import { ENDPOINTS } from "./_endpoints";
import { idempotencyHeader } from "./_named-request";
import { errorView } from "./_views";

type Json = Record<string, unknown>;

/** What every answer may be instead; the codes are in the body. */
const REFUSALS = {
  401: "No key, or none that is valid.",
  403: "The key may not do this.",
  404: "There is no such thing, or it is not yours.",
  422: "Something asked for is not right.",
  429: "Too many requests, or the day's quota is used up; `Retry-After` says when to come again.",
} as const;

/** … and of a request that names itself. */
const NAMED_REFUSALS = {
  409: "As things are, it cannot be; or the first request with this `Idempotency-Key` is still being worked on: `Retry-After` says when to come again.",
  422: "Something asked for is not right, or the `Idempotency-Key` was sent with another request.",
} as const;

const ABOUT = `Artistic QR codes and drawings, and one's gallery. Keys are made on the account page.

**Asked once, done once.** An answer can get lost on its way. A \`POST\` with an \`Idempotency-Key\` (a name of your own, such
as a UUID) may be sent again: within 24 hours the same request is not done a second time, its answer is what it was, and
\`Idempotent-Replayed: true\` says so. Names are those of an API key, and of one address each.

- The same name with another request is refused: 422 \`idempotency_key_reused\`.
- While the first is still being worked on: 409 \`idempotency_key_busy\`, with \`Retry-After\`.
- What ended with 429, 5xx or \`input_invalid\` keeps no answer: send it again, put right, by the same name.
- What a process left undone when it was killed may be sent again after a minute.
- A job is never begun twice by one name, also after a day.`;

/**
 * The public API as OpenAPI 3.1, from the same schemas that requests are checked by.
 */
export function openApiDocument(): Json {
  const components: Json = {};
  const paths: Record<string, Json> = {};
  for (const [tag, endpoints] of Object.entries(ENDPOINTS))
    for (const each of [...endpoints].sort(asRead)) {
      paths[each.path] ??= {};
      paths[each.path]![each.method] = operation(each, tag, schemasInto(components));
    }
  return {
    openapi: "3.1.0",
    info: {
      title: "Mosaiq Studio",
      version: "1",
      description: ABOUT,
    },
    servers: [{ url: "/api/v1" }],
    tags: Object.keys(ENDPOINTS).map((name) => ({ name })),
    security: [{ key: [] }],
    paths,
    components: { schemas: components, securitySchemes: { key: { type: "http", scheme: "bearer" } } },
  };
}

const METHODS: readonly Endpoint["method"][] = ["get", "post", "patch", "delete"];

/** Doors that lead to many come before those that lead to one of them, and looking before changing. */
const asRead = (a: Endpoint, b: Endpoint): number =>
  a.path === b.path ? METHODS.indexOf(a.method) - METHODS.indexOf(b.method) : a.path < b.path ? -1 : 1;

/** The answers of what counts that tell what is left. */
const COUNTED = new Set(["202", "429"]);
const QUOTA = {
  RateLimit: {
    description: 'Where the studio has a quota: `"jobs-a-day";r=LEFT;t=SECONDS` until the next day begins.',
    schema: { type: "string" },
  },
};

const REPLAYED = {
  "Idempotent-Replayed": {
    description: "`true` where this was answered before, to the same `Idempotency-Key`.",
    schema: { type: "string", enum: ["true"] },
  },
};

type ToSchema = (schema: z.ZodType, io: "input" | "output") => Json;

function operation(it: Endpoint, tag: string, toSchema: ToSchema): Json {
  const answers = Object.entries(it.answers).map(([status, schema]) => [status, answer(schema, toSchema)]);
  const refused = { ...content("application/json", toSchema(errorView, "output")) };
  const isNamed = canBeNamed(it);
  const refusals = Object.entries({ ...REFUSALS, ...(isNamed && NAMED_REFUSALS) }).map(
    ([status, description]) => [status, { description, ...refused }],
  );
  const body = it.bodyTold ?? it.body;
  return {
    tags: [tag],
    operationId: `${it.method}${it.path.replace(/[^a-z]+/g, "_").replace(/_$/, "")}`,
    summary: it.summary,
    ...(it.scope === null
      ? { security: [] }
      : { description: `The key must be allowed to ${scopesOf(it)}.` }),
    parameters: [
      ...[...it.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
        ...{ name, in: "path", required: true, schema: { type: "string", format: "uuid" } },
      })),
      ...parameters("query", it.query, toSchema),
      ...parameters("header", isNamed ? idempotencyHeader : undefined, toSchema),
    ],
    ...(body && { requestBody: { required: true, ...bodyContent(body, toSchema) } }),
    responses: Object.fromEntries(
      (it.scope === null ? answers : [...answers, ...refusals]).map(([status, said]) => [
        status,
        withHeaders(said as Json, {
          ...(it.isCounted && COUNTED.has(String(status)) && QUOTA),
          ...(isNamed && Number(status) < 300 && REPLAYED),
        }),
      ]),
    ),
  };
}

const scopesOf = ({ scope, orScope }: Endpoint): string =>
  [scope, orScope].flatMap((each) => (each ? [`\`${each}\``] : [])).join(" or ");

const withHeaders = (said: Json, headers: Json): Json =>
  Object.keys(headers).length > 0 ? { ...said, headers } : said;

const content = (type: string, schema: Json) => ({ content: { [type]: { schema } } });
const BYTES = { type: "string", contentMediaType: "application/octet-stream" };
const MEDIA: Readonly<Record<Bytes, readonly string[]>> = {
  [FILE]: ["image/*"],
  [PRINT]: ["image/*", "application/pdf"],
  [ZIP]: ["application/zip"],
  [WEIGHTS]: ["application/octet-stream"],
};
const media = (bytes: Bytes) => Object.fromEntries(MEDIA[bytes].map((type) => [type, { schema: {} }]));

function bodyContent(body: z.ZodType | Bytes, toSchema: ToSchema): Json {
  if (typeof body !== "symbol") return content("application/json", toSchema(body, "input"));
  const form = { type: "object", required: ["file"], properties: { file: BYTES } };
  return { content: { ...(body === FILE && { "multipart/form-data": { schema: form } }), ...media(body) } };
}

function answer(schema: z.ZodType | Bytes | null, toSchema: ToSchema): Json {
  if (schema === null) return { description: "Done." };
  if (typeof schema === "symbol") return { description: "The bytes.", content: media(schema) };
  return {
    description: schema.description ?? "So it is.",
    ...content("application/json", toSchema(schema, "output")),
  };
}

function parameters(place: "query" | "header", schema: z.ZodObject | undefined, toSchema: ToSchema): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = toSchema(schema, "input") as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    ...{ name, in: place, required: required.includes(name), schema: rest },
    ...(description !== undefined && { description }),
  }));
}

const DEFINED = "#/$defs/";

/** Schemas as JSON Schema; those with an id are told once, among the document's components. */
function schemasInto(components: Json): ToSchema {
  const refer = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(refer);
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) =>
        key === "$ref" && typeof value === "string"
          ? [key, value.replace(DEFINED, "#/components/schemas/")]
          : [key, refer(value)],
      ),
    );
  };
  return (schema, io) => {
    // As a part of something, a schema with an id is a reference like any other.
    const whole = z.toJSONSchema(z.object({ it: schema }), { io, unrepresentable: "any" });
    for (const [id, { id: _, ...definition }] of Object.entries((whole.$defs ?? {}) as Record<string, Json>))
      components[id] = refer(definition);
    return refer((whole.properties as Record<string, Json>).it) as Json;
  };
}
