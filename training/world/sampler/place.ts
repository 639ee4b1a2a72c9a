import { drawAvatar, fitScale, type Marks } from "../characters/avatar";
import { drawDicebear } from "../characters/dicebear";
import type { Random } from "../random";
import type { CharacterAttributes } from "../record";
import type { Stand } from "../scenes/scene";
import { drawShadow } from "../scenes/sky";
import { placeSprite, type Sprite, type SpriteSet } from "../things/sprites";

/**
 * A bust on the lower edge of the board.
 * @param x     middle of the bust
 * @param scale 1 fills the board from the shoulders up
 */
export function placeCharacter(
  random: Random,
  a: CharacterAttributes,
  x: number,
  scale: number,
  marks?: Marks,
): string[] {
  if (a.look !== "mosaiq") {
    const flip = random.chance(0.5) ? "scale(-1 1) translate(-256 0)" : "";
    return [
      `<g transform="translate(${(x - 128 * scale).toFixed(1)} ${(257 - 256 * scale).toFixed(1)}) scale(${scale.toFixed(3)}) ${flip}">${drawDicebear(a)}</g>`,
    ];
  }
  const s = scale * fitScale(a);
  // A mirrored Z is no letter.
  const flip = a.expression !== "sleepy" && !marks && random.chance(0.5) ? -1 : 1;
  const tilt = random.range(-3.5, 3.5);
  const transform = `translate(${x.toFixed(1)} 258) rotate(${tilt.toFixed(1)}) scale(${(s * flip).toFixed(3)} ${s.toFixed(3)}) translate(-128 -256)`;
  return drawAvatar(a, marks).map((layer) => `<g transform="${transform}">${layer}</g>`);
}

/** A thing at a stand, with its shadow where it has ground below. @param x middle; @param y foot, or middle afloat */
export function placeThing(
  random: Random,
  sprite: Sprite,
  set: SpriteSet,
  stand: Stand,
  x: number,
  y: number,
  size: number,
  key: string,
): string {
  const turn = stand.floats ? random.range(-12, 12) : 0;
  const top = stand.floats ? y - size / 2 : y - size * 0.94;
  const shadow = stand.floats || stand.behind ? "" : drawShadow(x, y, size);
  return `${shadow}<g transform="rotate(${turn.toFixed(1)} ${x.toFixed(1)} ${(top + size / 2).toFixed(1)})">${placeSprite(sprite, set, x - size / 2, top, size, key)}</g>`;
}
