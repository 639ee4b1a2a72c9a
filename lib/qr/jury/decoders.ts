import {
  getInstance,
  scanGrayBuffer,
  setModuleArgs,
  ZBarConfigType,
  type ZBarModuleArgs,
  ZBarScanner,
  ZBarSymbolType,
} from "@undecaf/zbar-wasm";
import jsQR from "jsqr";
import { type Binarizer, prepareZXingModule, type ReaderOptions, readBarcodes } from "zxing-wasm/reader";
import type { Gray } from "../raster";
import type { DecoderName } from "./decoder-names";

/** What one reader made of one picture. */
export interface Reading {
  readonly text: string;
  /** 0 … 1, the share of error correction left over; null where the reader does not tell (zbar, jsQR). */
  readonly unusedEcc: number | null;
}

/** One reader. `read` answers null where it finds no code; it does not know the right text, the judge does. */
export interface Decoder {
  readonly name: DecoderName;
  read(image: Gray): Promise<Reading | null>;
}

/** What the readers are started with, handed in so that nothing is ever fetched. */
export interface DecoderParts {
  /** WebAssembly files. */
  readonly zxing: ArrayBuffer;
  readonly zbar: ArrayBuffer;
  /** Runs jsQR elsewhere, since it takes as long as the three others together; in this thread by default. */
  readonly jsqr?: typeof readWithJsqr;
}

/**
 * Starts all four readers in this thread; call it once a thread, a second call starts them anew.
 *
 * - No reader tries the inverted picture: a code that is read only light-on-dark fails on many phones.
 * - zxing has its defaults otherwise, as apps have: it looks at thirds of large pictures too (`zxingLayers`), where
 *   soft marks count that its thresholds at full size do not see.
 * - UTF-8 with and without an ECI designator: all four read Chinese, accents, emoji and a byte order mark exactly
 *   either way (20 texts of 1 … 25 characters). zbar does so because it is asked for bytes; left to its own
 *   guess, as in some apps, it takes short texts without ECI for Big5 (你好 → 雿惩末, café → caf矇) and reads all of
 *   those right with it.
 */
export async function loadDecoders(parts: DecoderParts): Promise<readonly Decoder[]> {
  await prepareZXingModule({ overrides: { wasmBinary: parts.zxing }, fireImmediately: true });
  return [
    zxing("zxing-local", "LocalAverage"),
    zxing("zxing-histogram", "GlobalHistogram"),
    await zbar(parts.zbar),
    jsqr(parts.jsqr ?? readWithJsqr),
  ];
}

const ZXING_OPTIONS = {
  formats: ["QRCode"],
  maxNumberOfSymbols: 1,
  tryHarder: true,
  tryRotate: true,
  tryInvert: false,
  tryDownscale: true,
  textMode: "Plain",
} satisfies ReaderOptions;

/** Exported for whoever runs jsQR elsewhere. */
export const JSQR_OPTIONS = { inversionAttempts: "dontInvert" } as const;

function zxing(name: DecoderName, binarizer: Binarizer): Decoder {
  return {
    name,
    async read(image) {
      const [result] = await readBarcodes(asImageData(image), { ...ZXING_OPTIONS, binarizer });
      if (!result?.isValid) return null;
      const { UEC } = JSON.parse(result.extra || "{}") as { UEC?: number | string };
      return { text: withMark(result.text, result.bytes), unusedEcc: UEC === undefined ? null : Number(UEC) };
    },
  };
}

/** A byte order mark at the start is part of the text, but the way out of WebAssembly may eat it. */
function withMark(text: string, bytes: Uint8Array): string {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return marked && !text.startsWith("\ufeff") ? `\ufeff${text}` : text;
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

async function zbar(wasmBinary: ArrayBuffer): Promise<Decoder> {
  // The package types `locateFile` alone, yet hands the whole object to Emscripten, which takes the binary.
  setModuleArgs({ wasmBinary, locateFile: (file: string) => file } as ZBarModuleArgs);
  await getInstance();
  const scanner = await ZBarScanner.create();
  scanner.setConfig(ZBarSymbolType.ZBAR_NONE, ZBarConfigType.ZBAR_CFG_ENABLE, 0);
  scanner.setConfig(ZBarSymbolType.ZBAR_QRCODE, ZBarConfigType.ZBAR_CFG_ENABLE, 1);
  // Bytes as they are: zbar's own guess takes Chinese in UTF-8 for Shift JIS or Big5.
  scanner.setConfig(ZBarSymbolType.ZBAR_NONE, ZBarConfigType.ZBAR_CFG_BINARY, 1);
  return {
    name: "zbar",
    async read({ data, width, height }) {
      const symbols = await scanGrayBuffer(new Uint8Array(data).buffer, width, height, scanner);
      const found = symbols.find((symbol) => symbol.type === ZBarSymbolType.ZBAR_QRCODE);
      return found ? { text: utf8.decode(found.data), unusedEcc: null } : null;
    },
  };
}

function jsqr(readText: typeof readWithJsqr): Decoder {
  return {
    name: "jsqr",
    async read(image) {
      const text = await readText(asImageData(image));
      return text === null ? null : { text, unusedEcc: null };
    },
  };
}

async function readWithJsqr({ data, width, height }: ImageData): Promise<string | null> {
  return jsQR(data, width, height, JSQR_OPTIONS)?.data ?? null;
}

/** Grey as RGBA for the readers that want colour; kept while the picture lives, three of them ask for it. */
const colourOf = new WeakMap<Gray, ImageData>();

function asImageData(image: Gray): ImageData {
  const known = colourOf.get(image);
  if (known) return known;
  const { data, width, height } = image;
  const rgba = new Uint32Array(width * height);
  for (let i = 0; i < rgba.length; i++) rgba[i] = data[i]! * 0x01010101;
  // Alpha is grey as well: no reader looks at it, and so the byte order does not matter.
  const made = { data: new Uint8ClampedArray(rgba.buffer), width, height, colorSpace: "srgb" } as ImageData;
  colourOf.set(image, made);
  return made;
}
