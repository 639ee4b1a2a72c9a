import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Coordinates } from "@/lib/places/distance";
import { CITY_KM, nameCoordinates, rankNear } from "@/lib/places/name-coordinates";
import { namesOfPlace } from "@/lib/places/names-of-place";
import { type Cities, openCities } from "@/lib/places/open-cities";
import { placeLabel } from "@/lib/places/place-label";
import { plainNames } from "@/lib/places/plain-name";

let cities: Cities;
beforeAll(async () => {
  cities = await openCities();
});

const named = async (latitude: number, longitude: number) => {
  const place = await nameCoordinates({ latitude, longitude });
  return place && [place.country, place.city?.name ?? null, place.city?.nameZh ?? null];
};

describe("coordinates are called", () => {
  test.each([
    ["Fushimi Inari", 34.967, 135.773, "JP", "Kyoto", "京都"],
    ["the Eiffel tower", 48.8584, 2.2945, "FR", "Paris", "巴黎"],
    ["Versailles", 48.8049, 2.1204, "FR", "Versailles", null],
    ["London's south bank", 51.5, -0.125, "GB", "London", "伦敦"],
    ["Times Square", 40.758, -73.9855, "US", "New York City", "纽约"],
    ["the Forbidden City", 39.916, 116.397, "CN", "Beijing", "北京"],
    ["Sydney's opera", -33.8568, 151.2153, "AU", "Sydney", "悉尼"],
    ["the Corcovado", -22.9519, -43.2105, "BR", "Rio de Janeiro", "里约热内卢"],
    ["Ushuaia", -54.8, -68.3, "AR", "Ushuaia", "乌斯怀亚"],
    ["Honolulu", 21.3, -157.85, "US", "Honolulu", "檀香山"],
    ["Suva", -18.1416, 178.4419, "FJ", "Suva", "苏瓦"],
  ])("by a city where one is near: %s", async (_, latitude, longitude, ...expected) => {
    expect(await named(latitude, longitude)).toEqual(expected);
  });

  test("by a city on their own side of a border", async () => {
    expect(await named(47.66, 9.17)).toEqual(["DE", "Konstanz", "康斯坦茨"]);
    expect(await named(47.645, 9.175)).toEqual(["CH", "Kreuzlingen", "克罗伊茨林根"]);
  });

  test.each([
    ["the Sahara", 25, 5, "DZ"],
    ["the Simpson desert", -25, 135, "AU"],
    ["the Grand Canyon", 36.06, -112.14, "US"],
    ["Taveuni, at 180° east", -16.8, 180, "FJ"],
    ["Taveuni, at 180° west", -16.8, -180, "FJ"],
    ["Chukotka, east of 180°", 66.5, -179.5, "RU"],
  ])("by a country where no city is near: %s", async (_, latitude, longitude, country) => {
    expect(await named(latitude, longitude)).toEqual([country, null, null]);
  });

  test.each([
    ["in the Atlantic, within the borders that we have for Brazil", 0, -30],
    ["in the Pacific", -48.9, -123.4],
    ["between the islands of Kiribati", 0, -150],
    ["on Greenland's ice", 75, -40],
    ["at the north pole", 90, 0],
    ["at the south pole", -90, 0],
    ["where no satellite was found", 0, 0],
    ["beyond the poles", 90.01, 20],
    ["beyond 180°", 20, 180.01],
    ["nowhere", Number.NaN, 20],
    ["infinitely far", 20, Number.NEGATIVE_INFINITY],
  ])("nothing %s", async (_, latitude, longitude) => {
    expect(await named(latitude, longitude)).toBeNull();
  });
});

/** Straight through the earth, from unit vectors: another way than the one tested. */
function chordKm(a: Coordinates, b: Coordinates): number {
  const vector = ({ latitude, longitude }: Coordinates) => {
    const [phi, lambda] = [latitude, longitude].map((angle) => (angle * Math.PI) / 180) as [number, number];
    return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)] as const;
  };
  const [u, v] = [vector(a), vector(b)];
  return 2 * 6371.0088 * Math.asin(Math.min(1, Math.hypot(u[0] - v[0], u[1] - v[1], u[2] - v[2]) / 2));
}

