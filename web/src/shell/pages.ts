import type { Session } from '../api/client';
import type { Words } from '../words';

export interface Page {
  address: string;
  name: (words: Words) => string;
  /** Any of these. */
  needs: readonly Session['may'][number][];
  /** After `G`. */
  letter: string;
}

/** The pages in the bar, each for those who may open it. A new page is added here and in `App.tsx`. */
export const PAGES: readonly Page[] = [
  { address: '/queue', name: ({ nav }) => nav.queue, needs: ['read-queue'], letter: 'q' },
  { address: '/people', name: ({ nav }) => nav.people, needs: ['read-person'], letter: 'p' },
  { address: '/rules', name: ({ nav }) => nav.rules, needs: ['read-rules'], letter: 'r' },
  { address: '/quality', name: ({ nav }) => nav.quality, needs: ['read-data-quality'], letter: 'd' },
  { address: '/manager', name: ({ nav }) => nav.manager, needs: ['read-groups'], letter: 'm' },
  { address: '/admin', name: ({ nav }) => nav.admin, needs: ['manage-accounts'], letter: 'a' },
  { address: '/audit', name: ({ nav }) => nav.audit, needs: ['read-audit'], letter: 'u' },
];
