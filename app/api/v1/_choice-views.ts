import { z } from "zod";
import { CONTROL_ANNOTATORS } from "@/lib/drawing/control.input";
import { SCHEDULES } from "@/lib/drawing/drawing.input";
import { PHOTO_TRAITS } from "@/lib/drawing/photo-trait.input";
import { type SamplerName, samplers } from "@/lib/engine/schedulers/registry";
import { recommendedSettings } from "@/lib/inference/recommended-settings";
import type { Choices } from "@/lib/scenarios/list-choices";
import { modelFamily } from "./_model-views";

const id = z.string().describe("As inputs name it.");
const title = z.string().describe("For people, in the language of Accept-Language where there are two.");
const annotator = z.enum(CONTROL_ANNOTATORS);
const schedule = z.enum(SCHEDULES);
const settings = recommendedSettings.strict();
const model = z.strictObject({ id, title, family: modelFamily });

const checkpoint = model.extend({
  settings: settings.describe("How it is drawn with where nobody says otherwise, as far as its makers say."),
  canDrawCodes: z.boolean().describe("Whether `qr-art` can draw with it: a ControlNet for codes is here."),
  followsLines: z
    .boolean()
    .describe("Whether `lines` of `text-to-image` can be followed: a ControlNet is here."),
  holds: z.array(z.enum(PHOTO_TRAITS)).readonly().describe("What `hold` of `portrait` can be with it."),
});

const lora = model.extend({
  draws: z
    .enum(["character", "style"])
    .nullable()
    .describe("Somebody of its own, or a way of drawing; null where nobody says."),
  triggerWords: z.array(z.string()).readonly().describe("What calls it up, in the prompt."),
  settings: settings
    .nullable()
    .describe(
      "How drawings are drawn that have it, in place of the model's own; null where it asks for nothing.",
    ),
  weight: z.number().describe("That its makers recommend."),
  isOwn: z.boolean().describe("Yours alone."),
});

const style = z.strictObject({
  ...{ id, title },
  lora: z
    .string()
    .nullable()
    .describe("Drawn with besides by the model that ships (`seedling`); with all others it is words alone."),
});

/** Each list with what it is for, and where its names go. */
export const choicesView: z.ZodType<Choices> = z
  .strictObject({
    usual: z.string().nullable().describe("Which of `models` is drawn with where nobody chooses."),
    models: z
      .array(checkpoint)
      .readonly()
      .describe("What draws: `model` wherever there are drawing options, and a sheet's axis `model`."),
    loras: z
      .array(lora)
      .readonly()
      .describe(
        "What a model was taught besides: `loras`, a sheet's axis `lora`, `<lora:ID:0.8>` in prompts; `character` and `style` of albums. They go with models of their family.",
      ),
    vaes: z
      .array(model)
      .readonly()
      .describe(
        "Autoencoders in place of a model's own: `vae`. Their files look alike and seldom tell a family: those of SD 1 and 2 go with both, those of SDXL with SDXL.",
      ),
    controlnets: z
      .array(model.extend({ annotator: annotator.describe("What makes its hint, as its name tells.") }))
      .readonly()
      .describe("What follows a picture: `model` of `controls`. They go with models of their family."),
    annotators: z
      .array(
        z.strictObject({
          id: annotator,
          isHere: z
            .boolean()
            .describe("Whether it can be asked for: `depth` and `pose` need a model of theirs."),
        }),
      )
      .readonly()
      .describe("What makes a ControlNet's hint of a picture: `annotator` of `controls`. `none`: it is one."),
    embeddings: z
      .array(model.extend({ word: z.string().describe("What stands for it in prompts.") }))
      .readonly()
      .describe(
        "Words that were taught: they are called in prompts, and mean something to models of their family.",
      ),
    upscalers: z
      .array(model)
      .readonly()
      .describe(
        "What makes pictures larger: `upscaler` of `upscale`, and of `hires`. They go with every model.",
      ),
    samplers: z
      .array(
        z.strictObject({
          id: z.enum(Object.keys(samplers) as [SamplerName, ...SamplerName[]]),
          title,
          schedules: z.array(schedule).readonly().describe("What `schedule` can be with it."),
        }),
      )
      .readonly()
      .describe(
        "How noise becomes a picture: `sampler`, and a sheet's axis `sampler`. They go with every model.",
      ),
    schedules: z
      .array(z.strictObject({ id: schedule }))
      .readonly()
      .describe("How the noise goes down: `schedule`. Those of a sampler are told there."),
    styles: z
      .array(style)
      .readonly()
      .describe("Ways to draw: `style` of `text-to-image` and `qr-art`, and a sheet's axis `style`."),
    portraitStyles: z
      .array(style)
      .readonly()
      .describe("Ways to draw somebody: `style` of `portrait`, and `styles` of its sheet."),
    sceneSets: z
      .array(z.strictObject({ id, title, count: z.int().describe("How many scenes it has.") }))
      .readonly()
      .describe("Where an album's pictures play: `set` of `scenes` of `character-album`."),
    productSizes: z
      .array(z.strictObject({ id, width: z.int().describe("Pixels."), height: z.int() }))
      .readonly()
      .describe("`sizes` and `set` of `product`."),
    samples: z
      .array(z.strictObject({ id, title }))
      .readonly()
      .describe('Pictures that ship with the studio: `name` of a `qr-picture`\'s picture `from: "sample"`.'),
  })
  .meta({ id: "Choices" });
