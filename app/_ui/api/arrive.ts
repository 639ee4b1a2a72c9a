import { beSomebody } from "./be-somebody";
import { oneAtATime } from "./one-at-a-time";

let arrived: Promise<unknown> | null = null;

/**
 * Before the first upload: uploads are long and go beside each other, so that two tabs of a first visit would each make
 * a guest. Where that fails the upload goes on, and tells by itself what is wrong.
 */
export async function arrive(): Promise<void> {
  arrived ??= oneAtATime(() => beSomebody(null));
  await arrived.catch(() => {
    arrived = null;
  });
}
