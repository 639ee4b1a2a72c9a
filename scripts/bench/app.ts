import { spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism, cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { ensureBuild } from "@/scripts/ensure.mjs";
import { type AppServer, freePort, removeData, startApp } from "@/tests/support/app-server";
import { AIMS, missedAims } from "./app/aims";
import { everyActivity, type Guest, type Made, make } from "./app/making";
import { percentile, printTable } from "./kit/table";

// How soon the app answers, and how soon everything is made: npm run bench -- app [--pictures 40] [--rounds 2] [--json] [--check]
// The gallery's page and list, idle and while each scenario runs, in a first round that opens its models and in later ones;
// and a start up to the first page. With --check the exit status is 1 where an aim is missed, and which is told.

const { values } = parseArgs({
  options: {
    pictures: { type: "string", default: "40" },
    rounds: { type: "string", default: "2" },
    json: { type: "boolean", default: false },
    check: { type: "boolean", default: false },
  },
});

const PATHS = ["/gallery", "/api/pictures"] as const;
const WARM_UPS = 20;
const IDLE_ROUNDS = 150;
/** A person's clicks are further apart; without any pause the bench would measure its own load. */
const PAUSE_MS = 25;

interface Latency {
  readonly request: string;
  readonly while: string;
  readonly requests: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly slowestMs: number;
}

await ensureBuild();
const loadBefore = loadavg()[0]!;
const app = await startApp({ env: { LOG_LEVEL: "warn" } });
const guest = await makeGuest(app, Number(values.pictures));
await timeRequests(guest, (rounds) => rounds < WARM_UPS);
const idle = await timeRequests(guest, (rounds) => rounds < IDLE_ROUNDS);

const busy: Latency[] = [];
const made: (Made & { readonly name: string })[] = [];
for (const activity of await everyActivity(guest)) {
  const meanwhile = new Map<string, number[]>(PATHS.map((path) => [path, []]));
  for (let round = 0; round < Number(values.rounds); round++) {
    let over = false;
    const making = make(guest, activity).finally(() => {
      over = true;
    });
    for (const [path, times] of await timeRequests(guest, () => !over)) meanwhile.get(path)!.push(...times);
    made.push({ name: activity.name, ...(await making) });
  }
  busy.push(...describe(meanwhile, activity.name));
}
await app.stop();
const startMs = await timeStart(app.dataDir);
await removeData(app);

const latencies = [...describe(idle, "idle"), ...busy];
const machine = {
  cpu: cpus()[0]?.model ?? "unknown",
  cores: availableParallelism(),
  loadBefore,
  loadAfter: loadavg()[0]!,
};
if (values.json) console.log(JSON.stringify({ latencies, made, startMs, machine }));
else {
  printTable(latencies, {
    request: (row) => `GET ${row.request}`,
    while: (row) => row.while,
    requests: (row) => String(row.requests),
    "p50 ms": (row) => row.p50Ms.toFixed(0),
    "p95 ms": (row) => row.p95Ms.toFixed(0),
    "p99 ms": (row) => row.p99Ms.toFixed(0),
    "slowest ms": (row) => row.slowestMs.toFixed(0),
  });
  console.log(`\nAim: p99 under ${AIMS.p99Ms} ms, with ${values.pictures} pictures in the gallery.\n`);
  printTable(made, {
    made: (row) => row.name,
    "first picture": (row) => (row.firstMs === null ? "–" : seconds(row.firstMs)),
    all: (row) => seconds(row.allMs),
  });
  console.log(
    `\nAim: all within ${seconds(AIMS.allMs)}, an album's first picture within ${seconds(AIMS.firstMs)}.`,
  );
  console.log(
    `npm start, built before, up to the first page: ${seconds(startMs)} (aim: under ${seconds(AIMS.startMs)})`,
  );
  console.log(
    `${machine.cpu}, ${machine.cores} cores; load ${machine.loadBefore.toFixed(1)} before, ${machine.loadAfter.toFixed(1)} after`,
  );
}

if (values.check) {
  const missed = missedAims({ latencies, made, startMs });
  for (const line of missed) console.error(`Missed: ${line}`);
  process.exitCode = missed.length > 0 ? 1 : 0;
}

/** A guest with pictures of noise, no two alike. */
async function makeGuest(server: AppServer, count: number): Promise<Guest> {
  let cookie = "";
  for (let i = 0; i < count; i++) {
    const size = { width: 900 + 20 * i, height: 800, channels: 3 as const, background: "#777" };
    const bytes = await sharp({ create: { ...size, noise: { type: "gaussian", mean: 128, sigma: 30 } } })
      .jpeg()
      .toBuffer();
    const body = new FormData();
    body.append("file", new Blob([new Uint8Array(bytes)], { type: "image/jpeg" }), `noise-${i}.jpg`);
    const response = await fetch(`${server.url}/api/pictures`, { method: "POST", body, headers: { cookie } });
    if (response.status !== 201) throw new Error(`upload: ${response.status} ${await response.text()}`);
    cookie ||= response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  }
  return { app: server, cookie };
}

/** Asks for each path in turn while `goesOn`; milliseconds up to the last byte, by path. */
async function timeRequests(
  { app: { url }, cookie }: Guest,
  goesOn: (rounds: number) => boolean,
): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(PATHS.map((path) => [path, []]));
  for (let rounds = 0; goesOn(rounds); rounds++) {
    for (const path of PATHS) {
      const startedAt = performance.now();
      const response = await fetch(url + path, { headers: { cookie } });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      times.get(path)!.push(performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
  return times;
}

/** `npm start` on data that is there, up to the first page's last byte. */
async function timeStart(dataDir: string): Promise<number> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn("npm", ["start"], {
    env: { ...process.env, NODE_ENV: "production", PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: "warn" },
    stdio: "ignore",
    detached: true,
  });
  let isUp = false;
  while (!isUp) {
    if (child.exitCode !== null) throw new Error(`npm start ended with status ${child.exitCode}`);
    const page = await fetch(`http://localhost:${port}/`).catch(() => null);
    await page?.arrayBuffer();
    isUp = page?.ok ?? false;
    if (!isUp) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const tookMs = performance.now() - startedAt;
  // npm's whole group: npm itself passes no signal on to the app.
  process.kill(-child.pid!, "SIGTERM");
  await once(child, "exit");
  return tookMs;
}

function describe(times: Map<string, number[]>, activity: string): Latency[] {
  return [...times].map(([request, list]) => ({
    request,
    while: activity,
    requests: list.length,
    p50Ms: percentile(list, 50),
    p95Ms: percentile(list, 95),
    p99Ms: percentile(list, 99),
    slowestMs: Math.max(...list),
  }));
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
