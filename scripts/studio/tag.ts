import { AppError } from "@/lib/errors";
import { infer } from "@/lib/inference/client";
import { currentClip } from "@/lib/search/clip-model";
import { asSeen } from "@/lib/search/embed-pictures";
import { mergeVocabulary } from "@/lib/search/own-vocabulary";
import { tagTeller } from "@/lib/search/tell-tags";
import { vocabularyOf } from "@/lib/search/vocabulary";
import { readPicture } from "./generate-files";
import { untilInterrupted } from "./generate-progress";
import { locale } from "./language";
import { messages } from "./messages/messages";
import { parseOptions } from "./parse-options";
import { UsageError } from "./usage-error";

/** Says what pictures show, in words that the model knows. */
export async function tag(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions({
    args,
    allowPositionals: true,
    options: { json: { type: "boolean" }, lang: { type: "string" } },
  });
  if (positionals.length === 0) throw new UsageError("somePictures", "tag");
  const signal = untilInterrupted();
  const model = await currentClip();
  if (!model) throw new AppError("weights_missing", { details: { file: "clip" } });
  const tell = await tagTeller(model, mergeVocabulary(await vocabularyOf(model), []));
  const tagged = [];
  const { comma, colon } = messages();
  for (const file of positionals) {
    const picture = await readPicture(file, { resize: asSeen(model) });
    const { pictures } = await infer(
      "embed",
      { model: model.path, texts: [], pictures: [picture] },
      { signal },
    );
    const tags = tell(pictures[0]!);
    tagged.push({ file, tags });
    if (!values.json) {
      const shown = tags.map((tag) => tag[locale()]).join(comma);
      console.log(`${file}${colon}${shown || "–"}`);
    }
  }
  if (values.json) console.log(JSON.stringify({ model: model.name, files: tagged }));
  return 0;
}
