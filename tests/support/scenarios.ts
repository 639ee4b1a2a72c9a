import { randomUUID } from "node:crypto";
import type { Job } from "@/lib/db/client";
import { findJob } from "@/lib/db/jobs";
import { runJob } from "@/lib/jobs/run-job";
import { listPictures } from "@/lib/pictures/list-pictures";
import { madePictures } from "@/lib/pictures/made-pictures";
import { showPicture } from "@/lib/pictures/show-picture";
import { jobHandlers } from "@/lib/scenarios/registry";
import type { ScenarioInput, ScenarioName } from "@/lib/scenarios/scenario-inputs";
import { startScenario } from "@/lib/scenarios/start-scenario";

const never = new AbortController().signal;

/** Has a scenario make something, on the weights that ship; its row once it is over. */
export async function runScenario<N extends ScenarioName>(
  ownerId: string,
  scenario: N,
  input: ScenarioInput<N>,
): Promise<Job> {
  const job = await startScenario(ownerId, scenario, input, randomUUID());
  await runJob(jobHandlers, job.id, never);
  return (await findJob(ownerId, job.id))!;
}

/** What it made, in the order in which it is shown. */
export async function madeBy(job: Job) {
  const { pictures } = madePictures.parse(job.result);
  return Promise.all(pictures.map((id) => showPicture(job.ownerId, id)));
}

/** Ids of all that is in an owner's gallery. */
export const galleryOf = async (ownerId: string): Promise<string[]> =>
  (await listPictures(ownerId, { count: 100 })).pictures.map(({ id }) => id);
