import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import net, { type AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listApiKeys } from "@/lib/accounts/list-api-keys";
import type { NewApiKey } from "@/lib/accounts/make-api-key";
import type { Owner } from "@/lib/accounts/owner";
import { revokeApiKey } from "@/lib/accounts/revoke-api-key";
import { db, sql } from "@/lib/db/client";
import { forgetEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { cancelJob } from "@/lib/jobs/cancel-job";
import { jobEvents } from "@/lib/jobs/job-events";
import { WEBHOOK_TRIES } from "@/lib/jobs/queue";
import { queueWebhooks } from "@/lib/jobs/queue-webhooks";
import { retryJob } from "@/lib/jobs/retry-job";
import { runJob } from "@/lib/jobs/run-job";
import { startWebhookLoop } from "@/lib/jobs/webhook-loop";
import { clearWebhooks } from "@/lib/public-api/clear-webhooks";
import { jobView } from "@/lib/public-api/job-view";
import { listDeliveries } from "@/lib/public-api/list-deliveries";
import { postSafely } from "@/lib/public-api/post-safely";
import { tellWebhook } from "@/lib/public-api/tell-webhook";
import { testWebhook } from "@/lib/public-api/test-webhook";
import { turnWebhooks } from "@/lib/public-api/turn-webhooks";
import { requestJob } from "@/lib/scenarios/request-job";
import { someKey } from "../support/api-keys";
import { codeOf, onBothWithFiles, someAccount, someGuest } from "../support/pictures";

const CLASSIC = { scenario: "qr-picture", input: { text: "https://example.com", look: "classic" } } as const;
const never = new AbortController().signal;

interface Heard {
  headers: IncomingMessage["headers"];
  body: string;
}

/** Someone who waits for news, and answers with these, the last of them from then on. */
async function listener(...statuses: number[]) {
  const heard: Heard[] = [];
  let wake = () => {};
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    const status = statuses.length > 1 ? statuses.shift()! : (statuses[0] ?? 204);
    response.writeHead(status, { location: "/elsewhere" }).end();
    wake();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/news`,
    heard,
    /** Once so many have been heard. */
    async until(count: number) {
      while (heard.length < count)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    },
    close: () => server.close(),
  };
}

onBothWithFiles("webhooks", () => {
  let ann: Owner;
  let made: NewApiKey;
  const closing: (() => unknown)[] = [];

  beforeAll(async () => {
    ann = await someAccount();
    made = await someKey(ann);
  });
  beforeEach(() => {
    process.env.WEBHOOKS_PRIVATE = "1";
    forgetEnv();
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    delete process.env.WEBHOOKS_PRIVATE;
    forgetEnv();
  });

  const listen = async (...statuses: number[]) => {
    const someone = await listener(...statuses);
    closing.push(someone.close);
    return someone;
  };
  const tellFromNowOn = async () => {
    const loop = await startWebhookLoop(tellWebhook);
    closing.unshift(loop.stop);
  };
  const begin = (webhook: string, key = made) =>
    requestJob(ann.id, key.key.id, { ...CLASSIC, webhook }, crypto.randomUUID());
  const told = (jobId: string) => db().webhook.findUniqueOrThrow({ where: { jobId } });
  /** The waiting repeats are due at once. */
  const hurry = async () => {
    await sql("UPDATE pgboss.job SET start_after = now() WHERE name = 'webhooks' AND state = 'retry'");
    jobEvents().emit("ended");
  };

  test("a job's end is told, signed as Standard Webhooks are", async () => {
    const someone = await listen();
    await tellFromNowOn();
    const job = await begin(someone.url);
    await runJob({ "qr-picture": async () => ({ result: { of: 1, pictures: [job.id] } }) }, job.id, never);
    await someone.until(1);
    const { headers, body } = someone.heard[0]!;
    const opened = new Webhook(made.webhookSecret).verify(body, headers as Record<string, string>);
    expect(jobView.parse((opened as { job: unknown }).job)).toMatchObject({
      ...{ id: job.id, state: "done", pictures: [job.id] },
    });
    const other = await someKey(ann);
    expect(() => new Webhook(other.webhookSecret).verify(body, headers as Record<string, string>)).toThrow();
    await expect.poll(async () => (await told(job.id)).toldAt).not.toBeNull();
  });

  test("failures and cancels are ends, too; a job that goes on is not", async () => {
    const someone = await listen();
    await tellFromNowOn();
    const [failing, cancelled] = [await begin(someone.url), await begin(someone.url)];
    await cancelJob(ann.id, cancelled.id);
    await someone.until(1);
    const failure = async () => {
      throw new AppError("picture_too_small", { details: { min: 64 } });
    };
    await runJob({ "qr-picture": failure }, failing.id, never);
    await someone.until(2);
    const jobs = someone.heard.map(({ body }) => JSON.parse(body).job);
    expect(jobs).toMatchObject([
      { id: cancelled.id, state: "cancelled" },
      { id: failing.id, state: "failed", error: { code: "picture_too_small" } },
    ]);
    // Run again, it has another end.
    await retryJob(ann.id, failing.id);
    await runJob({ "qr-picture": async () => ({}) }, failing.id, never);
    await someone.until(3);
    expect(JSON.parse(someone.heard[2]!.body).job).toMatchObject({ id: failing.id, state: "done" });
    expect(someone.heard[2]!.headers["webhook-id"]).not.toBe(someone.heard[1]!.headers["webhook-id"]);
  });

  test("who does not hear is told again under the same id, with pauses; a redirect is not followed", async () => {
    const someone = await listen(500, 307, 200);
    await tellFromNowOn();
    const job = await begin(someone.url);
    await cancelJob(ann.id, job.id);
    for (const count of [1, 2]) {
      await someone.until(count);
      const waiting = async () =>
        (
          await sql(
            `SELECT EXTRACT(EPOCH FROM start_after - now())::float AS seconds FROM pgboss.job
             WHERE name = 'webhooks' AND state = 'retry' AND data->>'jobId' = $1`,
            [job.id],
          )
        ).rows;
      await expect.poll(waiting).toHaveLength(1);
      // Half to all of 60 s, then of 120 s.
      expect((await waiting())[0]!.seconds).toBeGreaterThan(count * 30 - 5);
      expect((await told(job.id)).toldAt).toBeNull();
      await hurry();
    }
    await someone.until(3);
    await expect.poll(async () => (await told(job.id)).toldAt).not.toBeNull();
    expect(new Set(someone.heard.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  });

  test("an end that came while nobody told is told later; a revoked key's is not", async () => {
    const someone = await listen();
    const lost = await someKey(ann);
    const [silent, late] = [await begin(someone.url, lost), await begin(someone.url)];
    for (const { id } of [silent, late]) await cancelJob(ann.id, id);
    await revokeApiKey(ann.id, lost.key.id);
    await tellFromNowOn();
    await expect.poll(async () => (await told(late.id)).toldAt).not.toBeNull();
    const stateOf = async (jobId: string) =>
      (
        await sql("SELECT state::text FROM pgboss.job WHERE name = 'webhooks' AND data->>'jobId' = $1", [
          jobId,
        ])
      ).rows;
    await expect.poll(() => stateOf(silent.id)).toEqual([{ state: "completed" }]);
    expect(someone.heard.map(({ body }) => JSON.parse(body).job.id)).toEqual([late.id]);
  });

  test("one who never answers holds up neither others nor more than its share", async () => {
    const [slow, quick] = [await someKey(ann), await someKey(ann)];
    const hanging = new Set<string>();
    const blocked: string[] = [];
    for (let i = 0; i < 15; i++) blocked.push((await begin("https://slow.example/news", slow)).id);
    for (const id of blocked) await cancelJob(ann.id, id);
    await queueWebhooks();
    const heard: string[] = [];
    let most = 0;
    const loop = await startWebhookLoop(async (jobId, stop) => {
      if (!blocked.includes(jobId)) return void heard.push(jobId);
      hanging.add(jobId);
      most = Math.max(most, hanging.size);
      await new Promise((resolve) => stop.addEventListener("abort", resolve));
      hanging.delete(jobId);
    });
    closing.unshift(loop.stop, () => sql("DELETE FROM pgboss.job WHERE name = 'webhooks'"));
    const others = [
      await begin("https://quick.example/news", quick),
      await begin("https://q.example/", quick),
    ];
    for (const { id } of others) await cancelJob(ann.id, id);
    await expect.poll(() => heard.length, { timeout: 20_000 }).toBe(2);
    expect(heard.sort()).toEqual(others.map(({ id }) => id).sort());
    expect([hanging.size, most]).toEqual([3, 3]);
    // What was put off was not tried: none of its tries are used up.
    const { rows } = await sql(
      "SELECT max(retry_count)::int AS tries FROM pgboss.job WHERE name = 'webhooks' AND data->>'jobId' = ANY($1)",
      [blocked],
    );
    expect(rows).toEqual([{ tries: 0 }]);
  });

  describe("what its owner is told", () => {
    /** Ends a job, and tries once to tell it. */
    const endAndTell = async (url: string, key = made) => {
      const job = await begin(url, key);
      await cancelJob(ann.id, job.id);
      await queueWebhooks();
      return { id: job.id, outcome: await tellWebhook(job.id, never).catch((error: Error) => error.message) };
    };
    const deliveriesOf = async ({ key }: NewApiKey) => (await listDeliveries(ann.id))[key.id]!;

    test("each try: when, with what answer, and why it was not heard; the newest first", async () => {
      const own = await someKey(ann);
      const someone = await listen(500, 204);
      const { id, outcome } = await endAndTell(someone.url, own);
      expect(outcome).toContain("500");
      const url = someone.url;
      const told = { jobId: id, scenario: "qr-picture", url };
      expect(await deliveriesOf(own)).toEqual([
        { ...told, state: "failing", tries: 1, status: 500, fault: "refused", at: expect.any(String) },
      ]);
      await tellWebhook(id, never);
      expect(await deliveriesOf(own)).toMatchObject([
        { ...told, state: "heard", tries: 2, status: 204, fault: null },
      ]);
      const { id: second } = await endAndTell("http://127.0.0.1:1/", own);
      const { id: third } = await endAndTell("http://nobody.invalid/", own);
      expect(await deliveriesOf(own)).toMatchObject([
        { jobId: third, state: "failing", tries: 1, status: null, fault: "unknown" },
        { jobId: second, state: "failing", status: null, fault: "unreachable" },
        { jobId: id, state: "heard" },
      ]);
      expect(await listDeliveries((await someAccount()).id)).toEqual({});
    });

    test("after the last try it is given up; begun anew, a job's tries are counted anew", async () => {
      const own = await someKey(ann);
      const someone = await listen(500);
      const { id } = await endAndTell(someone.url, own);
      for (let i = 1; i < WEBHOOK_TRIES; i++) await tellWebhook(id, never).catch(() => {});
      expect(await deliveriesOf(own)).toMatchObject([{ state: "given_up", tries: WEBHOOK_TRIES }]);
      await retryJob(ann.id, id);
      expect(await told(id)).toMatchObject({ tries: 0, status: null, fault: null, triedAt: null });
      // A process that ended in the middle of it notes nothing: a day later nobody tries any more.
      const { id: lost } = await endAndTell(someone.url, own);
      await db().webhook.update({
        where: { jobId: lost },
        data: { triedAt: new Date(Date.now() - 25 * 60 * 60_000) },
      });
      expect(await deliveriesOf(own)).toMatchObject([{ jobId: lost, state: "given_up", tries: 1 }]);
    });

    test("when none was heard for long, and no more once one is", async () => {
      const own = await someKey(ann);
      const failingHours = async () =>
        (await listApiKeys(ann.id)).find(({ id }) => id === own.key.id)!.failingHours;
      const someone = await listen(503, 503, 200);
      await endAndTell(someone.url, own);
      expect(await failingHours()).toBeNull();
      const since = new Date(Date.now() - 3.5 * 60 * 60_000);
      await db().apiKey.update({ where: { id: own.key.id }, data: { failingSince: since } });
      await endAndTell(someone.url, own);
      expect(await failingHours()).toBe(3);
      await endAndTell(someone.url, own);
      expect(await failingHours()).toBeNull();
    });

    test("off, nothing is sent, and it is said; on again, what ends from then on is", async () => {
      const own = await someKey(ann);
      const someone = await listen();
      await turnWebhooks(ann.id, own.key.id, "off");
      const { id, outcome } = await endAndTell(someone.url, own);
      expect([outcome, someone.heard]).toEqual([undefined, []]);
      expect(await deliveriesOf(own)).toMatchObject([{ jobId: id, state: "off", tries: 0, fault: "off" }]);
      await turnWebhooks(ann.id, own.key.id, "on");
      await endAndTell(someone.url, own);
      expect(someone.heard).toHaveLength(1);
      for (const stranger of [await someAccount(), await someGuest()])
        expect(await codeOf(turnWebhooks(stranger.id, own.key.id, "off"))).toBe("not_found");
      expect(await codeOf(turnWebhooks(ann.id, "1", "off"))).toBe("not_found");
    });

    test("a test is signed like an end, tells what became of it, and is no delivery", async () => {
      const own = await someKey(ann);
      const someone = await listen(204, 410);
      expect(await testWebhook(ann.id, own.key.id, someone.url)).toEqual({ status: 204, fault: null });
      const { headers, body } = someone.heard[0]!;
      const opened = new Webhook(own.webhookSecret).verify(body, headers as Record<string, string>);
      expect(opened).toEqual({ test: { key: own.key.name, at: expect.any(String) } });
      expect(await testWebhook(ann.id, own.key.id, someone.url)).toEqual({ status: 410, fault: "refused" });
      expect(await deliveriesOf(own)).toEqual([]);
      delete process.env.WEBHOOKS_PRIVATE;
      forgetEnv();
      expect(await testWebhook(ann.id, own.key.id, someone.url)).toEqual({ status: null, fault: "open" });
      const within = someone.url.replace("http:", "https:");
      expect(await testWebhook(ann.id, own.key.id, within)).toEqual({ status: null, fault: "private" });
      expect(someone.heard).toHaveLength(2);
    });

    test("nobody tests with another's key, or with one that is revoked", async () => {
      const own = await someKey(ann);
      const someone = await listen();
      const stranger = await someAccount();
      expect(await codeOf(testWebhook(stranger.id, own.key.id, someone.url))).toBe("not_found");
      await revokeApiKey(ann.id, own.key.id);
      expect(await codeOf(testWebhook(ann.id, own.key.id, someone.url))).toBe("not_found");
      expect(someone.heard).toEqual([]);
    });

    test("for a month, and no longer", async () => {
      const own = await someKey(ann);
      const someone = await listen();
      const { id } = await endAndTell(someone.url, own);
      await clearWebhooks();
      expect(await deliveriesOf(own)).toMatchObject([{ jobId: id }]);
      const waiting = await begin(someone.url, own);
      await clearWebhooks(new Date(Date.now() + 31 * 24 * 60 * 60_000));
      expect(await deliveriesOf(own)).toEqual([]);
      // What has not ended is still to be told.
      expect(await told(waiting.id)).toMatchObject({ queuedAt: null });
    });
  });

  test.each([
    ["localhost", "localhost"],
    ["a loopback address", "127.0.0.1"],
    ["the same as a number", "2130706433"],
    ["the same in IPv6", "[::ffff:127.0.0.1]"],
    ["IPv6's loopback", "[::1]"],
    ["any address of this machine", "0.0.0.0"],
    ["a cloud's own", "169.254.169.254"],
    ["a private network", "10.0.0.1"],
    ["one behind a translation", "[64:ff9b::7f00:1]"],
  ])("nothing is sent to %s", async (_, host) => {
    delete process.env.WEBHOOKS_PRIVATE;
    forgetEnv();
    let connections = 0;
    const server = net.createServer((socket) => {
      connections++;
      socket.destroy();
    });
    server.listen(0);
    await once(server, "listening");
    closing.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    await expect(postSafely(`https://${host}:${port}/`, "{}", {}, never)).rejects.toThrow(/is not allowed/);
    await expect(postSafely(`http://${host}:${port}/`, "{}", {}, never)).rejects.toThrow(/https alone/);
    expect(connections).toBe(0);
  });
});
