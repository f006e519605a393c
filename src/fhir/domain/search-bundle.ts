import { type Cursor, writeCursor } from './search-cursor.js';
import { CURSOR_PARAMETER } from './search-request.js';

export interface Page {
  /** Base of the FHIR door, such as `https://host/fhir`. */
  base: string;
  type: string;
  used: readonly (readonly [string, string])[];
  resources: readonly fhir4.FhirResource[];
  /** Of the last entry, when more follow. */
  next: Cursor | null;
  /** Null when it was not counted. */
  total: number | null;
}

/** The searchset of one page, with links in the caller's own words. */
export function searchBundle({ base, type, used, resources, next, total }: Page): fhir4.Bundle {
  const link: fhir4.BundleLink[] = [{ relation: 'self', url: address(base, type, used) }];
  if (next) {
    const others = used.filter(([name]) => name !== CURSOR_PARAMETER);
    link.push({
      relation: 'next',
      url: address(base, type, [...others, [CURSOR_PARAMETER, writeCursor(next)]]),
    });
  }
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(total !== null && { total }),
    link,
    // R4 has no empty lists.
    ...(resources.length > 0 && {
      entry: resources.map((resource) => ({
        fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
        resource,
        search: { mode: 'match' as const },
      })),
    }),
  };
}

/** All versions of one resource, the latest first. */
export function historyBundle({
  base,
  type,
  resources,
}: Pick<Page, 'base' | 'type' | 'resources'>): fhir4.Bundle {
  return {
    resourceType: 'Bundle',
    type: 'history',
    total: resources.length,
    entry: resources.map((resource) => {
      const { versionId = '1', lastUpdated = '' } = resource.meta ?? {};
      const isFirst = versionId === '1';
      return {
        fullUrl: `${base}/${type}/${resource.id}`,
        resource,
        request: isFirst ? { method: 'POST', url: type } : { method: 'PUT', url: `${type}/${resource.id}` },
        response: { status: isFirst ? '201' : '200', etag: `W/"${versionId}"`, lastModified: lastUpdated },
      };
    }),
  };
}

function address(base: string, type: string, parameters: readonly (readonly [string, string])[]): string {
  const query = new URLSearchParams(
    parameters.map(([name, value]): [string, string] => [name, value]),
  ).toString();
  return `${base}/${type}${query === '' ? '' : `?${query}`}`;
}
