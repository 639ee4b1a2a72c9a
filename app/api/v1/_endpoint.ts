import type { z } from "zod";
import type { ApiScope } from "@/lib/accounts/api-key.input";

/** Bytes, rather than JSON: a picture, a code to save, a zip file, or a model's weights. */
export const FILE = Symbol("file");
export const PRINT = Symbol("print");
export const ZIP = Symbol("zip");
export const WEIGHTS = Symbol("weights");
export type Bytes = typeof FILE | typeof PRINT | typeof ZIP | typeof WEIGHTS;

/** One thing that programs can ask for: what is checked and what is documented are the same. */
export interface Endpoint<Query = z.ZodObject | undefined, Body = z.ZodType | Bytes | undefined> {
  readonly method: "get" | "post" | "patch" | "delete";
  /** Below /api/v1, with `{id}` where an id stands. */
  readonly path: string;
  /** What a key must be allowed; null where no key is asked for. */
  readonly scope: ApiScope | null;
  readonly summary: string;
  /** Counts towards the day's quota: answers tell in headers what is left of it. */
  readonly isCounted?: boolean;
  readonly query?: Query;
  readonly body?: Body;
  /** Told of the body in the document, where it says more than what is checked at the door. */
  readonly bodyTold?: z.ZodType;
  readonly headers?: z.ZodObject;
  /** By status; null for an answer without a body. */
  readonly answers: Readonly<Record<number, z.ZodType | Bytes | null>>;
}

/** Keeps the schemas' types. */
export const endpoint = <
  Query extends z.ZodObject | undefined = undefined,
  Body extends z.ZodType | Bytes | undefined = undefined,
>(
  it: Endpoint<Query, Body>,
): Endpoint<Query, Body> => it;

/** What a schema makes of what came; nothing where there is none. */
export type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
