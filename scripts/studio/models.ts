import { parseArgs } from "node:util";
import { errorMessage, type Locale, toAppError } from "@/lib/errors";
import type { ModelKind } from "@/lib/inference/model-files";
import { type CatalogueModel, findBundle, knownSize } from "@/lib/models/catalogue";
import { describeModel, type ModelView } from "@/lib/models/describe-model";
import { fitsMachine } from "@/lib/models/fits-machine";
import { formatBytes } from "@/lib/models/format-bytes";
import { importModel } from "@/lib/models/import-model";
import type { Installed } from "@/lib/models/install-model";
import { listShared } from "@/lib/models/list-models";
import { MODEL_KINDS } from "@/lib/models/model-kinds";
import { pullModel } from "@/lib/models/pull-model";
import { removeModel } from "@/lib/models/remove-model";
import { searchCatalogue } from "@/lib/models/search-catalogue";
import { parseSource } from "@/lib/models/sources/parse-source";
import { openProgressLine, untilInterrupted } from "./generate-progress";
import { describeRate } from "./models-progress";
import { UsageError } from "./usage-error";

interface Asked {
  readonly words: readonly string[];
  readonly json: boolean;
  readonly locale: Locale;
  readonly name: string | undefined;
}

const VERBS: Readonly<Record<string, (asked: Asked) => Promise<number>>> = {
  list,
  search,
  pull,
  import: take,
  remove,
};

/**
 * `models list | search | pull | import | remove`: the models of this machine. Whoever has a terminal here looks after it, so
 * nobody is asked who they are, and no database is opened: models are files.
 */
export async function models(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      name: { type: "string" },
      json: { type: "boolean", default: false },
      lang: { type: "string" },
    },
  });
  const [verb = "", ...words] = positionals;
  const act = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (!act) throw new UsageError("models knows: list, search, pull, import, remove.");
  const locale = values.lang?.startsWith("zh") ? "zh" : "en";
  return act({ words, json: values.json, locale, name: values.name });
}

async function list({ words, json }: Asked): Promise<number> {
  const [kind] = words;
  if (kind !== undefined && !isKind(kind)) throw new UsageError(`Kinds are: ${MODEL_KINDS.join(", ")}.`);
  const found = await listShared(kind ? [kind as ModelKind] : MODEL_KINDS);
  if (json) console.log(JSON.stringify({ models: found }));
  else for (const model of found) console.log(describeLine(model));
  return 0;
}

const isKind = (text: string): text is ModelKind => (MODEL_KINDS as readonly string[]).includes(text);

const describeLine = ({ id, kind, family, sizeBytes, origin, triggerWords }: ModelView): string =>
  [
    ...[kind.padEnd(11), id.padEnd(32), (family ?? "–").padEnd(9), formatBytes(sizeBytes).padStart(7)],
    origin === "shipped" ? "  (ships with the studio)" : "",
    triggerWords.length > 0 ? `  “${triggerWords.slice(0, 3).join(", ")}”` : "",
  ].join(" ");

async function search({ words, json, locale }: Asked): Promise<number> {
  const found = searchCatalogue(words.join(" "));
  const fits = await fitsMachine();
  const results = found.map((model) => ({ ...model, sizeBytes: knownSize(model), fit: fits[model.id]! }));
  if (json) console.log(JSON.stringify({ words: words.join(" "), models: results }));
  else for (const model of results) console.log(describeEntry(model, locale));
  return 0;
}

function describeEntry(
  {
    id,
    kind,
    licence,
    note,
    sizeBytes,
    fit,
  }: CatalogueModel & { sizeBytes: number | null; fit: { disk: string; memory: string } },
  locale: Locale,
): string {
  const size = sizeBytes === null ? "" : formatBytes(sizeBytes);
  const lacks = { disk: fit.disk === "full", memory: fit.memory === "short" };
  const told =
    locale === "zh" ? ["磁盘空间不足", "内存不足"] : ["not enough room on the disk", "not enough memory"];
  const notes = [lacks.disk && told[0], lacks.memory && told[1]].filter(Boolean).join(", ");
  return `${id.padEnd(26)}${kind.padEnd(12)}${size.padStart(7)}  ${licence}\n    ${note[locale]}${notes ? ` (${notes})` : ""}`;
}

async function pull({ words, json, locale }: Asked): Promise<number> {
  if (words.length === 0)
    throw new UsageError("models pull needs a name, hf:owner/repo[/file] or civitai:VERSION.");
  const wanted = words.flatMap((word) => findBundle(word)?.models ?? [word]).map(parseSource);
  const signal = untilInterrupted();
  const progress = openProgressLine();
  const installed: Installed[] = [];
  try {
    for (const one of wanted) {
      const what = one.entry?.name ?? words.join(" ");
      const tell = describeRate(what);
      try {
        installed.push(await pullModel(one, { signal, onProgress: (now) => progress.say(tell(now)) }));
      } catch (thrown) {
        const error = toAppError(thrown);
        // Of several those that are there already are no obstacle.
        if (error.code !== "model_present" || wanted.length === 1) throw thrown;
        progress.clear();
        console.error(errorMessage(error.code, error.details, locale));
      }
    }
  } finally {
    progress.clear();
  }
  return report(installed, json);
}

async function take({ words, json, name }: Asked): Promise<number> {
  const [from, ...more] = words;
  if (!from || more.length > 0) throw new UsageError("models import needs one file or folder.");
  return report([await importModel(from, name)], json);
}

async function report(installed: readonly Installed[], json: boolean): Promise<number> {
  const views = await Promise.all(installed.map((one) => describeModel(one.kind, one)));
  if (json) console.log(JSON.stringify({ installed: views }));
  else for (const view of views) if (view) console.log(describeLine(view));
  return 0;
}

async function remove({ words, json }: Asked): Promise<number> {
  const [asked, ...more] = words;
  if (!asked || more.length > 0) throw new UsageError("models remove needs one model: NAME or KIND/NAME.");
  const all = await listShared(MODEL_KINDS);
  const named = all.filter(({ kind, id, catalogueId }) => [id, `${kind}/${id}`, catalogueId].includes(asked));
  if (named.length > 1)
    throw new UsageError(
      `Several are called that: ${named.map(({ kind, id }) => `${kind}/${id}`).join(", ")}.`,
    );
  const [kind = "", ...rest] = asked.split("/");
  const model = named[0] ?? {
    kind: isKind(kind) ? kind : ("checkpoint" as const),
    id: isKind(kind) ? rest.join("/") : asked,
  };
  await removeModel(model.kind, model.id);
  if (json) console.log(JSON.stringify({ removed: { kind: model.kind, name: model.id } }));
  else console.log(`${model.kind}/${model.id}`);
  return 0;
}
