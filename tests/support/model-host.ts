import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A repository of Hugging Face's, or a version of Civitai's. */
export interface HostedRepo {
  commit: string;
  license?: string;
  files: Record<string, Buffer>;
}

/** Answers one request for a file in its own way; false leaves it to be answered well. */
export type Fault = (request: IncomingMessage, response: ServerResponse, bytes: Buffer) => boolean;

/** A server on this machine that speaks both hosts' APIs, and misbehaves when told to. */
export interface ModelHost {
  /** Without a slash at the end. */
  readonly url: string;
  readonly repos: Record<string, HostedRepo>;
  readonly versions: Record<string, object>;
  /** Civitai's models, by their pages' numbers. */
  readonly pages: Record<string, object>;
  /** Taken one by one, the first for the next request for a file's bytes. */
  readonly faults: Fault[];
  /** The same for requests of the API. */
  readonly apiFaults: Fault[];
  /** What was asked for a file's bytes. */
  readonly asked: {
    path: string;
    range: string | undefined;
    ifRange: string | undefined;
    token: string | undefined;
  }[];
  /** Where addresses of files redirect to; this server itself by default. */
  redirectTo: string;
  stop(): Promise<void>;
}

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
export const etagOf = (bytes: Uint8Array): string => `"${sha256(bytes).slice(0, 16)}"`;

export async function startModelHost(): Promise<ModelHost> {
  const server = createServer((request, response) => answer(host, request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const host: ModelHost = {
    ...{ url, repos: {}, versions: {}, pages: {}, faults: [], apiFaults: [], asked: [], redirectTo: url },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return host;
}

function answer(host: ModelHost, request: IncomingMessage, response: ServerResponse): unknown {
  const { pathname, searchParams } = new URL(request.url ?? "/", host.url);
  const json = (body: unknown, headers: Record<string, string> = {}) => {
    response.writeHead(200, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
  const none = () => response.writeHead(404, { "content-type": "application/json" }).end('{"error":"none"}');
  if (pathname.startsWith("/api/") && host.apiFaults.shift()?.(request, response, Buffer.alloc(0))) return;
  const [, about, revision] = /^\/api\/models\/([^/]+\/[^/]+)\/revision\/(.+)$/.exec(pathname) ?? [];
  if (about && revision) {
    const repo = host.repos[about];
    return repo ? json({ sha: repo.commit, cardData: { license: repo.license } }) : none();
  }
  const [, listed] = /^\/api\/models\/([^/]+\/[^/]+)\/tree\//.exec(pathname) ?? [];
  if (listed) return listTree(host, listed, searchParams, json);
  const [, version] = /^\/api\/v1\/model-versions\/(\d+)$/.exec(pathname) ?? [];
  if (version) return host.versions[version] ? json(host.versions[version]) : none();
  const [, page] = /^\/api\/v1\/models\/(\d+)$/.exec(pathname) ?? [];
  if (page) return host.pages[page] ? json(host.pages[page]) : none();
  const [, repo, path] = /^\/([^/]+\/[^/]+)\/resolve\/[^/]+\/(.+)$/.exec(pathname) ?? [];
  if (repo) {
    host.asked.push(noted(request, `redirect ${path}`));
    return response.writeHead(302, { location: `${host.redirectTo}/bytes/${repo}/${path}` }).end();
  }
  const [, owner, name, file] = /^\/bytes\/([^/]+)\/([^/]+)\/(.+)$/.exec(pathname) ?? [];
  const bytes = host.repos[`${owner}/${name}`]?.files[decodeURIComponent(file ?? "")];
  if (!bytes) return none();
  host.asked.push(noted(request, decodeURIComponent(file!)));
  return host.faults.shift()?.(request, response, bytes) || serveBytes(request, response, bytes);
}

const noted = ({ headers }: IncomingMessage, path: string) => ({
  ...{ path, range: headers.range, token: headers.authorization },
  ifRange: headers["if-range"] as string | undefined,
});

/** Two files a page, so that there is more than one. */
function listTree(
  host: ModelHost,
  name: string,
  query: URLSearchParams,
  json: (body: unknown, headers?: Record<string, string>) => void,
): void {
  const files = Object.entries(host.repos[name]?.files ?? {});
  const from = Number(query.get("cursor") ?? 0);
  const page = files.slice(from, from + 2).map(([path, bytes]) => ({
    ...{ type: "file", path, size: bytes.length, oid: sha256(bytes).slice(0, 40) },
    ...(path.endsWith(".safetensors") && { lfs: { oid: sha256(bytes), size: bytes.length } }),
  }));
  const next = `${host.url}/api/models/${name}/tree/main?recursive=true&cursor=${from + 2}`;
  json(page, from + 2 < files.length ? { link: `<${next}>; rel="next"` } : {});
}

/** As a good file server does it: ranges, and all of it where the tag is another's. */
export function serveBytes(request: IncomingMessage, response: ServerResponse, bytes: Buffer): void {
  const etag = etagOf(bytes);
  const ifRange = request.headers["if-range"];
  const [, begin] = /^bytes=(\d+)-$/.exec(request.headers.range ?? "") ?? [];
  const from = begin !== undefined && (ifRange === undefined || ifRange === etag) ? Number(begin) : 0;
  const headers = { etag, "content-type": "application/octet-stream", "content-length": bytes.length - from };
  if (begin === undefined || from === 0) response.writeHead(200, headers);
  else
    response.writeHead(206, {
      ...headers,
      "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}`,
    });
  response.end(bytes.subarray(from));
}

/** Sends so many bytes of what was asked for, and hangs up. */
export const cutAfter =
  (count: number): Fault =>
  (request, response, bytes) => {
    const [, begin = "0"] = /^bytes=(\d+)-$/.exec(request.headers.range ?? "") ?? [];
    const from = Number(begin);
    const range = { "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
    response.writeHead(from > 0 ? 206 : 200, {
      ...{ etag: etagOf(bytes), "content-length": bytes.length - from },
      ...(from > 0 && range),
    });
    response.write(bytes.subarray(from, from + count), () => response.destroy());
    return true;
  };

/** Answers with a status alone. */
export const refuseWith =
  (status: number, headers: Record<string, string> = {}): Fault =>
  (_, response) => {
    response.writeHead(status, headers).end();
    return true;
  };
