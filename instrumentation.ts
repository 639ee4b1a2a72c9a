import { isBuilding, nextRuntime } from "@/lib/env";

/** Next calls this once, before the first request: the app's process is a working node too. */
export async function register(): Promise<void> {
  if (nextRuntime() !== "nodejs" || isBuilding()) return;
  const { startNode } = await import("./start-node");
  await startNode();
}
