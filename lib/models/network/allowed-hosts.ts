import { env } from "../../env";

/** Where the two hosts keep their files: what their redirects lead to. */
const FILE_HOSTS = [
  /^([\w-]+\.)*huggingface\.co$/,
  /^([\w-]+\.)*hf\.co$/,
  /^([\w-]+\.)*civitai\.com$/,
  // Civitai's storage, by the names of its own buckets.
  /^civitai-[\w-]+\.[0-9a-f]{32}\.r2\.cloudflarestorage\.com$/,
];

/** What an address may be asked for. */
export type Permission =
  /** The host is known: by https, at a public address. */
  | "known"
  /** Whoever runs the studio named it: by http too, and wherever it is. */
  | "named"
  | "refused";

/** Whether files may come from an address. One with credentials in it is refused. */
export function permissionOf(url: URL): Permission {
  if (url.username !== "" || url.password !== "") return "refused";
  if (namedOrigins().has(url.origin)) return "named";
  const isKnown =
    url.protocol === "https:" && url.port === "" && FILE_HOSTS.some((host) => host.test(url.hostname));
  return isKnown ? "known" : "refused";
}

function namedOrigins(): ReadonlySet<string> {
  const { HF_ENDPOINT, CIVITAI_ENDPOINT, MODEL_HOSTS } = env();
  const hosts = MODEL_HOSTS.map((host) => (host.includes("://") ? host : `https://${host}`));
  const given = [HF_ENDPOINT, CIVITAI_ENDPOINT, ...hosts].filter((host) => URL.canParse(host));
  // The hosts' own addresses are known, not named: they are never at home in a private network.
  return new Set(given.map((host) => new URL(host).origin).filter((origin) => !OWN_ORIGINS.has(origin)));
}

const OWN_ORIGINS = new Set(["https://huggingface.co", "https://civitai.com"]);

/** The secret that belongs to an address, or null: it goes to its own host and to no other, whatever redirects there. */
export function tokenFor(url: URL): string | null {
  const { HF_ENDPOINT, HF_TOKEN, CIVITAI_ENDPOINT, CIVITAI_API_KEY } = env();
  if (HF_TOKEN && url.origin === new URL(HF_ENDPOINT).origin) return HF_TOKEN;
  if (CIVITAI_API_KEY && url.origin === new URL(CIVITAI_ENDPOINT).origin) return CIVITAI_API_KEY;
  return null;
}
