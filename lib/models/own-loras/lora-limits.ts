/** Largest LoRA that somebody may bring along: what rank 128 of SD 1.5 or rank 32 of SDXL takes. */
export const MAX_LORA_BYTES = 256 * 1024 * 1024;

/** The most that one person may have here. */
export const MOST_LORAS = 20;

/** Largest header of such a file: names of two thousand tensors, and what trainers write about thousands of pictures. */
export const MAX_HEADER_BYTES = 8 * 1024 * 1024;

/** What its sender calls a LoRA; whether it is one, its header will say. */
export const isLoraName = (name: string): boolean => name.toLowerCase().endsWith(".safetensors");
