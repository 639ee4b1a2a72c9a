import path from "node:path";
import { loadDecoders } from "@/lib/codes/load-decoders";
import { type Picture, picture } from "@/lib/engine/picture";
import { openDiffusion } from "@/lib/engine/pipelines/diffusion";
import { openUpscaler } from "@/lib/engine/pipelines/upscale";
import type { Code } from "@/lib/qr/encode/code";
import { encode } from "@/lib/qr/encode/encode";
import { judge } from "@/lib/qr/jury/judge";
import { makeCode } from "@/lib/qr/make/make-code";
import { NOMINAL_PX } from "@/lib/qr/make/photo";
import { resize } from "@/lib/qr/picture/resize";
import type { Raster } from "@/lib/qr/raster";
import { gridOf } from "@/lib/qr/weave/grid";
import { toGray } from "@/lib/qr/weave/luma";
import { qrPictureInput } from "@/lib/scenarios/qr-picture/qr-picture.job";
import { promptOf } from "./drawing";
import type { Drawing } from "./drawings";
import type { Manner } from "./manner";
import { mean } from "./measures";
import { writeSheet } from "./sheet";

const TEXT = "https://mosaiq.studio";
const [VERSION, ECC] = [3, "M"] as const;
const UNDISTORTED = "original";

export interface QrQuality {
  readonly drawn: "with ControlNet" | "without";
  readonly pictures: number;
  /** Pictures that any reader reads as they were drawn, and by how many of the readers, the mean. */
  readonly readBefore: number;
  readonly readersBefore: number;
  /** Of the picture's likeness, by weaving the code in: 1 − SSIM, the mean. */
  readonly ssimLost: number;
}

/** What the ControlNet spares the weave. */
export async function measureQr(
  family: string,
  drawings: readonly Drawing[],
  { folder, manner }: { folder: string; manner: Manner },
): Promise<QrQuality[]> {
  const code = encode(TEXT, { version: VERSION, ecc: ECC });
  const hint = hintOf(code, manner.width);
  const results: QrQuality[] = [];
  const shown: Picture[] = [];
  for (const drawn of ["with ControlNet", "without"] as const) {
    const controls = drawn === "with ControlNet" ? [{ ...CONTROL, picture: hint }] : [];
    const pictures = await drawLarge(family, drawings.map(promptOf), { manner, controls });
    const before: number[] = [];
    const lost: number[] = [];
    for (const each of pictures) {
      before.push(await readersOf(each, code));
      const woven = await weave(each);
      lost.push(1 - woven.ssim);
      shown.push(each, woven.picture);
    }
    results.push({
      ...{ drawn, pictures: pictures.length },
      readBefore: mean(before.map((readers) => (readers > 0 ? 1 : 0))),
      readersBefore: mean(before),
      ssimLost: mean(lost),
    });
  }
  await writeSheet(path.join(folder, "qr.png"), shown, 8);
  return results;
}

const CONTROL = { net: 0, weight: 1, from: 0, to: 1, guess: false } as const;

/** Modules over the whole picture, light ones white: as the ControlNet was taught. */
function hintOf({ size, modules }: Code, side: number): Picture {
  const hint = picture(side, side);
  for (let y = 0, i = 0; y < side; y++)
    for (let x = 0; x < side; x++, i += 3) {
      const at = Math.floor((y * size) / side) * size + Math.floor((x * size) / side);
      hint.data.fill(modules[at] === 1 ? 0 : 255, i, i + 3);
    }
  return hint;
}

async function drawLarge(
  family: string,
  prompts: readonly string[],
  { manner, controls }: { manner: Manner; controls: readonly (typeof CONTROL & { picture: Picture })[] },
): Promise<Picture[]> {
  const device = { kind: "cpu" } as const;
  const controlNets = controls.length > 0 ? [path.join(family, "controlnet", "seedling-qr")] : [];
  const diffusion = await openDiffusion(family, { device, controlNets });
  const upscaler = await openUpscaler(path.join(family, "upscalers", "seedling-x4.safetensors"), device);
  const pictures: Picture[] = [];
  for (const [i, prompt] of prompts.entries()) {
    const seeds = { seed: i + 1, count: 1 };
    const [drawn] = await diffusion.draw({ ...manner, prompt, controls, seeds });
    pictures.push(await upscaler.upscale(drawn!));
  }
  await upscaler.release();
  await diffusion.release();
  return pictures;
}

/** How many readers read the picture as a symbol within its quiet zone, undistorted. */
async function readersOf(drawn: Picture, code: Code): Promise<number> {
  const { originPx, codePx } = gridOf(code.version, NOMINAL_PX);
  const page = {
    width: NOMINAL_PX,
    height: NOMINAL_PX,
    data: new Uint8ClampedArray(NOMINAL_PX ** 2 * 4).fill(255),
  };
  const symbol = resize(toRaster(drawn), codePx, codePx);
  for (let y = 0; y < codePx; y++)
    page.data.set(
      symbol.data.subarray(y * codePx * 4, (y + 1) * codePx * 4),
      ((originPx + y) * NOMINAL_PX + originPx) * 4,
    );
  const decoders = await loadDecoders();
  const cells = decoders.map(({ name }) => ({ decoder: name, scene: UNDISTORTED }));
  const { cells: judged } = await judge(toGray(page), TEXT, decoders, { cells });
  return judged.filter(({ read }) => read).length;
}

async function weave(drawn: Picture): Promise<{ picture: Picture; ssim: number }> {
  const input = qrPictureInput.parse({
    ...{ text: TEXT, look: "photo", level: "balanced", version: VERSION, ecc: ECC },
    picture: { from: "sample", name: "drawn" },
  });
  const raster = resize(toRaster(drawn), NOMINAL_PX, NOMINAL_PX);
  const made = await makeCode({ ...input, picture: raster, sizePx: NOMINAL_PX }, await loadDecoders());
  return { picture: toPicture(resize(made.raster, drawn.width, drawn.height)), ssim: made.fidelity!.ssim };
}

function toRaster({ width, height, data }: Picture): Raster {
  const out = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) out.set(data.subarray(i * 3, i * 3 + 3), i * 4);
  return { width, height, data: out };
}

function toPicture({ width, height, data }: Raster): Picture {
  const out = picture(width, height);
  for (let i = 0; i < width * height; i++) out.data.set(data.subarray(i * 4, i * 4 + 3), i * 3);
  return out;
}
