import { EngineError } from "../engine-error";

/** A network that the prompt asks for: `<lora:name:0.8>` or `<lyco:name:0.8:0.6>`. */
export interface NetworkUse {
  readonly kind: "lora" | "lyco";
  /** As it was written: a file's name without its ending, or an alias. */
  readonly name: string;
  readonly textEncoderWeight: number;
  readonly unetWeight: number;
}

export interface PromptWithNetworks {
  /** The prompt without its networks. */
  readonly text: string;
  readonly networks: readonly NetworkUse[];
  /** Networks of other kinds, such as `<hypernet:…>`: taken out of the text, and not known here. */
  readonly unknown: readonly string[];
}

const NETWORK = /<([\p{L}\p{N}_]+):([^<>]+)>/gu;
const NUMBER = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

function weightFrom(text: string, network: string): number {
  if (NUMBER.test(text)) return Number(text);
  throw new EngineError("prompt_invalid", `${network} has no number where its weight should be`, {
    expected: "a number",
    got: text,
  });
}

/** Weights by position (text encoder, then unet) or by name (`te=`, `unet=`); what is unsaid follows what is said. */
function networkFrom(kind: "lora" | "lyco", args: readonly string[], network: string): NetworkUse {
  const positional = args.filter((arg) => !arg.includes("="));
  const named = new Map(
    args
      .filter((arg) => arg.includes("="))
      .map((arg): [string, string] => {
        const at = arg.indexOf("=");
        return [arg.slice(0, at).trim(), arg.slice(at + 1)];
      }),
  );
  const name = positional[0]?.trim() ?? "";
  if (name === "") throw new EngineError("prompt_invalid", `${network} has no name`, { got: network });
  const first = positional[1] === undefined ? 1 : weightFrom(positional[1], network);
  const te = named.get("te");
  const textEncoderWeight = te === undefined ? first : weightFrom(te, network);
  const unet = named.get("unet") ?? positional[2];
  return {
    kind,
    name,
    textEncoderWeight,
    unetWeight: unet === undefined ? textEncoderWeight : weightFrom(unet, network),
  };
}

/**
 * Takes A1111's networks out of a prompt, in the order in which they stand.
 * @throws EngineError prompt_invalid for a network without a name, or with a weight that is no number.
 * @source https://github.com/AUTOMATIC1111/stable-diffusion-webui/wiki/Features#extra-networks
 */
export function parseNetworks(prompt: string): PromptWithNetworks {
  const networks: NetworkUse[] = [];
  const unknown: string[] = [];
  const text = prompt.replace(NETWORK, (network, kind: string, args: string) => {
    if (kind === "lora" || kind === "lyco") networks.push(networkFrom(kind, args.split(":"), network));
    else unknown.push(network);
    return "";
  });
  return { text, networks, unknown };
}
