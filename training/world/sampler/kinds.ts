import type { Drawing } from "../canvas";
import type { Random } from "../random";
import type { Background, CharacterRecord, SceneName, SceneRecord, ThingRecord, Zone } from "../record";
import { chooseBackground, drawBackground } from "../scenes/background";
import { fits } from "../scenes/placement";
import { chooseScene, drawScene, PLACES, SCENE_NAMES } from "../scenes/scene";
import { drawShadow } from "../scenes/sky";
import { CHOSEN } from "../things/chosen";
import { loadSprites, placeSprite, type Sprite, type SpriteSet } from "../things/sprites";
import { chooseCharacter, coloursOf } from "./choose-character";
import { chooseDicebear } from "./choose-dicebear";
import { placeCharacter, placeThing } from "./place";

/** A record without its style, and how to draw it. Drawing continues the same stream of choices. */
export type Plan<R> = { record: Omit<R, "style" | "duotone">; draw: (random: Random) => Drawing };

const SPRITES = loadSprites();
const DRAWN = SPRITES.filter(({ en }) => CHOSEN.has(en));
const BY_ID = new Map(SPRITES.map((sprite) => [sprite.id, sprite]));

/** @throws Error when the id is not a thing that is drawn. */
export function findSprite(id: string): Sprite {
  const sprite = BY_ID.get(id);
  if (!sprite) throw new Error(`no thing has the id ${id}`);
  return sprite;
}
/** Every thing that has a name; fewer are drawn. */
export const allSprites = (): readonly Sprite[] => SPRITES;
export const drawnSprites = (): readonly Sprite[] => DRAWN;

const pickSet = (random: Random, sprite: Sprite): SpriteSet =>
  random.pick(Object.keys(sprite.art) as SpriteSet[]);
const front = (drawing: Drawing & { front?: string }, more: string[]): Drawing => ({
  defs: drawing.defs,
  layers: [...drawing.layers, ...more, ...(drawing.front ? [drawing.front] : [])],
});

/** A portrait: a character close up on a plain, patterned or gradient ground, or before a scene. */
export function planCharacter(random: Random): Plan<CharacterRecord> {
  const character = random.chance(0.18) ? chooseDicebear(random) : chooseCharacter(random);
  const scenic = random.chance(0.22);
  const scenes = SCENE_NAMES.filter((name) => name !== "clouds");
  const background: Background = scenic
    ? { type: "scene", scene: chooseScene(random, random.pick(scenes)) }
    : chooseBackground(random, coloursOf(character));
  return {
    record: { kind: "character", character, background },
    draw: (r) => {
      const behind =
        background.type === "scene" ? drawScene(r, background.scene) : drawBackground(r, background);
      return front(
        behind,
        placeCharacter(
          r,
          character,
          128 + r.range(-9, 9),
          character.look === "mosaiq" ? r.range(0.98, 1.14) : r.range(0.88, 1),
        ),
      );
    },
  };
}

/** One thing in the middle of a ground, or two side by side. */
export function planThing(random: Random): Plan<ThingRecord> {
  const count = random.chance(0.2) ? 2 : 1;
  const sprites = Array.from({ length: count }, () => random.pick(DRAWN));
  if (count === 2 && sprites[0] === sprites[1]) sprites.pop();
  const things = sprites.map((sprite) => ({ id: sprite.id, set: pickSet(random, sprite) }));
  const background = chooseBackground(
    random,
    sprites.map((sprite, i) => mainColour(sprite, things[i]!.set)).filter((hex) => hex !== undefined),
  );
  return {
    record: { kind: "thing", things, background },
    draw: (r) => {
      const turn = r.chance(0.5) ? r.range(-14, 14) : 0;
      const shadowed = turn === 0 && r.chance(0.6);
      const layers = sprites.map((sprite, i) => {
        const size = sprites.length === 2 ? r.range(106, 126) : r.range(136, 204);
        const x = sprites.length === 2 ? (i === 0 ? 68 : 188) + r.range(-6, 6) : 128 + r.range(-12, 12);
        const y = 128 + r.range(-10, 10);
        const shadow = shadowed ? drawShadow(x, y + size * 0.47, size * 0.9) : "";
        return `${shadow}<g transform="rotate(${turn.toFixed(1)} ${x.toFixed(1)} ${y.toFixed(1)})">${placeSprite(sprite, things[i]!.set, x - size / 2, y - size / 2, size, `t${i}`)}</g>`;
      });
      return front(drawBackground(r, background as Exclude<Background, { type: "scene" }>), layers);
    },
  };
}

