import { describeInference, infer } from "@/lib/inference/client";

/** Draws with the model that is named, and tells the host's process number after the first step. */
const [model = ""] = process.argv.slice(2);
await infer(
  "generate",
  {
    ...{ model, prompt: "", negativePrompt: "", width: 64, height: 64, steps: 900, guidance: 7 },
    ...{ sampler: "euler", schedule: "normal", convention: "diffusers" },
    ...{ seed: 1, count: 1, generator: "torch-cpu" },
  },
  {
    onProgress: async ({ step }) => {
      if (step === 1) console.log((await describeInference()).hosts[0]?.pid);
    },
  },
);
