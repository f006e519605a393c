/** What an example may say of one fact, as it is written: its value now, and results of days before. */
export interface Candidate {
  now: string | null;
  earlier: readonly { days: string; value: string }[];
}
