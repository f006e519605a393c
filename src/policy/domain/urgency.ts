/** How soon somebody must hear: class A, the important-results clock, class B, class C. Gravest first. */
export const URGENCIES = ['A', 'important', 'B', 'C'] as const;
export type Urgency = (typeof URGENCIES)[number];
