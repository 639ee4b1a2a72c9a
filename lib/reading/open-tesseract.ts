import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { TesseractApi } from "tesseract.js-core/tesseract-core-simd-lstm.js";
import type { GreyPlane } from "./grey-plane";
import { languageFile, READ_LANGUAGES } from "./tesseract-files";

/** How Tesseract goes about a picture: as a page with blocks and columns, or as a single line. */
export const LAYOUTS = { page: "3", line: "7" } as const;

export interface Tesseract {
  /** @returns words with their places and how sure it is; see `wordsIn`. */
  recognise(plane: GreyPlane, layout: keyof typeof LAYOUTS): string;
}

let opened: Promise<Tesseract> | undefined;

/** The code of the error where Tesseract cannot be started, which is no picture's fault. */
export const NO_READER = "no_reader";

/** One a thread: it has all languages in memory, some hundred megabytes, until the thread ends. */
export function openTesseract(): Promise<Tesseract> {
  opened ??= open().catch((cause) => {
    opened = undefined;
    throw Object.assign(new Error("Tesseract does not start", { cause }), { code: NO_READER });
  });
  return opened;
}

/**
 * Everything comes from the packages' own files; nothing is fetched.
 * @source Tesseract 5 (Apache-2.0) as WebAssembly by tesseract.js-core; weights of tessdata's best networks in integers.
 */
async function open(): Promise<Tesseract> {
  const { default: core } = await import("tesseract.js-core/tesseract-core-simd-lstm.js");
  const module = await core({ print: () => {}, printErr: () => {} });
  for (const language of READ_LANGUAGES) {
    const weights = await promisify(gunzip)(await readFile(languageFile(language)));
    module.FS.writeFile(`/${language}.traineddata`, weights);
  }
  const api: TesseractApi = new module.TessBaseAPI();
  if (api.Init(null, READ_LANGUAGES.join("+"), 1) !== 0) throw new Error("its weights are damaged");
  return {
    recognise({ width, height, data }, layout) {
      api.SetVariable("tessedit_pageseg_mode", LAYOUTS[layout]);
      module.FS.writeFile("/input", Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), data]));
      try {
        if (api.SetImageFile(1, 0) !== 0) throw new Error("Tesseract does not take the picture");
        api.Recognize(null);
        const read = api.GetTSVText(0);
        api.Clear();
        return read;
      } catch (error) {
        // Whatever it was in the middle of: the next picture gets a new one.
        opened = undefined;
        throw error;
      }
    },
  };
}
