/** Bands of a score: points from each lower limit (included) on; below the first none. Limits ascend. */
export type Bands = readonly (readonly [from: number, points: number])[];

export function pointsOf(value: number, bands: Bands): number {
  let points = 0;
  for (const [from, given] of bands) if (value >= from) points = given;
  return points;
}
