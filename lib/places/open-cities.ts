import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";

/** A city as GeoNames has it. */
export interface City {
  /** GeoNames' own number for it. */
  readonly id: number;
  /** WGS 84, degrees. */
  readonly latitude: number;
  readonly longitude: number;
  readonly population: number;
  /** ISO 3166-1, two letters. */
  readonly country: string;
  readonly name: string;
  /** In simplified characters; null where it has none that is known. */
  readonly nameZh: string | null;
  /** What else it is called, in Latin letters and in Chinese. */
  readonly otherNames: readonly string[];
}

/** Cities from south to north. What is needed to find one lies in plain arrays; the rest is read when it is asked for. */
export interface Cities {
  readonly count: number;
  readonly latitudes: Float64Array;
  readonly longitudes: Float64Array;
  readonly populations: Float64Array;
  city(index: number): City;
}

/** Names this data, and how places are told by it: pictures that were told by another are told anew. */
export const PLACES_VERSION = "geonames-2026-07.1";

const FILE = "lib/places/cities.tsv.gz";
const LINE_FEED = 10;

let opened: Promise<Cities> | null = null;

/** Opened when the first picture with a place comes, and then kept. @source scripts/places/make_cities.py */
export function openCities(): Promise<Cities> {
  opened ??= readCities();
  return opened;
}

async function readCities(): Promise<Cities> {
  const packed = await readFile(path.resolve(/* turbopackIgnore: true */ FILE));
  const text = await promisify(gunzip)(packed);
  const starts: number[] = [];
  for (let at = 0; at < text.length; at = text.indexOf(LINE_FEED, at) + 1) starts.push(at);
  const count = starts.length;
  const line = (index: number) =>
    text.toString("utf8", starts[index], (starts[index + 1] ?? text.length) - 1);
  const [latitudes, longitudes, populations] = [0, 1, 2].map(() => new Float64Array(count)) as Columns;
  for (let index = 0; index < count; index++) {
    const [, latitude, longitude, population] = line(index).split("\t", 4);
    latitudes[index] = Number(latitude);
    longitudes[index] = Number(longitude);
    populations[index] = Number(population);
  }
  return { count, latitudes, longitudes, populations, city: (index) => cityOf(line(index)) };
}

type Columns = [Float64Array, Float64Array, Float64Array];

function cityOf(line: string): City {
  const [id, latitude, longitude, population, country = "", name = "", nameZh, others] = line.split("\t");
  return {
    ...{ id: Number(id), latitude: Number(latitude), longitude: Number(longitude) },
    ...{ population: Number(population), country, name, nameZh: nameZh || null },
    otherNames: others ? others.split("|") : [],
  };
}
