/** Everything in this browser that may make its guest goes by this name. */
const LOCK = "mosaiq-studio.first";

/**
 * Does something while no other tab does the like: of a first visit's two tabs the first makes the guest, and the second
 * comes as the same one. Without locks, over plain http from another machine, it is done at once.
 */
export async function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  if (!("locks" in navigator)) return work();
  return await navigator.locks.request(LOCK, work);
}
