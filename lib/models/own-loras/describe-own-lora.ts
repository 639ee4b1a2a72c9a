import type { OwnLora } from "../../db/client";
import type { ModelFamily } from "../../inference/read-model-facts";
import type { ModelView } from "../describe-model";

export const describeOwnLora = (row: OwnLora): ModelView => ({
  ...{ id: row.id, kind: "lora", title: row.title, family: row.family as ModelFamily | null },
  ...{ sizeBytes: row.sizeBytes, triggerWords: row.triggerWords, origin: "own" },
  ...{ catalogueId: null, source: null, licence: null },
});
