/** The command line makes no sense; exit status 2, with the usage. */
export class UsageError extends Error {}
