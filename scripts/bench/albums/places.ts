import { performance } from "node:perf_hooks";
import { nameCoordinates } from "@/lib/places/name-coordinates";
import { openCities } from "@/lib/places/open-cities";
import { percentile, printTable } from "../kit/table";

export interface Naming {
  coordinates: number;
  /** Opening the data and naming the first. */
  firstMs: number;
  totalMs: number;
  p99Ms: number;
  /** Told by a city, and by a country alone; the others have no name. */
  byCity: number;
  byCountry: number;
  /** What the process holds more than before it opened the data, after its rubbish is collected where it can be. */
  heldMb: number;
}

/** Steps that meet every part of the list, and every side of a city, and are the same each time. */
const STRIDE = 7919;
const OFFSETS_DEGREES = [0, 0.05, -0.1, 0.2, -0.4, 1.5, -3];

/** Names coordinates in and around cities, and further off. */
export async function measurePlaces(count: number): Promise<Naming> {
  const before = held();
  const start = performance.now();
  await nameCoordinates({ latitude: 35, longitude: 135.76 });
  const firstMs = performance.now() - start;
  const heldMb = held() - before;
  const cities = await openCities();
  const times: number[] = [];
  const named = { city: 0, country: 0 };
  for (let i = 0; i < count; i++) {
    const city = (i * STRIDE) % cities.count;
    const off = OFFSETS_DEGREES[i % OFFSETS_DEGREES.length]!;
    const at = { latitude: cities.latitudes[city]! + off, longitude: cities.longitudes[city]! - off };
    const begin = performance.now();
    const place = await nameCoordinates(at);
    times.push(performance.now() - begin);
    if (place) named[place.city ? "city" : "country"]++;
  }
  const totalMs = times.reduce((sum, each) => sum + each, 0);
  const told = { byCity: named.city, byCountry: named.country };
  return { coordinates: count, firstMs, totalMs, p99Ms: percentile(times, 99), ...told, heldMb };
}

function held(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

export function printPlaces(row: Naming): void {
  console.log("\nPlaces named by their coordinates");
  printTable([row], {
    coordinates: (row) => `${row.coordinates}`,
    seconds: (row) => (row.totalMs / 1000).toFixed(2),
    "p99 ms": (row) => row.p99Ms.toFixed(2),
    "the first, ms": (row) => row.firstMs.toFixed(0),
    "by a city": (row) => `${row.byCity}`,
    "by a country": (row) => `${row.byCountry}`,
    "MB held": (row) => row.heldMb.toFixed(1),
  });
}
