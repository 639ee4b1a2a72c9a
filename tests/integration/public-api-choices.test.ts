import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { choicesView } from "@/app/api/v1/_choice-views";
import { listChoices } from "@/app/api/v1/_studio-endpoints";
import { errorView } from "@/app/api/v1/_views";
import * as choices from "@/app/api/v1/choices/route";
import * as models from "@/app/api/v1/models/route";
import { GET as document } from "@/app/api/v1/openapi.json/route";
import * as pictures from "@/app/api/v1/pictures/route";
import * as scenarios from "@/app/api/v1/scenarios/route";
import type { Owner } from "@/lib/accounts/owner";
import { NAME_LISTS } from "@/lib/drawing/name-lists.input";
import { addOwnLora } from "@/lib/models/own-loras/add-own-lora";
import { requireModel } from "@/lib/models/require-model";
import type { Choices } from "@/lib/scenarios/list-choices";
import { type ScenarioName, scenarioInputs } from "@/lib/scenarios/scenario-inputs";
import { ask, kept, someKey } from "../support/api-keys";
import { ownModels } from "../support/own-models";
import { onBothWithFiles, someAccount } from "../support/pictures";
import { writeTinyAnnotator } from "../support/tiny-annotators";
import { readPipelineGolden, writeTinyControlNet, writeTinyDiffusion } from "../support/tiny-diffusion";
import { writeLora } from "../support/tiny-lora";
import { writeTinyCheckpoint } from "../support/tiny-weights";

const ATTENTION = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k";
const lora = { [`${ATTENTION}.lora_down.weight`]: [4, 768], [`${ATTENTION}.lora_up.weight`]: [320, 4] };
const ID = crypto.randomUUID();

const folder = ownModels(async (models) => {
  const at = (...names: string[]) => path.join(models, ...names);
  const { vae } = (await readPipelineGolden()).parts;
  const [{ shapes: upscaler }] = JSON.parse(await readFile("tests/golden/models/srvgg.json", "utf8")).cases;
  await writeTinyDiffusion(at("checkpoints", "tiny"));
  await writeTinyControlNet(at("controlnet", "lineart"), "a");
  await cp("models/seedling/controlnet/seedling-line", at("controlnet", "other-canny"), { recursive: true });
  const folders = ["loras", "vae", "embeddings/dark", "upscalers"].map((name) => at(name));
  await Promise.all(folders.map((each) => mkdir(each, { recursive: true })));
  await writeTinyCheckpoint(at("vae", "other.safetensors"), vae!.shapes);
  await writeTinyCheckpoint(at("embeddings", "dark", "ugly.safetensors"), { emb_params: [2, 768] });
  await writeTinyCheckpoint(at("upscalers", "sharp.safetensors"), upscaler);
  await writeTinyAnnotator(at("annotators", "depth-anything"), "depth");
  await writeLora(at("loras", "ink.safetensors"), lora, "ink");
  const card = { studio: { draws: "style", title: { en: "Ink", zh: "水墨" } }, "preferred weight": 0.7 };
  await writeFile(at("loras", "ink.json"), JSON.stringify(card));
  await writeLora(at("mine.safetensors"), lora, "mine");
});

type Schema = { readonly [key: string]: unknown };

/** Every part of a JSON Schema, by the name of the field that it is of. */
function* partsOf(schema: unknown, field = ""): Generator<{ field: string; part: Schema }> {
  if (typeof schema !== "object" || schema === null) return;
  if (Array.isArray(schema)) {
    for (const each of schema) yield* partsOf(each, field);
    return;
  }
  yield { field, part: schema as Schema };
  for (const [key, within] of Object.entries(schema))
    if (key === "properties")
      for (const [name, each] of Object.entries(within as Schema)) yield* partsOf(each, name);
    else if (["items", "anyOf", "oneOf", "allOf"].includes(key)) yield* partsOf(within, field);
}

const LISTED = /^One of `(\w+)` at `\/choices`\.$/;

/** What says by itself what it is, in the schema. */
const PLAIN = ["aspect", "ecc", "language", "level", "look", "prediction"];

