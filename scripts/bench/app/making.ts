import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { ScenarioInput, ScenarioName } from "@/lib/scenarios/scenario-inputs";
import type { AppServer } from "@/tests/support/app-server";

/** Somebody with a gallery. */
export interface Guest {
  readonly app: AppServer;
  readonly cookie: string;
}

/** Something to have made while the app answers others. */
export interface Activity {
  readonly scenario: ScenarioName;
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface Made {
  /** Up to the first picture, where several are made. */
  readonly firstMs: number | null;
  readonly allMs: number;
}

/** Adds one of the samples that ship to the guest's pictures. @returns its id. */
async function addSample({ app: { url }, cookie }: Guest, name: string): Promise<string> {
  const bytes = await readFile(path.resolve(`public/samples/${name}.webp`));
  const body = new FormData();
  body.append("file", new Blob([new Uint8Array(bytes)], { type: "image/webp" }), `${name}.webp`);
  const answer = await fetch(`${url}/api/pictures`, { method: "POST", body, headers: { cookie } });
  const { picture } = (await answer.json()) as { picture: { id: string } };
  return picture.id;
}

/** Everything that can be made, as its screen asks for it when nothing is changed there. */
export async function everyActivity(guest: Guest): Promise<Activity[]> {
  const [face, thing] = [await addSample(guest, "portrait"), await addSample(guest, "ramen")];
  const text = "https://example.com/menu";
  const asked: { [N in ScenarioName]?: ScenarioInput<N> } = {
    "qr-picture": { text, look: "photo", picture: { from: "sample", name: "cat" }, seed: 1 },
    "qr-art": { text, prompt: "a city at night" },
    portrait: { photo: face },
    "text-to-image": { prompt: "a fox in a snowy forest" },
    "character-album": { character: { name: "momo" } },
    product: { photo: thing, prompt: "a city at night" },
  };
  return Object.entries(asked).map(([scenario, input]) => ({
    ...{ scenario: scenario as ScenarioName, name: scenario, input },
  }));
}

/** Has something made as its screen does, by the server action, and follows the news up to the end. */
export async function make(guest: Guest, { scenario, input }: Activity): Promise<Made> {
  const startedAt = performance.now();
  const jobId = await start(guest, scenario, input);
  const news = await fetch(`${guest.app.url}/api/jobs/${jobId}/events`, {
    headers: { cookie: guest.cookie },
  });
  let [firstMs, unread, last] = [null as number | null, "", ""];
  const decoder = new TextDecoder();
  for await (const part of news.body as unknown as AsyncIterable<Uint8Array>) {
    const messages = (unread + decoder.decode(part, { stream: true })).split("\n\n");
    unread = messages.pop()!;
    for (const message of messages.filter((each) => each.includes("data:"))) {
      last = message;
      if (/"pictures":\["/.test(message)) firstMs ??= performance.now() - startedAt;
    }
  }
  if (!last.includes('"state":"done"')) throw new Error(`${scenario} was not made: ${last}`);
  return { firstMs, allMs: performance.now() - startedAt };
}

async function start({ app: { url }, cookie }: Guest, scenario: string, input: object): Promise<string> {
  const action = await actionNamed("startMaking");
  const idempotencyKey = randomUUID().replaceAll("-", "");
  const response = await fetch(url, {
    method: "POST",
    headers: { cookie, origin: url, "next-action": action, "content-type": "text/plain;charset=UTF-8" },
    body: JSON.stringify([{ scenario, input, idempotencyKey }]),
  });
  const answer = await response.text();
  const jobId = /"jobId":"([0-9a-f-]{36})"/.exec(answer)?.[1];
  if (!jobId) throw new Error(`startMaking: ${response.status} ${answer}`);
  return jobId;
}

async function actionNamed(name: string): Promise<string> {
  const manifest = JSON.parse(await readFile(".next/server/server-reference-manifest.json", "utf8")) as {
    node: Record<string, { exportedName?: string }>;
  };
  const found = Object.entries(manifest.node).find(([, { exportedName }]) => exportedName === name);
  if (!found) throw new Error(`the build has no action ${name}`);
  return found[0];
}
