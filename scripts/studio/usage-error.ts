import { usageInChinese } from "./usage-in-chinese";

/** The command line makes no sense; exit status 2, with the usage. */
export class UsageError extends Error {
  /** @param zh the same in Chinese; what commands say alike needs none. */
  constructor(
    message: string,
    readonly zh: string = usageInChinese(message),
  ) {
    super(message);
  }
}
