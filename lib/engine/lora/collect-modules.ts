import { EngineError } from "../engine-error";
import type { SafetensorsFile } from "../safetensors/open-safetensors";
import type { StoredTensor } from "../safetensors/stored-tensor";

/** What a tensor is to its module. `dora_scale` lies along either axis, `magnitude` along the outputs. */
export type Role =
  | "up"
  | "down"
  | "mid"
  | "alpha"
  | "dora_scale"
  | "magnitude"
  | `hada_${"w1_a" | "w1_b" | "w2_a" | "w2_b" | "t1" | "t2"}`
  | `lokr_${"w1" | "w1_a" | "w1_b" | "w2" | "w2_a" | "w2_b" | "t2"}`
  | "diff"
  | "diff_b";

export type Roles = Partial<Record<Role, StoredTensor>>;

export interface LoraModules {
  /** By the module's name as the file spells it, in the file's order. */
  readonly modules: ReadonlyMap<string, Roles>;
  /** Keys whose endings are no role. */
  readonly unknown: readonly string[];
}

/** Endings of keys; what precedes one is the module's name. PEFT may put an adapter's name behind its own. */
const ENDINGS: readonly (readonly [ending: RegExp, role: Role | "named"])[] = [
  [/\.(?:lora_up|lora\.up|lora_linear_layer\.up|lora_B(?:\.[^.]+)?|up)\.weight$/, "up"],
  [/\.(?:lora_down|lora\.down|lora_linear_layer\.down|lora_A(?:\.[^.]+)?|down)\.weight$/, "down"],
  [/\.lora_mid\.weight$/, "mid"],
  [/\.alpha$/, "alpha"],
  [/\.dora_scale$/, "dora_scale"],
  [/\.lora_magnitude_vector(?:\.[^.]+)?(?:\.weight)?$/, "magnitude"],
  [/\.(hada_(?:w[12]_[ab]|t[12]))$/, "named"],
  [/\.(lokr_(?:w[12](?:_[ab])?|t2))$/, "named"],
  [/\.(?:diff|w_norm)$/, "diff"],
  [/\.(?:diff_b|b_norm)$/, "diff_b"],
];

/** Adapters that are no change ΔW of a weight, or none that is drawn here. */
const REFUSED: readonly (readonly [ending: RegExp, name: string])[] = [
  [/\.(?:on_input|ia3_l(?:\.[^.]+)?)$/, "IA3"],
  [/\.(?:oft_diag|oft_blocks|oft_r(?:\.[^.]+)?)$/i, "OFT"],
  [/\.boft_[rs](?:\.[^.]+)?$/i, "BOFT"],
  [/\.(?:a1|a2|b1|b2)\.weight$/, "GLoRA"],
];

/**
 * The tensors of a LoRA, by module and by what they are to it.
 * @throws EngineError weights_unknown for adapters that are not LoRAs, by name.
 */
export function collectModules(file: SafetensorsFile): LoraModules {
  const modules = new Map<string, Roles>();
  const unknown: string[] = [];
  for (const [key, stored] of file.tensors) {
    const found = roleOf(key);
    if (!found) {
      refuseOthers(file, key);
      unknown.push(key);
      continue;
    }
    const roles = modules.get(found.module) ?? {};
    roles[found.role] = stored;
    modules.set(found.module, roles);
  }
  return { modules, unknown };
}

function roleOf(key: string): { module: string; role: Role } | null {
  for (const [ending, role] of ENDINGS) {
    const match = ending.exec(key);
    if (match)
      return { module: key.slice(0, match.index), role: role === "named" ? (match[1] as Role) : role };
  }
  return null;
}

function refuseOthers(file: SafetensorsFile, key: string): void {
  const refused = REFUSED.find(([ending]) => ending.test(key));
  if (!refused) return;
  const [, seen] = refused;
  throw new EngineError(
    "weights_unknown",
    `${file.path} is an adapter of kind ${seen}, which is not supported`,
    {
      file: file.path,
      seen,
      key,
    },
  );
}
