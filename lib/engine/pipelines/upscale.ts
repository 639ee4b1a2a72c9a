import { openUpscalerFile } from "../layouts/open-upscaler";
import { readRrdbNetConfig, rrdbNet } from "../models/rrdbnet";
import { readSrvggConfig, srvgg } from "../models/srvgg";
import type { Scope } from "../nn/scope";
import type { Value } from "../onnx/graph";
import { type Picture, pictureToTensor, tensorToPicture } from "../picture";
import { type Device, openSession } from "../runtime/session";
import type { Weights } from "../safetensors/stored-tensor";
import { type Tensor, tensor } from "../tensor";
import { emitNetwork } from "./emit-network";
import { countTiles, tiled } from "./tiled";

export interface UpscaleHooks {
  /** Asked before every tile; throws to stop. */
  readonly check?: () => Promise<void>;
  /** Told after every tile: how many are done, from 1. */
  readonly onTile?: (done: number, of: number) => void;
}

export interface Upscaler {
  /** How many times as wide and high the result is. */
  readonly scale: number;
  upscale(picture: Picture, hooks?: UpscaleHooks): Promise<Picture>;
  release(): Promise<void>;
}

/** Pixels a side: tiles bound the memory, and the overlap is wider than what these networks see of their neighbours. */
const TILE = 192;
const OVERLAP = 32;

/**
 * Opens an ESRGAN or Real-ESRGAN upscaler, RRDBNet or SRVGGNetCompact, as it was downloaded.
 * @throws EngineError those of `openUpscalerFile` and `openSession`
 */
export async function openUpscaler(source: string, device: Device): Promise<Upscaler> {
  const { scale, fold, emit, weights } = await readNetwork(source);
  const model = emitNetwork({ weights }, device, (scope) => {
    const x = scope.graph.input("x", "float32", ["batch", 3, "height", "width"]);
    scope.graph.output("y", emit(scope, x), "float32", ["batch", "channels", "h", "w"]);
  });
  const session = await openSession(model, device, { keepsMemory: false });
  return {
    scale,
    async upscale(picture, { check, onTile } = {}) {
      const whole = padTo(pictureToTensor(picture, "unit"), fold);
      const tiling = { tile: TILE, overlap: OVERLAP, factor: scale };
      const of = countTiles(whole, tiling);
      let done = 0;
      const enlarged = await tiled(whole, tiling, async (part) => {
        await check?.();
        const { y } = await session.run({ x: part });
        onTile?.(++done, of);
        return y!;
      });
      return tensorToPicture(cropTo(enlarged, picture.height * scale, picture.width * scale), "unit");
    },
    release: session.release,
  };
}

interface Network {
  readonly scale: number;
  /** Sides have to be multiples of it. */
  readonly fold: number;
  readonly emit: (s: Scope, x: Value) => Value;
  readonly weights: Weights;
}

async function readNetwork(source: string): Promise<Network> {
  const { network, weights } = await openUpscalerFile(source);
  if (network === "RRDBNet") {
    const config = readRrdbNetConfig(weights);
    return { ...config, emit: (s, x) => rrdbNet(s, config, x), weights };
  }
  const config = readSrvggConfig(weights);
  return { scale: config.scale, fold: 1, emit: (s, x) => srvgg(s, config, x), weights };
}

/** Repeats the last row and column until both sides are multiples of `fold`. */
function padTo(x: Tensor, fold: number): Tensor {
  const [, channels, height, width] = x.shape as [number, number, number, number];
  const [rows, columns] = [Math.ceil(height / fold) * fold, Math.ceil(width / fold) * fold];
  return remap(
    x,
    [channels, rows, columns],
    (y) => Math.min(y, height - 1),
    (at) => Math.min(at, width - 1),
  );
}

function cropTo(x: Tensor, rows: number, columns: number): Tensor {
  return remap(
    x,
    [x.shape[1]!, rows, columns],
    (y) => y,
    (at) => at,
  );
}

function remap(
  x: Tensor,
  [channels, rows, columns]: readonly [number, number, number],
  rowOf: (y: number) => number,
  columnOf: (x: number) => number,
): Tensor {
  const [, , height, width] = x.shape as [number, number, number, number];
  if (rows === height && columns === width) return x;
  const data = new Float32Array(channels * rows * columns);
  for (let c = 0, i = 0; c < channels; c++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++, i++)
        data[i] = x.data[(c * height + rowOf(row)) * width + columnOf(column)]!;
  return tensor([1, channels, rows, columns], data);
}
