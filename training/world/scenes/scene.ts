import type { Drawing } from "../canvas";
import type { Random } from "../random";
import type { SceneAttributes, SceneName, Time, Weather, Zone } from "../record";
import type { Words } from "../vocabulary";
import { drawCity } from "./city";
import { drawRoom, drawSpace, drawUnderwater } from "./indoors";
import { LANDS, type Land } from "./land";
import { drawFalling, drawSky, makeLight } from "./sky";

/**
 * Where things may stand. Feet (or, in the air and in water, middles) lie in x: [28, 228], y: `y`; `size` is the
 * side of the thing's box, in units of the board. `behind` counts the front layers that hide its foot.
 */
export type Stand = {
  y: readonly [number, number];
  size: readonly [number, number];
  floats: boolean;
  behind?: number;
};
type Place = {
  skyline: number;
  stands: Partial<Record<Zone, Stand>>;
  outdoors: boolean;
  words: Partial<Record<Zone | "alone", Words>>;
};

const SKY: Stand = { y: [50, 88], size: [54, 82], floats: true };
const GROUND: Stand = { y: [220, 244], size: [78, 126], floats: false };
const words = (en: string, zh: string): Words => ({ en, zh });

const land = (alone: Words, ground: Words, sky: Words): Pick<Place, "stands" | "words" | "outdoors"> => ({
  outdoors: true,
  stands: { ground: GROUND, sky: SKY },
  words: { alone, ground, sky },
});

/** Every scene: `zh` of a zone is what comes before 有; `en` what comes after the thing. */
export const PLACES: Record<SceneName, Place> = {
  meadow: {
    skyline: 150,
    ...land(
      words("a meadow with hills", "草地和山丘"),
      words("in a meadow", "草地上"),
      words("in the sky over a meadow", "草地上空"),
    ),
  },
  mountains: {
    skyline: 150,
    ...land(
      words("mountains", "群山"),
      words("in the mountains", "山间"),
      words("in the sky over the mountains", "群山上空"),
    ),
  },
  forest: {
    skyline: 120,
    ...land(words("a forest", "森林"), words("in a forest", "森林里"), words("", "")),
    stands: { ground: GROUND },
  },
  desert: {
    skyline: 160,
    ...land(
      words("a desert with cactuses", "长着仙人掌的沙漠"),
      words("in the desert", "沙漠里"),
      words("in the sky over the desert", "沙漠上空"),
    ),
  },
  snowfield: {
    skyline: 150,
    ...land(
      words("a snowy landscape", "雪地风景"),
      words("in the snow", "雪地里"),
      words("in the sky over the snow", "雪地上空"),
    ),
  },
  road: {
    skyline: 150,
    ...land(
      words("a country road", "乡间公路"),
      words("on a country road", "乡间公路上"),
      words("in the sky over a country road", "乡间公路上空"),
    ),
    stands: { ground: { ...GROUND, y: [228, 244] }, sky: SKY },
  },
  city: {
    skyline: 110,
    ...land(
      words("a city street", "城市街道"),
      words("on a city street", "城市街道上"),
      words("in the sky over a city", "城市上空"),
    ),
    stands: { ground: { ...GROUND, y: [228, 244] }, sky: { ...SKY, y: [36, 60], size: [42, 58] } },
  },
  beach: {
    skyline: 140,
    outdoors: true,
    stands: {
      ground: { ...GROUND, y: [220, 244] },
      sky: SKY,
      water: { y: [166, 172], size: [52, 76], floats: false },
    },
    words: {
      alone: words("a beach by the sea", "海边的沙滩"),
      ground: words("on a beach", "沙滩上"),
      sky: words("in the sky over a beach", "沙滩上空"),
      water: words("on the sea by a beach", "沙滩边的海面上"),
    },
  },
  sea: {
    skyline: 145,
    outdoors: true,
    stands: { water: { y: [224, 232], size: [84, 124], floats: false, behind: 1 }, sky: SKY },
    words: {
      alone: words("the open sea", "大海"),
      water: words("on the sea", "大海上"),
      sky: words("in the sky over the sea", "大海上空"),
    },
  },
  lake: {
    skyline: 120,
    outdoors: true,
    stands: {
      ground: { ...GROUND, y: [238, 248], size: [64, 92] },
      water: { y: [200, 214], size: [60, 90], floats: false, behind: 1 },
      sky: { ...SKY, y: [36, 62], size: [40, 56] },
    },
    words: {
      alone: words("a mountain lake", "山间的湖"),
      ground: words("by a lake", "湖边"),
      water: words("on a lake", "湖面上"),
      sky: words("in the sky over a lake", "湖上空"),
    },
  },
  clouds: {
    skyline: 230,
    outdoors: true,
    stands: { sky: { y: [78, 140], size: [76, 116], floats: true } },
    words: { alone: words("a sea of clouds", "云海"), sky: words("above the clouds", "云海之上") },
  },
  room: {
    skyline: 0,
    outdoors: false,
    stands: { table: { y: [212, 215], size: [58, 88], floats: false } },
    words: {
      alone: words("a cosy room with a window, a lamp and a plant", "有窗户、台灯和绿植的温馨房间"),
      table: words("on a table in a cosy room", "温馨房间的桌子上"),
      ground: words("in a cosy room", "温馨的房间里"),
    },
  },
  space: {
    skyline: 0,
    outdoors: false,
    stands: { space: { y: [86, 168], size: [76, 118], floats: true } },
    words: {
      alone: words("outer space with planets and stars", "有行星和星星的太空"),
      space: words("in outer space", "太空中"),
    },
  },
  underwater: {
    skyline: 0,
    outdoors: false,
    stands: {
      underwater: { y: [76, 164], size: [70, 112], floats: true, behind: 1 },
      ground: { y: [236, 246], size: [56, 84], floats: false },
    },
    words: {
      alone: words("the bottom of the sea with corals", "长着珊瑚的海底"),
      underwater: words("under the sea", "海底世界里"),
      ground: words("on the sea floor", "海底沙地上"),
    },
  },
};
export const SCENE_NAMES = Object.keys(PLACES) as SceneName[];

