import path from "node:path";
import { openPartFolder } from "@/lib/engine/layouts/open-part-folder";
import { activation } from "@/lib/engine/nn/activations";
import { conv2d } from "@/lib/engine/nn/conv-2d";
import { linear } from "@/lib/engine/nn/linear";
import { groupNorm } from "@/lib/engine/nn/norms";
import type { Scope } from "@/lib/engine/nn/scope";
import type { Value } from "@/lib/engine/onnx/graph";
import { type Picture, pictureToTensor } from "@/lib/engine/picture";
import { emitNetwork } from "@/lib/engine/pipelines/emit-network";
import { openSession } from "@/lib/engine/runtime/session";
import { type Tensor, tensor } from "@/lib/engine/tensor";

/** A question to a picture. `several`: any number of the classes may be there, else one of them or none. */
export interface Question {
  readonly name: string;
  readonly classes: readonly string[];
  readonly several: boolean;
}

export interface Judgement {
  /** Of the picture as a whole, for distances. */
  readonly features: Float32Array;
  /** By question: a logit a class. */
  readonly logits: Readonly<Record<string, Float32Array>>;
}

/** The classifier that was trained on real drawings alone. */
export interface Judge {
  readonly questions: readonly Question[];
  /** @param pictures of the size that it was trained on. */
  judge(pictures: readonly Picture[]): Promise<Judgement[]>;
  release(): Promise<void>;
}

interface JudgeConfig {
  readonly widths: readonly number[];
  readonly heads: readonly (Question & { readonly key: string })[];
}

const BATCH = 25;
const [GROUPS, EPS] = [8, 1e-5];

/** The twin of training/seedling/classifier.py. */
export async function openJudge(family: string): Promise<Judge> {
  const { config, weights } = await openPartFolder(path.join(family, "judge"));
  const { widths, heads } = config as unknown as JudgeConfig;
  const device = { kind: "cpu" } as const;
  const model = emitNetwork({ weights }, device, (s) => {
    const x = s.graph.input("x", "float32", ["batch", 3, "height", "width"]);
    const features = emitFeatures(s, x, widths);
    s.graph.output("features", features, "float32", ["batch", widths.at(-1)!]);
    for (const { key, name, classes } of heads) {
      const logits = linear(s.at(`heads.${key}`), features, widths.at(-1)!, classes.length);
      s.graph.output(name, logits, "float32", ["batch", classes.length]);
    }
  });
  const session = await openSession(model, device);
  return {
    questions: heads.map(({ name, classes, several }) => ({ name, classes, several })),
    async judge(pictures) {
      const judged: Judgement[] = [];
      for (let from = 0; from < pictures.length; from += BATCH) {
        const part = pictures.slice(from, from + BATCH);
        const results = await session.run({ x: batchOf(part) });
        const rowOf = (name: string, i: number) => {
          const { shape, data } = results[name]!;
          return data.slice(i * shape[1]!, (i + 1) * shape[1]!);
        };
        for (const i of part.keys())
          judged.push({
            features: rowOf("features", i),
            logits: Object.fromEntries(heads.map(({ name }) => [name, rowOf(name, i)])),
          });
      }
      return judged;
    },
    release: session.release,
  };
}

/** A residual network; stages halve the sides but for the first. */
function emitFeatures(s: Scope, x: Value, widths: readonly number[]): Value {
  const relu = (value: Value) => activation(s, "relu", value);
  let h = relu(conv2d(s.at("stem"), x, 3, widths[0]!, { kernel: 5, stride: 4, padding: 2 }));
  for (const [i, width] of widths.entries())
    for (const block of [0, 1]) {
      const before = block === 1 ? width : (widths[i - 1] ?? width);
      const stride = block === 0 && i > 0 ? 2 : 1;
      const at = s.at(`stages.${i}.${block}`);
      const inner = relu(
        groupNorm(at.at("norm1"), conv2d(at.at("conv1"), h, before, width, { stride }), width, GROUPS, EPS),
      );
      const outer = groupNorm(
        at.at("norm2"),
        conv2d(at.at("conv2"), inner, width, width),
        width,
        GROUPS,
        EPS,
      );
      const around =
        before === width ? h : conv2d(at.at("shortcut"), h, before, width, { kernel: 1, stride, padding: 0 });
      h = relu(s.graph.op("Add", [outer, around]));
    }
  return s.graph.op("ReduceMean", [h, s.graph.constant("int64", [2], [2, 3])], {
    attributes: { keepdims: 0 },
  });
}

function batchOf(pictures: readonly Picture[]): Tensor {
  const parts = pictures.map((each) => pictureToTensor(each, "signed"));
  const size = parts[0]!.data.length;
  const data = new Float32Array(parts.length * size);
  for (const [i, part] of parts.entries()) data.set(part.data, i * size);
  return tensor([parts.length, ...parts[0]!.shape.slice(1)], data);
}