/** The first solid fill of a drawing, usually its largest shape. */
function mainColour(sprite: Sprite, set: SpriteSet): string | undefined {
  return sprite.art[set]!.body.match(/fill="(#[0-9a-f]{6})"/)?.[1];
}

const FITTING = new Map<string, Sprite[]>();
function spritesFor(scene: SceneName, zone: Zone): Sprite[] {
  const key = `${scene}/${zone}`;
  const known = FITTING.get(key) ?? DRAWN.filter((sprite) => fits(sprite, scene, zone));
  FITTING.set(key, known);
  return known;
}

/** A scene with nobody, with one or two things, or with a character and perhaps a thing in the sky. */
export function planScene(random: Random): Plan<SceneRecord> {
  const name = random.pick(SCENE_NAMES);
  const scene = chooseScene(random, name);
  const { stands } = PLACES[name];
  const zones = Object.keys(stands) as Zone[];
  const withCharacter = name !== "clouds" && random.chance(0.3);
  const character = withCharacter ? chooseCharacter(random) : undefined;
  const count = withCharacter
    ? stands.sky && random.chance(0.25)
      ? 1
      : 0
    : Number(random.weighted({ "0": 14, "1": 56, "2": 30 }));
  const placed: { sprite: Sprite; zone: Zone; set: SpriteSet }[] = [];
  for (let i = 0; i < count; i += 1) {
    const open = zones.filter(
      (zone) =>
        (zone !== "sky" || !placed.some((p) => p.zone === "sky")) && spritesFor(name, zone).length > 0,
    );
    const zone: Zone = withCharacter ? "sky" : random.pick(open.length > 0 ? open : zones);
    const sprite = random.pick(spritesFor(name, zone));
    if (!placed.some((p) => p.sprite === sprite)) placed.push({ sprite, zone, set: pickSet(random, sprite) });
  }
  // What stands on the ground is told first.
  placed.sort((a, b) => Number(a.zone === "sky") - Number(b.zone === "sky"));
  const things = placed.map(({ sprite, zone, set }) => ({ id: sprite.id, set, zone }));
  return {
    record: { kind: "scene", scene, things, ...(character ? { character } : {}) },
    draw: (r) => drawPlanned(r, name, scene, placed, character),
  };
}

function drawPlanned(
  r: Random,
  name: SceneName,
  scene: SceneRecord["scene"],
  placed: { sprite: Sprite; zone: Zone; set: SpriteSet }[],
  character: SceneRecord["character"],
): Drawing {
  const drawing = drawScene(r, scene);
  const layers = [...drawing.layers];
  const onFront: { y: number; svg: string }[] = [];
  const hidden: { behind: number; svg: string }[] = [];
  const low = placed.filter((p) => p.zone !== "sky").length;
  let lows = 0;
  for (const [i, { sprite, zone, set }] of placed.entries()) {
    const stand = PLACES[name].stands[zone]!;
    // Two on the ground share it: one left, one right.
    const slot = zone === "sky" || low < 2 ? 0.5 : lows === 0 ? 0.27 : 0.73;
    if (zone !== "sky") lows += 1;
    const spread = low < 2 || zone === "sky" ? 58 : 14;
    const x = slot * 256 + r.range(-spread, spread);
    const y = r.range(...stand.y);
    const size = r.range(...stand.size) * (low > 1 && zone !== "sky" ? 0.86 : 1);
    const svg = placeThing(r, sprite, set, stand, x, y, size, `s${i}`);
    if (stand.behind) hidden.push({ behind: stand.behind, svg });
    else onFront.push({ y, svg });
  }
  for (const { behind, svg } of hidden) layers.splice(layers.length - behind, 0, svg);
  // Nearer feet are painted over farther ones.
  onFront.sort((a, b) => a.y - b.y);
  const people = character ? placeCharacter(r, character, 128 + r.range(-46, 46), r.range(0.56, 0.7)) : [];
  return {
    defs: drawing.defs,
    layers: [...layers, ...onFront.map((f) => f.svg), ...people, ...(drawing.front ? [drawing.front] : [])],
  };
}
