import { writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { probe } from "./host-probe";
import { serve } from "./host-serve";
import type { HostConfig } from "./messages";

/**
 * The process that owns a device: the only one that loads models. It is forked with its configuration as JSON, or with
 * `probe:cuda` to tell whether that kind of device works; it ends when the channel to its parent closes.
 */
async function main(argument: string): Promise<void> {
  process.on("disconnect", () => process.exit(0));
  const probed = /^probe:(cuda|webgpu)$/.exec(argument);
  if (probed) {
    const found = await probe(probed[1] as "cuda" | "webgpu");
    process.send?.(found, () => process.exit(0));
    return;
  }
  stepBack();
  serve(JSON.parse(argument) as HostConfig);
}

/** Requests are answered first, and where memory runs out it is this process that ends, not the app. */
function stepBack(): void {
  setPriority(10);
  try {
    writeFileSync("/proc/self/oom_score_adj", "500");
  } catch {
    // Linux alone has it.
  }
}

await main(process.argv[2] ?? "");
