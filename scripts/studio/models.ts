import { errorMessage } from "@/lib/errors";
import type { ModelKind } from "@/lib/inference/model-files";
import { describeModel, type ModelView } from "@/lib/models/describe-model";
import { formatBytes } from "@/lib/models/format-bytes";
import { importModel } from "@/lib/models/import-model";
import type { Installed } from "@/lib/models/install-model";
import { listShared } from "@/lib/models/list-models";
import { MODEL_KINDS } from "@/lib/models/model-kinds";
import { removeModel } from "@/lib/models/remove-model";
import { INTERRUPTED } from "./generate-progress";
import { locale } from "./language";
import { messages } from "./messages/messages";
import { pull as pullAll } from "./models-pull";
import { search as searchCatalogue } from "./models-search";
import { parseOptions } from "./parse-options";
import { UsageError } from "./usage-error";

interface Asked {
  readonly words: readonly string[];
  readonly json: boolean;
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
  const { values, positionals } = parseOptions({
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
  if (!act) throw new UsageError("modelsVerbs", Object.keys(VERBS).join(messages().comma));
  return act({ words, json: values.json, name: values.name });
}

async function list({ words, json }: Asked): Promise<number> {
  const [kind] = words;
  if (kind !== undefined && !isKind(kind))
    throw new UsageError("kindUnknown", MODEL_KINDS.join(messages().comma));
  const found = await listShared(kind ? [kind as ModelKind] : MODEL_KINDS);
  if (json) console.log(JSON.stringify({ models: found }));
  else for (const model of found) console.log(describeLine(model));
  return 0;
}

const isKind = (text: string): text is ModelKind => (MODEL_KINDS as readonly string[]).includes(text);

const describeLine = ({ id, kind, family, sizeBytes, origin, triggerWords }: ModelView): string =>
  [
    ...[kind.padEnd(11), id.padEnd(32), (family ?? "–").padEnd(9), formatBytes(sizeBytes).padStart(7)],
    origin === "shipped" ? messages().models.shipped() : "",
    triggerWords.length > 0 ? `  “${triggerWords.slice(0, 3).join(", ")}”` : "",
  ].join(" ");

function search({ words, json }: Asked): Promise<number> {
  return searchCatalogue(words.join(" "), json);
}

async function pull({ words, json }: Asked): Promise<number> {
  if (words.length === 0) throw new UsageError("pullMissing");
  const { installed, failure } = await pullAll(words, json);
  if (!failure) return report(installed, json);
  if (!json) {
    await report(installed, json);
    throw failure;
  }
  const { code, details } = failure;
  const error = { code, message: errorMessage(code, details, locale()), details };
  console.log(JSON.stringify({ installed: await describeAll(installed), error }));
  return code === "cancelled" ? INTERRUPTED : 1;
}

async function take({ words, json, name }: Asked): Promise<number> {
  const [from, ...more] = words;
  if (!from || more.length > 0) throw new UsageError("importMissing");
  return report([await importModel(from, name)], json);
}

const describeAll = (installed: readonly Installed[]) =>
  Promise.all(installed.map((one) => describeModel(one.kind, one)));

async function report(installed: readonly Installed[], json: boolean): Promise<number> {
  const views = await describeAll(installed);
  if (json) console.log(JSON.stringify({ installed: views }));
  else for (const view of views) if (view) console.log(describeLine(view));
  return 0;
}

async function remove({ words, json }: Asked): Promise<number> {
  const [asked, ...more] = words;
  if (!asked || more.length > 0) throw new UsageError("removeMissing");
  const all = await listShared(MODEL_KINDS);
  const named = all.filter(({ kind, id, catalogueId }) => [id, `${kind}/${id}`, catalogueId].includes(asked));
  if (named.length > 1)
    throw new UsageError("several", named.map(({ kind, id }) => `${kind}/${id}`).join(messages().comma));
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
