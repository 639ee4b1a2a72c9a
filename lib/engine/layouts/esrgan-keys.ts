import type { Weights } from "../safetensors/stored-tensor";
import { type KeyMap, keyMap, type PathPairs } from "./key-map";
import { countModules } from "./select-weights";

/** As much of an RRDBNet's architecture as its names depend on. */
export interface EsrganLayout {
  readonly blocks: number;
  /** Convolutions that each double the size. */
  readonly upConvs: number;
}

/** `model.0`, `model.1`, three places for every doubling, a convolution, an activation, the last convolution. */
const placesOf = (upConvs: number): number => 2 + 3 * upConvs + 3;

/** @param weights under ESRGAN's names. */
export function readEsrganLayout(weights: Weights): EsrganLayout {
  const blocks = countModules(weights, "model.1.sub.") - 1;
  return { blocks, upConvs: Math.max(0, Math.floor((countModules(weights, "model.") - placesOf(0)) / 3)) };
}

/**
 * Names of BasicSR's RRDBNet (on the side that other maps call diffusers') ↔ names of the original ESRGAN, which counts
 * places in one long sequence.
 * @source https://github.com/xinntao/ESRGAN (transer_RRDB_models.py)
 */
export function esrganKeyMap({ blocks, upConvs }: EsrganLayout): KeyMap {
  const pairs: (readonly [string, string])[] = [
    ["conv_first", "model.0"],
    ["conv_body", `model.1.sub.${blocks}`],
    ["conv_hr", `model.${placesOf(upConvs) - 3}`],
    ["conv_last", `model.${placesOf(upConvs) - 1}`],
  ];
  for (let block = 0; block < blocks; block++)
    for (const dense of [1, 2, 3]) pairs.push(...denseBlock(block, dense));
  for (let i = 0; i < upConvs; i++) pairs.push([`conv_up${i + 1}`, `model.${3 * i + 3}`]);
  return keyMap(pairs);
}

const denseBlock = (block: number, dense: number): PathPairs =>
  [1, 2, 3, 4, 5].map((conv) => [
    `body.${block}.rdb${dense}.conv${conv}`,
    `model.1.sub.${block}.RDB${dense}.conv${conv}.0`,
  ]);
