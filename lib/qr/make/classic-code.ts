import type { Code } from "../encode/code";
import { chooseVersion, encode, needsEci } from "../encode/encode";
import { logoModules } from "../looks/logo";
import type { CodeChoice } from "./choose-code";

/** Beyond this the modules are so small that a logo is not worth it. */
const LARGEST_LOGO_VERSION = 20;

/**
 * The code of the classic look: the smallest that holds the text, or with a logo the smallest whose error correction
 * can spare the room for one (without one where none can). @throws QrError as `chooseVersion`
 */
export function classicCode(text: string, { version, ecc }: CodeChoice, logo: boolean): Code {
  const choice = { version, ecc, eci: needsEci(text) };
  const smallest = encode(text, choice);
  if (!logo || version !== "auto") return smallest;
  const least = chooseVersion(text, choice);
  for (let larger = least.version; larger <= LARGEST_LOGO_VERSION; larger++) {
    const code = encode(text, { ...choice, version: larger });
    if (logoModules(code) > 0) return code;
  }
  return smallest;
}
