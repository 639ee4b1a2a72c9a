import { AppError, type ErrorCode, errorMessage, toAppError } from "@/lib/errors";
import { findBundle, sizesOf } from "@/lib/models/catalogue";
import { RESERVE_BYTES } from "@/lib/models/download/free-space";
import { fitOf, roomForModels } from "@/lib/models/fits-machine";
import { formatBytes } from "@/lib/models/format-bytes";
import type { Installed } from "@/lib/models/install-model";
import { listShared } from "@/lib/models/list-models";
import { MODEL_KINDS } from "@/lib/models/model-kinds";
import { pullModel } from "@/lib/models/pull-model";
import { formatSource } from "@/lib/models/sources/model-source";
import { parseSource, type WantedModel } from "@/lib/models/sources/parse-source";
import { sumSizes } from "@/lib/models/sum-sizes";
import { openProgressLine, untilInterrupted } from "./generate-progress";
import { locale } from "./language";
import { messages } from "./messages/messages";
import { describeRate } from "./models-progress";
import { describeFit, describeSum } from "./models-search";

/** What came of it: of several those that came before one failed are installed all the same. */
export interface Pulled {
  readonly installed: readonly Installed[];
  readonly failure: AppError | null;
}

/**
 * `models pull NAME … | BUNDLE | …`: one after the other, until one fails.
 * @param isQuiet whether nobody reads what is said meanwhile.
 * @throws AppError model_source_unclear, model_no_room before anything is fetched
 */
export async function pull(words: readonly string[], isQuiet: boolean): Promise<Pulled> {
  const wanted = words.flatMap((word) => findBundle(word)?.models ?? [word]).map(parseSource);
  const said = await checkRoom(wanted);
  const say = (text: string) => {
    if (!isQuiet && text !== "") console.error(text);
  };
  say(said);
  const signal = untilInterrupted();
  const progress = openProgressLine();
  const installed: Installed[] = [];
  for (const one of wanted) {
    const tell = describeRate(one.entry?.name ?? formatSource(one.source));
    try {
      installed.push(await pullModel(one, { signal, onProgress: (now) => progress.say(tell(now)) }));
    } catch (thrown) {
      const failure = toAppError(thrown);
      progress.clear();
      // Of several those that are there already are no obstacle.
      if (failure.code !== PRESENT || wanted.length === 1) return { installed, failure };
      console.error(errorMessage(failure.code, failure.details, locale()));
    }
  }
  progress.clear();
  return { installed, failure: null };
}

const PRESENT: ErrorCode = "model_present";

/** What is to come, as far as the catalogue knows it; nothing where it knows nothing. @throws AppError model_no_room */
async function checkRoom(wanted: readonly WantedModel[]): Promise<string> {
  const here = new Set((await listShared(MODEL_KINDS)).map(({ catalogueId }) => catalogueId));
  const missing = wanted.flatMap(({ entry }) => (entry && !here.has(entry.id) ? [entry] : []));
  if (missing.length === 0) return "";
  const room = await roomForModels();
  const sum = sumSizes(missing.map(sizesOf));
  if (room !== null && sum.bytes > room)
    throw new AppError("model_no_room", {
      details: { needed: formatBytes(sum.bytes + RESERVE_BYTES), free: formatBytes(room + RESERVE_BYTES) },
    });
  const { comma, colon } = messages();
  const names = missing.map(({ name }) => name).join(comma);
  return [names, describeSum(sum)].filter(Boolean).join(colon) + describeFit(fitOf(missing, room));
}
