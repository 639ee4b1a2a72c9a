import PgBoss from "pg-boss";
import { sql, type Transaction } from "../db/client";
import { log } from "../log";

/** Runs of one job before it is given up. */
export const MAX_ATTEMPTS = 3;
/** Entries that ran out of attempts are kept here for a look. */
export const DEAD_LETTERS = "dead-letters";

/** Ends of jobs on their way to those who asked to be told. */
export const WEBHOOKS = "webhooks";

/** How often, and after how many seconds first, the next time twice as many. */
const JOB_RETRIES = { retryLimit: MAX_ATTEMPTS - 1, retryDelay: 1 };
/** Over 8 to 17 hours, by chance. */
const WEBHOOK_RETRIES = { retryLimit: 10, retryDelay: 30 };
/** After so many tries an end is told no more. */
export const WEBHOOK_TRIES = WEBHOOK_RETRIES.retryLimit + 1;

const KEY = Symbol.for("mosaiq.queue");
const shared = globalThis as { [KEY]?: { boss: Promise<PgBoss>; queues: Map<string, Promise<void>> } };

function queue() {
  shared[KEY] ??= { boss: start(), queues: new Map() };
  return shared[KEY];
}

async function start(): Promise<PgBoss> {
  const boss = new PgBoss({ db: { executeSql: loggedSql }, schedule: false, maintenanceIntervalSeconds: 60 });
  boss.on("error", (err) => log("jobs").error({ err }, "the queue's upkeep failed"));
  try {
    await boss.start();
    await boss.createQueue(DEAD_LETTERS);
    return boss;
  } catch (error) {
    // The next caller tries again: a database that was away at start may be back.
    delete shared[KEY];
    throw error;
  }
}

// pg-boss swallows the errors of a fetch; a lost database must not look like an empty queue.
const loggedSql: PgBoss.Db["executeSql"] = (text, values) =>
  sql(text, values ?? []).catch((err) => {
    log("jobs").warn({ err }, "a queue statement failed");
    throw err;
  });

/** Starts the queue, which makes its tables in a new database. */
export async function startQueue(): Promise<void> {
  await queue().boss;
}

/** The started queue with a place for `scenario`'s jobs, or for `WEBHOOKS`. */
export async function queueFor(scenario: string): Promise<PgBoss> {
  const { boss, queues } = queue();
  const started = await boss;
  let ready = queues.get(scenario);
  if (!ready) {
    ready = started.createQueue(scenario, {
      name: scenario,
      policy: "standard",
      // The first delivery of a job and its repeats together are MAX_ATTEMPTS.
      ...(scenario === WEBHOOKS ? WEBHOOK_RETRIES : JOB_RETRIES),
      retryBackoff: true,
      expireInSeconds: 15 * 60,
      deadLetter: DEAD_LETTERS,
    });
    queues.set(scenario, ready);
    ready.catch(() => queues.delete(scenario));
  }
  await ready;
  return started;
}

/** Puts the job's id in its scenario's queue, as part of `tx` when given; call `queueFor` before the transaction. */
export async function sendJob(
  boss: PgBoss,
  scenario: string,
  jobId: string,
  tx?: Transaction,
): Promise<void> {
  const inTransaction: PgBoss.Db = {
    executeSql: async (text, values) => ({ rows: await tx!.$queryRawUnsafe(text, ...values.map(plain)) }),
  };
  await boss.send(scenario, { jobId }, tx ? { db: inTransaction } : {});
}

/** Gives entries that were fetched back untried, to be fetched again later. */
export async function putOff(queueName: string, ids: readonly string[], seconds: number): Promise<void> {
  // Without `started_on` the next fetch counts as this one did, and not as another try.
  await sql(
    `UPDATE pgboss.job
     SET state = (CASE WHEN retry_count > 0 THEN 'retry' ELSE 'created' END)::pgboss.job_state,
         started_on = NULL, start_after = now() + make_interval(secs => $3)
     WHERE name = $1 AND id = ANY($2::uuid[]) AND state = 'active'`,
    [queueName, ids, seconds],
  );
}

// Prisma's raw queries take JSON as text, and tell null from undefined.
const plain = (value: unknown): unknown =>
  value === undefined ? null : typeof value === "object" && value !== null ? JSON.stringify(value) : value;

/** Stops the queue's upkeep; entries stay where they are. */
export async function stopQueue(): Promise<void> {
  const open = shared[KEY];
  delete shared[KEY];
  await (await open?.boss.catch(() => undefined))?.stop({ graceful: false });
}
