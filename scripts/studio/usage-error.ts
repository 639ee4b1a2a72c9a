import type { Messages } from "./messages/en";
import { messages } from "./messages/messages";

type Refusals = Messages["refusals"];

/** The command line makes no sense; exit status 2, with the usage. Its message is in the language of the run. */
export class UsageError<K extends keyof Refusals = keyof Refusals> extends Error {
  /** @param key of what there is to say. @param values what it is said of. */
  constructor(key: K, ...values: Parameters<Refusals[K]>) {
    const say = messages().refusals[key] as (...values: Parameters<Refusals[K]>) => string;
    super(say(...values));
  }
}