test("the cities near a point are those that looking at every one finds, in the order of their distance by their reach", () => {
  const at = (index: number): Coordinates => ({
    latitude: cities.latitudes[index]!,
    longitude: cities.longitudes[index]!,
  });
  const all = Array.from({ length: cities.count }, (_, index) => index);
  const anywhere = fc.record({
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  });
  const around = fc
    .tuple(fc.integer({ min: 0, max: cities.count - 1 }), fc.double({ min: -0.4, max: 0.4, noNaN: true }))
    .map(([index, by]) => ({
      latitude: Math.max(-90, Math.min(90, at(index).latitude + by)),
      longitude: ((at(index).longitude - by + 540) % 360) - 180,
    }));
  // The widest of bands holds cities on both sides of 180°, and poles.
  const far = fc.constantFrom(CITY_KM, 2_000);
  fc.assert(
    fc.property(fc.oneof(anywhere, around), far, (point, mostKm) => {
      const cost = (index: number) =>
        chordKm(point, at(index)) / Math.cbrt(Math.max(cities.populations[index]!, 1_000) / 1_000);
      const isWithin = (slack: number) => (index: number) => chordKm(point, at(index)) <= mostKm + slack;
      const ranked = rankNear(cities, point, mostKm);
      const found = new Set(ranked);
      expect(all.filter(isWithin(-1e-6)).filter((index) => !found.has(index))).toEqual([]);
      expect(ranked.filter((index) => !isWithin(1e-6)(index))).toEqual([]);
      for (let i = 1; i < ranked.length; i++)
        expect(cost(ranked[i]!)).toBeGreaterThanOrEqual(cost(ranked[i - 1]!) - 1e-6);
    }),
    { numRuns: 60 },
  );
});

describe("a place", () => {
  test("is found by its names in both languages, by what else it is called, and by its country's", async () => {
    const place = (await nameCoordinates({ latitude: 50.94, longitude: 6.96 }))!;
    const names = namesOfPlace(place);
    for (const name of ["Köln", "koln", "Cologne", "科隆", "Germany", "德国", "德国科隆"])
      expect([name, names.includes(plainNames(name)[0]!)]).toEqual([name, true]);
    expect(names).not.toContain("france");
  });

  test("is found by either part of a name with a comma, and by all of it", async () => {
    const names = namesOfPlace((await nameCoordinates({ latitude: 35.8437, longitude: 139.883 }))!);
    expect(names).toEqual(expect.arrayContaining(["misato", "saitama", "misato saitama", "japan"]));
  });

  test("is found by what it is shown as, in either language", () => {
    const language = fc.constantFrom("en", "zh");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: cities.count - 1 }), language, (index, locale) => {
        const city = cities.city(index);
        const shown = { country: city.country, city: city.name, cityZh: city.nameZh };
        const names = namesOfPlace({ country: city.country, city });
        for (const label of [
          placeLabel(shown, locale),
          placeLabel({ ...shown, city: null, cityZh: null }, locale),
        ])
          expect(names).toEqual(expect.arrayContaining(plainNames(label)));
      }),
      { numRuns: 300 },
    );
  });

  test("that is called like its country is named once", () => {
    const singapore = { country: "SG", city: "Singapore", cityZh: "新加坡" };
    expect([placeLabel(singapore, "en"), placeLabel(singapore, "zh")]).toEqual(["Singapore", "新加坡"]);
    const kyoto = { country: "JP", city: "Kyoto", cityZh: "京都" };
    expect([placeLabel(kyoto, "en"), placeLabel(kyoto, "zh")]).toEqual(["Kyoto, Japan", "日本 · 京都"]);
    expect(placeLabel({ ...kyoto, cityZh: null }, "zh")).toBe("日本 · Kyoto");
  });
});
