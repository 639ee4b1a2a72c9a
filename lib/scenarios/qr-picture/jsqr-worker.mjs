import { parentPort } from "node:worker_threads";
import jsQR from "jsqr";

// One picture after the other, answered in their order; see jsqr-thread.ts.
parentPort.on("message", ({ data, width, height, options }) => {
  parentPort.postMessage(jsQR(data, width, height, options)?.data ?? null);
});
