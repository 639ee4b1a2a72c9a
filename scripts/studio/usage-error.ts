/** The command line makes no sense; exit status 2, with the usage. */
export class UsageError extends Error {
  /** @param zh the same in Chinese, where somebody wrote it. */
  constructor(
    message: string,
    readonly zh: string = message,
  ) {
    super(message);
  }
}
