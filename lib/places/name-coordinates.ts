import { iso1A2Code } from "@rapideditor/country-coder";
import { type Coordinates, distanceKm, KM_PER_DEGREE, RADIANS } from "./distance";
import { type Cities, type City, openCities } from "./open-cities";

/** Beyond it one would not say that a picture was taken there. */
export const CITY_KM = 30;
/**
 * As far as a country is told without a city: beyond lie open seas and the ice, and over water the borders we know are
 * drawn by hand.
 */
const COUNTRY_KM = 500;

/** Where something is, as people say it. */
export interface NamedPlace {
  /** ISO 3166-1, two letters. */
  readonly country: string;
  /** Null where none is near. */
  readonly city: City | null;
}

/**
 * What people call the place at some coordinates: the city, where one is near, and the country; null far from either, and
 * for coordinates that there are not, or that cameras write which found no satellite. Cities on the other side of a border
 * do not count; what lies on which side is what holds on the ground.
 * @source cities: GeoNames, see scripts/places/make_cities.py; borders: @rapideditor/country-coder
 */
export async function nameCoordinates(at: Coordinates): Promise<NamedPlace | null> {
  if (!isOnEarth(at)) return null;
  const cities = await openCities();
  const side = sideOf(at);
  const isHere = (index: number) => side === null || sideOf(coordinatesOf(cities, index)) === side;
  const city = firstOf(rankNear(cities, at, CITY_KM), isHere);
  if (city !== undefined) return placeOf(cities.city(city));
  // At sea, outside every border, no country is told.
  const next = side === null ? undefined : firstOf(rankFar(cities, at, COUNTRY_KM), isHere);
  return next === undefined ? null : { country: cities.city(next).country, city: null };
}

const placeOf = (city: City): NamedPlace => ({ country: city.country, city });

function isOnEarth({ latitude, longitude }: Coordinates): boolean {
  const isWithin = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return isWithin && (latitude !== 0 || longitude !== 0);
}

const sideOf = ({ latitude, longitude }: Coordinates): string | null =>
  // The borders end short of 180° east.
  iso1A2Code([longitude === 180 ? -180 : longitude, latitude], { level: "territory" });

const coordinatesOf = ({ latitudes, longitudes }: Cities, index: number): Coordinates => ({
  latitude: latitudes[index]!,
  longitude: longitudes[index]!,
});

const firstOf = (ranked: readonly number[], isHere: (index: number) => boolean): number | undefined =>
  ranked.find(isHere);

/**
 * How many kilometres of the way to a city count as one: large ones reach further, as the cube root of their people.
 * Someone a few kilometres outside the middle of Kyoto is in Kyoto, whichever suburb is nearer.
 */
const reachOf = (population: number): number => Math.cbrt(Math.max(population, 1_000) / 1_000);

/** Cities within a distance, the most fitting first: by their distance, measured by how far each reaches. */
export function rankNear(cities: Cities, at: Coordinates, mostKm: number): number[] {
  return rank(cities, at, mostKm, (km, index) => km / reachOf(cities.populations[index]!));
}

/** Cities within a distance, the nearest first. */
const rankFar = (cities: Cities, at: Coordinates, mostKm: number): number[] =>
  rank(cities, at, mostKm, (km) => km);

function rank(
  cities: Cities,
  at: Coordinates,
  mostKm: number,
  costOf: (km: number, index: number) => number,
): number[] {
  const degrees = mostKm / KM_PER_DEGREE;
  const eastward = longitudesWithin(at.latitude, degrees);
  const found: { index: number; cost: number }[] = [];
  const end = cities.count;
  for (let index = firstNorthOf(cities, at.latitude - degrees); index < end; index++) {
    if (cities.latitudes[index]! > at.latitude + degrees) break;
    const east = Math.abs(cities.longitudes[index]! - at.longitude);
    if (Math.min(east, 360 - east) > eastward) continue;
    const km = distanceKm(at, coordinatesOf(cities, index));
    if (km <= mostKm) found.push({ index, cost: costOf(km, index) });
  }
  return found.sort((a, b) => a.cost - b.cost).map(({ index }) => index);
}

/**
 * How many degrees of longitude a circle around a point reaches, to either side; all of them where a pole lies within.
 * @param degrees its radius, along the surface
 * @source https://janmatuschek.de/LatitudeLongitudeBoundingCoordinates, section 3.3
 */
function longitudesWithin(latitude: number, degrees: number): number {
  if (Math.abs(latitude) + degrees >= 90) return 180;
  const sine = Math.sin(degrees * RADIANS) / Math.cos(latitude * RADIANS);
  // A hair more, for rounding.
  return Math.asin(Math.min(1, sine)) / RADIANS + 1e-9;
}

/** The first city at a latitude or north of it. */
function firstNorthOf({ latitudes, count }: Cities, latitude: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (latitudes[middle]! < latitude) low = middle + 1;
    else high = middle;
  }
  return low;
}
