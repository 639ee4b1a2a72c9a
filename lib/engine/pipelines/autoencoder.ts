import type { VaePart } from "../layouts/checkpoint";
import { decodeKl, encodeKl } from "../models/autoencoder-kl";
import { readAutoencoderKlConfig } from "../models/autoencoder-kl-config";
import { decodeTiny, encodeTiny } from "../models/autoencoder-tiny";
import { readAutoencoderTinyConfig } from "../models/autoencoder-tiny-config";
import type { Scope } from "../nn/scope";
import type { NoiseSource } from "../noise/noise-source";
import type { Value } from "../onnx/graph";
import { type Device, openSession, type Session } from "../runtime/session";
import { type Tensor, tensor } from "../tensor";
import { emitNetwork } from "./emit-network";
import { tiled } from "./tiled";

/** Between pictures [n, 3, H, W] in [−1, 1] and the latents [n, c, H/f, W/f] that diffusion works on. */
export interface Autoencoder {
  readonly latentChannels: number;
  /** Pixels to a latent's side, f. */
  readonly spatialFactor: number;
  /** Latents as the UNet knows them. @returns clamped to [−1, 1]. */
  decode(latents: Tensor): Promise<Tensor>;
  /**
   * @param noise draws from the distribution that a KL autoencoder answers with; its mean where none is given.
   * @returns latents as the UNet knows them.
   */
  encode(pictures: Tensor, noise?: NoiseSource): Promise<Tensor>;
  release(): Promise<void>;
}

/** Latents a side above which a picture is decoded in tiles, so that memory stays bounded. */
const LARGEST = 96;
const TILE = 64;
const OVERLAP = 16;

/** Opens nothing until it is asked: many pictures need no encoder. @throws those of the config readers. */
export function openAutoencoder(part: VaePart, device: Device): Autoencoder {
  const form = part.kind === "kl" ? klForm(part) : tinyForm(part);
  const { latentChannels, spatialFactor } = form;
  let encoder: Promise<Session> | undefined;
  let decoder: Promise<Session> | undefined;
  const open = (emit: Emit, channels: number): Promise<Session> => {
    const model = emitNetwork({ weights: part.weights }, device, (scope) => {
      const x = scope.graph.input("x", "float32", ["batch", channels, "height", "width"]);
      scope.graph.output("y", emit(scope, x), "float32", ["batch", "channels", "h", "w"]);
    });
    return openSession(model, device, { keepsMemory: part.kind === "tiny" });
  };
  return {
    latentChannels,
    spatialFactor,
    async decode(latents) {
      decoder ??= open(form.decode, latentChannels);
      const session = await decoder;
      const whole = async (x: Tensor) => (await session.run({ x })).y!;
      const [, , height, width] = latents.shape as [number, number, number, number];
      const scaled = { shape: latents.shape, data: latents.data.map(form.fromScaled) };
      const picture =
        Math.max(height, width) > LARGEST
          ? await tiled(scaled, { tile: TILE, overlap: OVERLAP, factor: spatialFactor }, whole)
          : await whole(scaled);
      return { shape: picture.shape, data: picture.data.map((value) => Math.min(1, Math.max(-1, value))) };
    },
    async encode(pictures, noise) {
      encoder ??= open(form.encode, 3);
      const answer = (await (await encoder).run({ x: pictures })).y!;
      const latents = part.kind === "kl" ? draw(answer, noise) : answer;
      return { shape: latents.shape, data: latents.data.map(form.toScaled) };
    },
    async release() {
      for (const session of [await encoder, await decoder]) await session?.release();
      encoder = undefined;
      decoder = undefined;
    },
  };
}

type Emit = (s: Scope, x: Value) => Value;

interface Form {
  readonly latentChannels: number;
  readonly spatialFactor: number;
  readonly decode: Emit;
  readonly encode: Emit;
  readonly toScaled: (value: number) => number;
  readonly fromScaled: (value: number) => number;
}

function klForm(part: VaePart): Form {
  const config = readAutoencoderKlConfig(part.config);
  const { scalingFactor, shiftFactor } = config;
  return {
    ...config,
    decode: (s, x) => decodeKl(s, config, x),
    encode: (s, x) => encodeKl(s, config, x),
    toScaled: (value) => (value - shiftFactor) * scalingFactor,
    fromScaled: (value) => value / scalingFactor + shiftFactor,
  };
}

/** It was trained on scaled latents, so that nothing is left to scale. */
function tinyForm(part: VaePart): Form {
  const config = readAutoencoderTinyConfig(part.config);
  return {
    ...config,
    decode: (s, x) => decodeTiny(s, config, x),
    encode: (s, x) => encodeTiny(s, config, x),
    toScaled: (value) => value,
    fromScaled: (value) => value,
  };
}

/**
 * A latent from mean and log variance [n, 2c, h, w]; the mean itself without noise.
 * @source diffusers models/autoencoders/vae.py DiagonalGaussianDistribution
 */
function draw(moments: Tensor, noise: NoiseSource | undefined): Tensor {
  const [count, both, height, width] = moments.shape as [number, number, number, number];
  const shape = [count, both / 2, height, width];
  const size = (both / 2) * height * width;
  const drawn = noise?.randn(shape);
  const data = new Float32Array(count * size);
  for (let i = 0; i < data.length; i++) {
    const at = Math.floor(i / size) * 2 * size + (i % size);
    const deviation = Math.exp(0.5 * Math.min(20, Math.max(-30, moments.data[at + size]!)));
    data[i] = moments.data[at]! + (drawn ? deviation * drawn.data[i]! : 0);
  }
  return tensor(shape, data);
}