onBothWithFiles("every name that inputs take", () => {
  let [ann, ben]: Owner[] = [];
  let told: Choices;
  let own: string;
  let token: string;

  const tell = (key: string, headers = {}) =>
    kept(listChoices, ask(choices.GET, key, "/choices", { headers })) as Promise<Choices>;

  beforeAll(async () => {
    [ann, ben] = [await someAccount(), await someAccount()];
    token = (await someKey(ann)).token;
    const file = path.join(folder(), "mine.safetensors");
    own = (await addOwnLora(ann.id, { file, name: "mine.safetensors" })).lora.id;
    told = await tell(token);
  });

  test("is told with the family of models that it goes with, and what it is good for", () => {
    expect(told.usual).toBe("seedling");
    expect(told.models).toMatchObject([
      { id: "seedling", family: "seedling", canDrawCodes: true, followsLines: true, holds: ["lines"] },
      { id: "tiny", family: "sd1", canDrawCodes: false, followsLines: true, holds: ["lines"] },
    ]);
    expect(told.models[0]!.settings).toMatchObject({ steps: 4 });
    expect(told.controlnets).toEqual(
      expect.arrayContaining([
        { id: "lineart", title: "lineart", family: "sd1", annotator: "line-art" },
        { id: "other-canny", title: "other-canny", family: "seedling", annotator: "canny" },
        { id: "seedling-line", title: "seedling-line", family: "seedling", annotator: "canny" },
      ]),
    );
    // Autoencoders of all families look alike.
    expect(told.vaes).toMatchObject([{ id: "other", family: null }]);
    expect(told.embeddings).toMatchObject([{ id: "dark/ugly", word: "ugly", family: "sd1" }]);
    expect(told.upscalers).toMatchObject([{ id: "seedling-x4" }, { id: "sharp", family: null }]);
    expect(told.loras).toContainEqual({
      ...{ id: "ink", title: "Ink", family: "sd1", draws: "style", weight: 0.7, isOwn: false },
      settings: null,
      triggerWords: expect.any(Array),
    });
    expect(told.loras).toContainEqual(expect.objectContaining({ id: "momo", draws: "character" }));
    expect(told.samplers).toContainEqual({ id: "lcm", title: "LCM", schedules: ["normal"] });
    expect(told.styles).toContainEqual({ id: "mosaic", title: "Mosaic", lora: "mosaic" });
    expect(told.annotators).toContainEqual({ id: "canny", isHere: true });
    expect(told.annotators).toContainEqual({ id: "depth", isHere: true });
    expect(told.annotators).toContainEqual({ id: "pose", isHere: false });
  });

  test("titles are in the asker's language", async () => {
    const chinese = await tell(token, { "accept-language": "zh" });
    const titles = [...chinese.styles, ...chinese.portraitStyles, ...chinese.sceneSets, ...chinese.samples];
    expect(titles.filter(({ title }) => !/\p{Script=Han}/u.test(title))).toEqual([]);
    expect(chinese.loras).toContainEqual(expect.objectContaining({ id: "ink", title: "水墨" }));
  });

  test("a LoRA of one's own is nobody else's to know", async () => {
    expect(told.loras[0]).toMatchObject({ id: own, title: "mine", isOwn: true });
    const others = await tell((await someKey(ben!)).token);
    expect(others.loras.map(({ id }) => id)).not.toContain(own);
    expect(others.loras.length).toBe(told.loras.length - 1);
  });

  test("is found by whoever may have things made, and tells them no more than that", async () => {
    const maker = (await someKey(ann!, ["make"])).token;
    for (const [door, address] of [
      [choices.GET, "/choices"],
      [models.GET, "/models"],
      [scenarios.GET, "/scenarios"],
    ] as const)
      expect((await ask(door, maker, address)).status, address).toBe(200);
    expect((await ask(choices.GET, (await someKey(ann!, ["read"])).token, "/choices")).status).toBe(200);
    for (const answer of [
      await ask(pictures.GET, maker, "/pictures"),
      await ask(choices.GET, (await someKey(ann!, ["write"])).token, "/choices"),
    ])
      expect(errorView.parse(await answer.json()).code).toBe("api_scope_missing");
    const { paths } = await document().json();
    expect(paths["/choices"].get.description).toBe("The key must be allowed to `read` or `make`.");
    expect(paths["/pictures"].get.description).toBe("The key must be allowed to `read`.");
  });

  test("no input takes a name that is not listed", async () => {
    const { scenarios: all } = (await (await ask(scenarios.GET, token, "/x")).json()) as {
      scenarios: { name: string; input: unknown }[];
    };
    const asked = new Set<string>();
    const plain = new Set<string>();
    for (const { name, input } of all)
      for (const { field, part } of partsOf(input)) {
        const [, list] = LISTED.exec(String(part.description)) ?? [];
        const where = `${name}: ${field}`;
        if (list !== undefined) {
          expect(NAME_LISTS, where).toContain(list);
          asked.add(list);
          const ids = told[list as keyof Choices & (typeof NAME_LISTS)[number]].map(({ id }) => id);
          if (part.enum) expect([...(part.enum as string[])].sort(), where).toEqual([...ids].sort());
        }
        // Names of models and of samples are texts of a kind; of anything else there is a list in the schema.
        if (/^\^\[\^\\p\{Cc\}<>:\]|^\^\[a-z0-9-\]/.test(String(part.pattern)))
          expect(list, where).toBeDefined();
        if (part.enum && list === undefined && part.description === undefined) plain.add(field);
      }
    expect([...plain].sort()).toEqual(PLAIN);
    // Called in prompts, which say so.
    expect([...asked, "embeddings"].sort()).toEqual([...NAME_LISTS].sort());
    expect(Object.keys(choicesView.parse(told) as object).sort()).toEqual(["usual", ...NAME_LISTS].sort());
  });

  test("whatever is listed is taken, and found", async () => {
    const drawn = { prompt: "a lighthouse" };
    const control = { model: "lineart", picture: ID };
    const takes: Partial<Record<(typeof NAME_LISTS)[number], [ScenarioName, (id: string) => object]>> = {
      models: ["text-to-image", (model) => ({ ...drawn, model })],
      loras: ["text-to-image", (name) => ({ ...drawn, loras: [{ name }] })],
      vaes: ["text-to-image", (vae) => ({ ...drawn, vae })],
      controlnets: ["text-to-image", (model) => ({ ...drawn, controls: [{ ...control, model }] })],
      annotators: ["text-to-image", (annotator) => ({ ...drawn, controls: [{ ...control, annotator }] })],
      upscalers: ["upscale", (upscaler) => ({ picture: ID, upscaler })],
      samplers: ["text-to-image", (sampler) => ({ ...drawn, sampler })],
      schedules: ["text-to-image", (schedule) => ({ ...drawn, schedule })],
      styles: ["qr-art", (style) => ({ ...drawn, text: "x", style })],
      portraitStyles: ["portrait", (style) => ({ photo: ID, style })],
      sceneSets: ["character-album", (set) => ({ character: { name: "momo" }, scenes: { set } })],
      productSizes: ["product", (size) => ({ ...drawn, photo: ID, sizes: [size] })],
      samples: ["qr-picture", (name) => ({ text: "x", picture: { from: "sample", name } })],
    };
    expect([...Object.keys(takes), "embeddings"].sort()).toEqual([...NAME_LISTS].sort());
    for (const list of NAME_LISTS) {
      expect(told[list].length, list).toBeGreaterThan(0);
      const [scenario, input] = takes[list] ?? [];
      for (const { id } of told[list])
        if (scenario && input)
          expect(scenarioInputs[scenario].safeParse(input(id)).error, `${list}: ${id}`).toBeUndefined();
    }
    const kinds = { models: "checkpoint", loras: "lora", vaes: "vae", controlnets: "controlnet" } as const;
    const more = { embeddings: "embedding", upscalers: "upscaler" } as const;
    for (const [list, kind] of Object.entries({ ...kinds, ...more }))
      for (const { id } of told[list as keyof typeof kinds])
        expect((await requireModel(ann!.id, kind, id)).path).toContain(path.sep);
  });
});
