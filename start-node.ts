import { clearDailyUses } from "@/lib/accounts/clear-daily-uses";
import { closeDatabase, databaseKind } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { env, isBuilding, secrets } from "@/lib/env";
import { toAppError } from "@/lib/errors";
import { closeInference } from "@/lib/inference/client";
import { closeCpuPool } from "@/lib/jobs/cpu-pool";
import { startJobLoop } from "@/lib/jobs/job-loop";
import { startWebhookLoop } from "@/lib/jobs/webhook-loop";
import { log } from "@/lib/log";
import { clearOwnLoras } from "@/lib/models/own-loras/clear-own-loras";
import { startPullLoop } from "@/lib/models/pull-loop";
import { clearStaging } from "@/lib/models/staging";
import { fillColours } from "@/lib/pictures/fill-colours";
import { fillExif } from "@/lib/pictures/fill-exif";
import { fillFingerprints } from "@/lib/pictures/fill-fingerprints";
import { fillPlaces } from "@/lib/pictures/fill-places";
import { purgeTrash } from "@/lib/pictures/purge-trash";
import { reconcilePictures } from "@/lib/pictures/reconcile-pictures";
import { clearAnswers } from "@/lib/public-api/clear-answers";
import { clearWebhooks } from "@/lib/public-api/clear-webhooks";
import { tellWebhook } from "@/lib/public-api/tell-webhook";
import { jobHandlers } from "@/lib/scenarios/registry";
import { startEmbeddingLoop } from "@/lib/search/embedding-loop";
import { announceServing } from "@/lib/serving";
import { storage } from "@/lib/storage/open-storage";
import { clearDrafts } from "@/lib/uploads/clear-drafts";

const DAY_MS = 24 * 60 * 60_000;

/**
 * Makes this process a working node: database migrated, originals checked against their rows, job loop running
 * (unless JOB_CONCURRENCY is 0), all given back in order at SIGTERM or SIGINT. Ends the process, with a message
 * that says why, when it cannot be one.
 * @param serves whether the app is served from here, which commands on this machine may then ask.
 */
export async function startNode({ serves }: { serves: boolean }): Promise<void> {
  if (isBuilding()) return;
  try {
    secrets();
    await migrate();
    const works = env().JOB_CONCURRENCY > 0;
    const loop = works ? await startJobLoop(jobHandlers) : null;
    const telling = works ? await startWebhookLoop(tellWebhook) : null;
    const seeing = works ? startEmbeddingLoop() : null;
    const pulling = works ? startPullLoop() : null;
    if (serves) announceServing();
    const daily = setInterval(() => void check(true), DAY_MS);
    daily.unref();
    void check(false);
    onSignal(async () => {
      clearInterval(daily);
      // It shares the queue, which ends with the job loop.
      await telling?.stop();
      await Promise.all([loop?.stop(), seeing?.stop(), pulling?.stop()]);
      await closeCpuPool();
      await closeInference();
      await closeDatabase();
    });
  } catch (thrown) {
    const error = toAppError(thrown);
    // What a person can put right is told plainly; the log has the rest.
    if (error.code !== "internal") console.error(`\n${error.message}\n`);
    log("start").fatal({ err: error }, "this process cannot start");
    process.exit(1);
  }
}

/** A terminal sends Ctrl-C to every process of a command, and the command passes it on: one press, several signals. */
const SAME_PRESS_MS = 1_000;

/**
 * Empties the trash of what is due, removes uploads that were given up, counts of days that are over and answers that are
 * kept no longer, and holds originals against their rows; in the background, since a large gallery must not hold up the
 * first page.
 */
async function check(rehash: boolean): Promise<void> {
  // Other nodes may be receiving uploads into the same folder; alone, what is older than this process is left over.
  const leftoversOlderThanMs = databaseKind() === "embedded" && !rehash ? performance.now() : DAY_MS;
  try {
    await purgeTrash();
    await clearDrafts();
    await clearStaging();
    await clearOwnLoras();
    await clearWebhooks();
    await clearDailyUses();
    await clearAnswers();
    const found = await reconcilePictures(storage(), { leftoversOlderThanMs, rehash });
    await fillColours();
    await fillExif();
    await fillPlaces();
    await fillFingerprints();
    log("storage").info(found, "originals checked");
  } catch (err) {
    log("storage").error({ err }, "the upkeep of the originals did not finish");
  }
}

function onSignal(close: () => Promise<void>): void {
  let closingSince: number | null = null;
  const end = async (signal: NodeJS.Signals) => {
    if (closingSince !== null) {
      // A second press means now.
      if (performance.now() - closingSince > SAME_PRESS_MS) process.exit(1);
      return;
    }
    closingSince = performance.now();
    log("start").info({ signal }, "stopping");
    try {
      await close();
      process.exit(0);
    } catch (err) {
      log("start").error({ err }, "did not stop cleanly");
      process.exit(1);
    }
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
}
