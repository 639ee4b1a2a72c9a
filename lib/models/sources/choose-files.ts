/** Of a repository what the studio needs of it; null where that is not clear. */
export interface Choice {
  readonly layout: "file" | "folder";
  readonly paths: readonly string[];
}

const WEIGHTS = /\.safetensors$/;
const VARIANT = /\.(fp16|bf16|non_ema|ema)\.(safetensors|safetensors\.index\.json)$/;
/** Parts of a diffusers folder that the engine builds. */
const PARTS = /^(unet|vae|text_encoder|text_encoder_2|tokenizer|tokenizer_2|scheduler)\//;
const SMALL = /\.(json|txt)$/;
/** Networks with a config.json beside them, as diffusers and transformers keep them. */
const STEMS = /^(model|diffusion_pytorch_model)(-\d+-of-\d+)?\.safetensors(\.index\.json)?$/;

/** @param paths of all files of a repository. */
export function chooseFiles(paths: readonly string[]): Choice | null {
  const plain = paths.filter((path) => !VARIANT.test(path));
  if (paths.includes("model_index.json")) return chooseFolder(paths, plain);
  const network = plain.filter((path) => STEMS.test(path));
  if (paths.includes("config.json") && network.some((path) => WEIGHTS.test(path)))
    return { layout: "folder", paths: [...new Set([...plain.filter((path) => isBeside(path)), ...network])] };
  const weights = paths.filter((path) => WEIGHTS.test(path));
  return weights.length === 1 ? { layout: "file", paths: weights } : null;
}

const isBeside = (path: string): boolean =>
  SMALL.test(path) && !path.includes("/") && !path.includes(".index.");

/** Full precision where it is there, else a half-precision variant. */
function chooseFolder(paths: readonly string[], plain: readonly string[]): Choice | null {
  const parts = (among: readonly string[]) =>
    among.filter((path) => PARTS.test(path) && (SMALL.test(path) || WEIGHTS.test(path)));
  const hasUNet = (among: readonly string[]) =>
    among.some((path) => path.startsWith("unet/") && WEIGHTS.test(path));
  const halves = paths.filter((path) => !WEIGHTS.test(path) || /\.fp16\.safetensors$/.test(path));
  const among = hasUNet(plain) ? plain : halves;
  if (!hasUNet(among)) return null;
  return { layout: "folder", paths: ["model_index.json", ...parts(among)] };
}
