import { isSigned, sign } from "./signature";

const PURPOSE = "terminal";

/**
 * What a command on the app's own machine shows to act for someone who uses it: whoever can read this installation's secrets
 * can make it, and could make anyone's session, too.
 */
export const terminalKey = (): string => sign(PURPOSE, "");

export const isTerminalKey = (given: string): boolean => isSigned(PURPOSE, "", given);
