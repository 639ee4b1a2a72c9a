import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** An empty variable means the same as an unset one (compose files and CI forms write them). */
const given = <T extends z.ZodType>(type: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), type);
const text = given(z.string().optional());

const list = given(z.string().default("")).transform((names) =>
  names
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== ""),
);

const DEVICES = /^(?:auto|(?:cpu|webgpu|cuda(?::\d+)?)(?:,(?:cpu|webgpu|cuda(?::\d+)?))*)$/;

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  PORT: given(z.coerce.number().int().min(1).max(65535).default(3000)),
  /** Where the embedded database, the originals and the secrets live. */
  DATA_DIR: text,
  /** A PostgreSQL server; without it the embedded database in DATA_DIR is used. */
  DATABASE_URL: text,
  LOG_LEVEL: given(z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info")),
  NEXTAUTH_URL: text,
  NEXTAUTH_SECRET: text,
  GITHUB_ID: text,
  GITHUB_SECRET: text,
  GOOGLE_ID: text,
  GOOGLE_SECRET: text,
  /** Originals go to this bucket instead of the disk; the other S3_ variables say where it is. */
  S3_BUCKET: text,
  S3_ENDPOINT: text,
  S3_REGION: text,
  S3_ACCESS_KEY_ID: text,
  S3_SECRET_ACCESS_KEY: text,
  /** Jobs of each scenario that this process works on at once; 0 leaves them to worker nodes. */
  JOB_CONCURRENCY: given(z.coerce.number().int().min(0).default(1)),
  /** Threads for heavy work; by default one core is left free for requests. */
  CPU_THREADS: given(z.coerce.number().int().min(1).optional()),
  /** Jobs that one account, and one guest, may begin in a day; without a number, as many as they like. */
  QUOTA_JOBS_ACCOUNT: given(z.coerce.number().int().min(0).optional()),
  QUOTA_JOBS_GUEST: given(z.coerce.number().int().min(0).optional()),
  /** "1": webhooks may also go to http and to private addresses, for programs within one's own network. */
  WEBHOOKS_PRIVATE: given(z.literal("1").optional()),
  /** What draws: "auto", "cpu", "webgpu", "cuda", or several devices such as "cuda:0,cuda:1". */
  INFERENCE_DEVICE: given(
    z
      .string()
      .regex(DEVICES, 'expected "auto", "cpu", "webgpu", "cuda" or devices such as "cuda:0,cuda:1"')
      .default("auto"),
  ),
  /** For models in memory; 60 % of the machine's by default. */
  INFERENCE_MEMORY_MB: given(z.coerce.number().int().min(1).optional()),
  /** Where people put their models; `models` in DATA_DIR by default. */
  MODELS_DIR: text,
  /** The checkpoint, by its name in MODELS_DIR/checkpoints, that is drawn with where nobody chooses; else Seedling. */
  DEFAULT_MODEL: text,
  /** The CLIP or SigLIP, by its name in MODELS_DIR/clip, that pictures are found with. */
  SEARCH_MODEL: text,
  /** "0": nobody reads the text in pictures. */
  READ_TEXT: given(z.enum(["0", "1"]).default("1")),
  /** Who may install and remove models, by e-mail, with commas between; without it the first account. */
  ADMIN_EMAILS: list,
  /** A mirror of Hugging Face. */
  HF_ENDPOINT: given(z.url().default("https://huggingface.co")),
  /** For repositories whose terms one has accepted; sent to HF_ENDPOINT alone. */
  HF_TOKEN: text,
  CIVITAI_ENDPOINT: given(z.url().default("https://civitai.com")),
  /** Civitai asks for one for most downloads; sent to CIVITAI_ENDPOINT alone. */
  CIVITAI_API_KEY: text,
  /** More hosts that models may come from: "models.example.com", "http://10.0.0.5:8080". */
  MODEL_HOSTS: list,
});

/** Names of all that can be set. */
export const VARIABLES: readonly string[] = Object.keys(schema.shape);

type Folder = "DATA_DIR" | "MODELS_DIR";
export type Env = Omit<z.infer<typeof schema>, Folder> & Record<Folder, string>;

let parsed: Env | undefined;

/**
 * The process's settings, checked once, at first use: a build needs none of them.
 * @throws Error naming every variable that is wrong.
 */
export function env(): Env {
  if (parsed) return parsed;
  const result = schema.safeParse(process.env);
  if (!result.success) {
    const wrong = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`Environment variables are wrong.\n  ${wrong.join("\n  ")}`);
  }
  const dataDir = path.resolve(/* turbopackIgnore: true */ result.data.DATA_DIR ?? ".data");
  const modelsDir = path.resolve(/* turbopackIgnore: true */ result.data.MODELS_DIR ?? `${dataDir}/models`);
  parsed = { ...result.data, DATA_DIR: dataDir, MODELS_DIR: modelsDir };
  return parsed;
}

/** Makes the next `env()` read the variables again; for tests that change them. */
export function forgetEnv(): void {
  parsed = undefined;
}

/** True while `next build` evaluates modules: nothing may open the database then. */
export const isBuilding = (): boolean => process.env.NEXT_PHASE === "phase-production-build";

/** "nodejs" inside Next's server, "edge" in its edge runtime, undefined elsewhere. */
export const nextRuntime = (): string | undefined => process.env.NEXT_RUNTIME;

/**
 * The secrets of this installation. NEXTAUTH_SECRET wins; otherwise one is made at first start and kept in
 * `DATA_DIR/secrets.json`, readable by its owner alone.
 */
export function secrets(): { nextAuthSecret: string } {
  const fixed = env().NEXTAUTH_SECRET;
  if (fixed) return { nextAuthSecret: fixed };
  const file = path.join(env().DATA_DIR, "secrets.json");
  try {
    return readSecrets(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  mkdirSync(env().DATA_DIR, { recursive: true });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  const made = { nextAuthSecret: randomBytes(32).toString("base64url") };
  writeFileSync(draft, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  try {
    // link() never replaces: when two processes start at once, both end up with the first one's secret.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readSecrets(file);
}

const secretsSchema = z.object({ nextAuthSecret: z.string().min(32) });

function readSecrets(file: string): { nextAuthSecret: string } {
  const raw = readFileSync(file, "utf8");
  try {
    return secretsSchema.parse(JSON.parse(raw));
  } catch (cause) {
    throw new Error(
      `${file} is damaged. Restore it, or remove it to sign everybody out and make a new one.`,
      {
        cause,
      },
    );
  }
}
