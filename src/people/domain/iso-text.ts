const texts = new WeakMap<Date, string>();

/** ISO 8601 in UTC. The results of one message share their instants: each is written once. */
export function isoText(date: Date): string {
  let text = texts.get(date);
  if (text === undefined) texts.set(date, (text = date.toISOString()));
  return text;
}
