import type { TargetModule } from "./module-names";
import type { Scaling } from "./read-delta";

type Fields = Readonly<Record<string, unknown>>;

const PREFIXES = { unet: "unet.", textEncoder: "text_encoder.", textEncoder2: "text_encoder_2." } as const;

/**
 * Alpha as diffusers notes it: PEFT's LoraConfig as JSON in a file's metadata, its fields named `unet.lora_alpha` and so
 * on, or without prefix where a file is of one network. Metadata are anyone's to write: what does not parse is not there.
 * @returns what a module's alpha is; undefined where nothing is said of it.
 * @source diffusers loaders/lora_base.py (LORA_ADAPTER_METADATA_KEY), peft utils/other.py (get_pattern_key)
 */
export function readAdapterMetadata(
  metadata: Readonly<Record<string, string>>,
): (module: TargetModule) => Scaling | undefined {
  const fields = parseObject(metadata.lora_adapter_metadata ?? "");
  return ({ part, path }) => {
    const field = (name: string) => fields[PREFIXES[part] + name] ?? fields[name];
    const patterns = Object.entries(Object(field("alpha_pattern")) as Fields);
    const special = patterns.find(([pattern]) => `.${path}`.endsWith(`.${pattern.replace(/^\^/, "")}`));
    const alpha = special ? special[1] : field("lora_alpha");
    if (typeof alpha !== "number" || !Number.isFinite(alpha)) return undefined;
    return { alpha, rankStabilized: field("use_rslora") === true };
  };
}

function parseObject(json: string): Fields {
  try {
    return Object(JSON.parse(json)) as Fields;
  } catch {
    return {};
  }
}
