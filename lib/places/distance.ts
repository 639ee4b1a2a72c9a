const EARTH_RADIUS_KM = 6371.0088;
/** A degree. */
export const RADIANS = Math.PI / 180;

/** A degree of latitude. */
export const KM_PER_DEGREE = EARTH_RADIUS_KM * RADIANS;

/** WGS 84, in degrees, north and east positive. */
export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

/** Along the surface of a sphere, in kilometres: the haversine formula, which also holds at poles and across ±180°. */
export function distanceKm(a: Coordinates, b: Coordinates): number {
  const half = (angle: number) => Math.sin((angle * RADIANS) / 2) ** 2;
  const h =
    half(b.latitude - a.latitude) +
    Math.cos(a.latitude * RADIANS) * Math.cos(b.latitude * RADIANS) * half(b.longitude - a.longitude);
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}