export function chooseScene(random: Random, name: SceneName): SceneAttributes {
  if (name === "space" || name === "underwater") return { name };
  const time = random.weighted<Time>(
    name === "room" ? { day: 6, night: 4, sunset: 0 } : { day: 5, sunset: 3, night: 2.5 },
  );
  if (name === "room") return { name, time };
  const wet: Record<Weather, number> = {
    clear: 10,
    cloudy: 1.6,
    rain: 1.6,
    snow: 0.6,
    rainbow: time === "day" ? 1.6 : 0,
  };
  if (name === "desert" || name === "clouds") Object.assign(wet, { rain: 0, snow: 0, cloudy: 0 });
  if (name === "beach" || name === "sea") wet.snow = 0;
  if (name === "snowfield") Object.assign(wet, { rain: 0, snow: 5, rainbow: 0 });
  return { name, time, weather: random.weighted(wet) };
}

/** `front` falls before everything that stands in the scene. */
export type SceneDrawing = Drawing & { front: string };

export function drawScene(random: Random, scene: SceneAttributes): SceneDrawing {
  const { name, time = "day", weather = "clear" } = scene;
  const inside = (drawn: Land): SceneDrawing => ({ ...drawn, front: "" });
  if (name === "room") return inside(drawRoom(random, time === "night"));
  if (name === "space") return inside(drawSpace(random));
  if (name === "underwater") return inside(drawUnderwater(random));
  const light = makeLight(random, time, weather);
  const sky = drawSky(random, scene, light, PLACES[name].skyline);
  const drawn = name === "city" ? drawCity(random, light, time) : LANDS[name](random, light, time);
  return {
    layers: [...sky.layers, ...drawn.layers],
    defs: sky.defs + drawn.defs,
    front: drawFalling(random, weather),
  };
}
