import { z } from "zod";
import type { ApiScope } from "@/lib/accounts/api-key.input";
import type { RateLimit } from "@/lib/accounts/limit-rate";
import type { UploadedFile } from "../_body";

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
  /** Or this: who has things made must find out what they can be told, without seeing what was made. */
  readonly orScope?: ApiScope;
  readonly summary: string;
  /** Counts towards the day's quota: answers tell in headers what is left of it. */
  readonly isCounted?: boolean;
  readonly query?: Query;
  readonly body?: Body;
  /** Told of the body in the document, where it says more than what is checked at the door. */
  readonly bodyTold?: z.ZodType;
  /** Counted before its body is read, which may be large; what takes little is counted where it is done. */
  readonly rate?: RateLimit;
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

/** What a schema makes of what came; nothing where there is none. Of a picture it is the file, of weights the path of one. */
export type Parsed<Schema> = Schema extends z.ZodType
  ? z.output<Schema>
  : Schema extends typeof FILE
    ? UploadedFile
    : Schema extends typeof WEIGHTS
      ? string
      : undefined;

/**
 * Whether a request may name itself, to be done once however often it is sent: what makes or changes something and says in
 * JSON what came of it. What is put (PATCH) and removed is so anyway.
 */
export const canBeNamed = ({ method, answers }: Endpoint): boolean =>
  method === "post" &&
  Object.values(answers).every((answer) => answer === null || answer instanceof z.ZodType);
