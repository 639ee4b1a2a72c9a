import type { Checkpoint } from "../layouts/checkpoint";
import { assertShape, sizeOf, type Tensor, tensor } from "../tensor";
import { type Conditioning, encodeSchedule, type PromptRequest } from "./conditioning";
import { type PromptReader, readText } from "./prompt-reader";
import type { Condition } from "./unet";

/**
 * Stable Diffusion XL: the states of both text encoders side by side [1, 77 · chunks, D₁ + D₂], the second's vector for
 * the whole text (its first chunk, as in A1111), and the sizes of the drawing.
 * @param emptyNegative  what a negative prompt without a word is: nothing at all, or its encoding.
 * @source diffusers pipeline_stable_diffusion_xl.py encode_prompt, _get_add_time_ids · arXiv:2307.01952 2.1, 2.2
 */
export function sdxlConditioning(
  readers: readonly [PromptReader, PromptReader],
  emptyNegative: Checkpoint["emptyNegative"],
): Conditioning {
  return {
    async read(request) {
      const timeIds = timeIdsOf(request);
      const isNothing = request.side === "negative" && request.text === "" && emptyNegative === "zeros";
      const options = { skip: layersLeftOut(request), emphasis: request.emphasis };
      return encodeSchedule(request, async (text): Promise<Condition> => {
        const [first, second] = [
          await readText(readers[0], text, options),
          await readText(readers[1], text, options),
        ];
        const context = sideBySide(first.hidden, second.hidden);
        const condition = { context, added: { textEmbeds: second.pooled!, timeIds } };
        return isNothing ? silent(condition) : condition;
      });
    },
    async release() {
      for (const { encoder } of readers) await encoder.release();
    },
  };
}

/** Both encoders are read before their last layer. diffusers counts a clip skip from there; A1111 has none for XL. */
const layersLeftOut = ({ convention, clipSkip = 0 }: PromptRequest): number =>
  convention === "diffusers" ? 1 + clipSkip : 1;

/** Height and width of the original, top and left of its crop, height and width of the target: [1, 6]. */
const timeIdsOf = ({ width, height }: PromptRequest): Tensor =>
  tensor([1, 6], [height, width, 0, 0, height, width]);

const silent = ({ context, added }: Required<Pick<Condition, "context" | "added">>): Condition => ({
  context: zerosLike(context),
  added: { ...added, textEmbeds: zerosLike(added.textEmbeds) },
});

const zerosLike = ({ shape }: Tensor): Tensor => tensor(shape, new Float32Array(sizeOf(shape)));

/** [1, T, a] and [1, T, b] → [1, T, a + b] */
function sideBySide(first: Tensor, second: Tensor): Tensor {
  const [, tokens, a] = first.shape as [number, number, number];
  const b = second.shape[2]!;
  assertShape("the second text encoder's states", second.shape, [1, tokens, b]);
  const data = new Float32Array(tokens * (a + b));
  for (let i = 0; i < tokens; i++) {
    data.set(first.data.subarray(i * a, (i + 1) * a), i * (a + b));
    data.set(second.data.subarray(i * b, (i + 1) * b), i * (a + b) + a);
  }
  return tensor([1, tokens, a + b], data);
}
