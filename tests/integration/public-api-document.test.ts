import { readdir } from "node:fs/promises";
import path from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import type { Endpoint } from "@/app/api/v1/_endpoint";
import { ENDPOINTS } from "@/app/api/v1/_endpoints";
import { GET } from "@/app/api/v1/openapi.json/route";
import { SCENARIO_NAMES } from "@/lib/scenarios/scenario-inputs";

const ROOT = path.resolve("app/api/v1");
const METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE"] as const;

type Routes = Partial<Record<(typeof METHODS)[number], { endpoint?: Endpoint }>>;

/** Every door that there is: its method and address by the file it lies in, and what it says of itself. */
async function doors(): Promise<{ name: string; endpoint: Endpoint | undefined }[]> {
  const files = (await readdir(ROOT, { recursive: true })).filter(
    (file) => path.basename(file) === "route.ts",
  );
  const each = files.map(async (file) => {
    const routes: Routes = await import(path.join(ROOT, file));
    const address = `/${path.dirname(file).replace(/\[(\w+)\]/g, "{$1}")}`;
    return METHODS.filter((method) => routes[method]).map((method) => ({
      name: `${method} ${address}`,
      endpoint: routes[method]!.endpoint,
    }));
  });
  return (await Promise.all(each)).flat();
}

const nameOf = ({ method, path: address }: Endpoint) => `${method.toUpperCase()} ${address}`;
const documented = Object.values(ENDPOINTS).flat();

async function readDocument() {
  const answer = GET();
  return (await answer.json()) as {
    openapi: string;
    servers: { url: string }[];
    paths: Record<string, Record<string, Record<string, unknown>>>;
    components: { schemas: Record<string, unknown> };
  };
}

test("the document is valid OpenAPI 3.1, and whatever it refers to is in it", async () => {
  const document = await readDocument();
  expect(document.openapi).toBe("3.1.0");
  expect(document.servers).toEqual([{ url: "/api/v1" }]);
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
  expect(references.length).toBeGreaterThan(10);
  for (const [, name] of references) expect(Object.keys(document.components.schemas)).toContain(name);
});

test("the validator refuses what is none", async () => {
  const document = await readDocument();
  document.paths["/jobs"]!.get!.responses = "none";
  expect((await new Validator().validate(structuredClone(document))).valid).toBe(false);
});

test("every door is documented, and everything documented is a door that keeps to it", async () => {
  const found = await doors();
  const inDocument = Object.entries((await readDocument()).paths).flatMap(([address, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${address}`),
  );
  const names = found.map(({ name }) => name).sort();
  expect(names).toEqual(documented.map(nameOf).sort());
  expect(inDocument.sort()).toEqual(names);
  for (const { name, endpoint } of found) {
    // The document itself is the only one to ask for no key.
    if (name === "GET /openapi.json") expect(endpoint).toBeUndefined();
    else expect(nameOf(endpoint!), name).toBe(name);
  }
  expect(documented.filter(({ scope }) => scope === null).map(nameOf)).toEqual(["GET /openapi.json"]);
});

test("every scenario is in the document, with what it is told", async () => {
  const { components } = await readDocument();
  for (const name of SCENARIO_NAMES)
    expect(components.schemas[name]).toMatchObject({
      properties: { scenario: { const: name }, input: { type: "object" } },
    });
});
