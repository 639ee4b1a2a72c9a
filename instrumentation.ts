/** Next calls this once, before the first request: the app's process is a working node too. */
export async function register(): Promise<void> {
  // Next replaces this very expression while it builds; said in any other way, all of the server's code would be
  // bundled for the edge runtime as well.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { startNode } = await import("./start-node");
    await startNode({ serves: true });
  }
}
