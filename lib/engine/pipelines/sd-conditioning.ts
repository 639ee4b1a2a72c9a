import { type Conditioning, encodeSchedule } from "./conditioning";
import { type PromptReader, readText } from "./prompt-reader";

/** Stable Diffusion 1 and 2: the states of one text encoder, [1, 77 · chunks, D]. */
export const sdConditioning = (reader: PromptReader): Conditioning => ({
  read: (request) =>
    encodeSchedule(request, async (text) => {
      const { clipSkip: skip = 0, emphasis } = request;
      return { context: (await readText(reader, text, { skip, emphasis })).hidden };
    }),
  release: () => reader.encoder.release(),
});
