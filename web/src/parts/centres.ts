/** What a centre is called to people: the part of `system|value` that says which. */
export function nameOfCentre(centre: string): string {
  return centre.slice(centre.lastIndexOf('|') + 1);
}
