import { log } from "../log";
import { forgetPull } from "./pull-model";
import { parseSource } from "./sources/parse-source";

/**
 * Throws away what has arrived of a pull that is not wanted any more. Trouble is logged and no more: what is left over goes
 * after two weeks all the same.
 * @param source as the pull's row has it; of an entry that left the catalogue nobody knows where it arrived.
 */
export async function forgetLeftovers(source: string): Promise<void> {
  try {
    await forgetPull(parseSource(source));
  } catch (err) {
    log("models").warn({ err, source }, "leftovers of a pull");
  }
}
