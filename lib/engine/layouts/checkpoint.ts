import type { Weights } from "../safetensors/stored-tensor";

/** A config.json of diffusers or transformers. */
export type Config = Readonly<Record<string, unknown>>;

/** One network: what to build, and its numbers under the names that diffusers and transformers give them. */
export interface ModelPart {
  readonly config: Config;
  readonly weights: Weights;
}

/** `kl`: AutoencoderKL. `tiny`: AutoencoderTiny (TAESD), which decodes scaled latents. */
export interface VaePart extends ModelPart {
  readonly kind: "kl" | "tiny";
}

/** Text, vision or both; in SigLIP's case without causal mask and class token. */
export interface ClipPart extends ModelPart {
  readonly kind: "clip" | "siglip";
  readonly tokenizerFiles: TokenizerFiles | null;
  /** preprocessor_config.json: how a picture is resized and normalised. */
  readonly preprocessor: Config | null;
}

/** Absolute paths of a tokenizer's files, null for those that are not there. */
export interface TokenizerFiles {
  readonly vocab: string | null;
  readonly merges: string | null;
  /** The fast tokenizers' single file. */
  readonly tokenizerJson: string | null;
  /** tokenizer_config.json. */
  readonly config: Config;
}

export type Family = "sd1" | "sd2" | "sdxl" | "sdxl-refiner" | "sd3" | "flux";

/** Those whose networks are built here; the others are only called by their names. */
export const BUILT_FAMILIES: ReadonlySet<Family> = new Set(["sd1", "sd2", "sdxl"]);

/** A Stable Diffusion model, however its files are laid out. */
export interface Checkpoint {
  readonly family: Family;
  /** The folder or file it was opened from, absolute. */
  readonly source: string;
  readonly unet: ModelPart;
  readonly vae: VaePart | null;
  readonly textEncoder: ModelPart | null;
  /** SDXL's second. */
  readonly textEncoder2: ModelPart | null;
  /** Null in single files: the family's own vocabulary applies. */
  readonly tokenizerFiles: TokenizerFiles | null;
  /** Of SDXL's second text encoder. */
  readonly tokenizerFiles2: TokenizerFiles | null;
  /** What a negative prompt without a word is to the UNet: SDXL was trained with zeros for nothing. */
  readonly emptyNegative: "zeros" | "encoded";
  /** scheduler_config.json, with prediction_type, betas and spacing. */
  readonly scheduler: Config;
}
