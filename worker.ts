import { startNode } from "@/start-node";

/** A node that only works on jobs, beside web nodes on the same DATABASE_URL and storage: `npx tsx worker.ts`. */
await startNode({ serves: false });
