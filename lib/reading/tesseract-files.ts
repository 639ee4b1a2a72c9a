import path from "node:path";

/** What is read: English, and Chinese in simplified characters. In this order more of both is read than in the other. */
export const READ_LANGUAGES = ["eng", "chi_sim"] as const;

// Found from the project's root: bundles of this file lie elsewhere, and would take the weights for modules.
const packages = (file: string): string => path.resolve(/* turbopackIgnore: true */ "node_modules", file);

/** Tesseract as WebAssembly, the part with neural networks alone. */
export const tesseractFile = (): string => packages("tesseract.js-core/tesseract-core-simd-lstm.wasm");

/** A language's weights in eight bits, gzipped: what its package carries beside those in floating point. */
export const languageFile = (language: (typeof READ_LANGUAGES)[number]): string =>
  packages(`@tesseract.js-data/${language}/4.0.0_best_int/${language}.traineddata.gz`);
