/** What a run measured. Times in milliseconds, memory and sizes in bytes. */
export interface BenchResult {
  db: 'sqlite' | 'mysql';
  people: number;
  clients: number;
  results: number;
  bodyBytes: number;
  /** Each pair of rounds: the service's time and that of the plain inserts for the same rows. */
  rounds: Round[];
  peoplePerSecond: number;
  resultsPerSecond: number;
  plainPeoplePerSecond: number;
  plainRowsPerSecond: number;
  /** Median over the rounds of plain time / service time: 1 is as fast as plain inserts. */
  ratio: number;
  /** Processor time that one person costs the service, all its threads, in milliseconds: what a busy machine blurs least. */
  cpuPerPerson: number;
  loaded: Latency;
  oneClient: Latency;
  paced: Latency & { perSecond: number };
  tasks: { checked: number; wrong: number };
  peakMemory: number;
  benchPeakMemory: number;
  databaseSize: number;
  bytesPerPerson: number;
  preload?: Preload;
  ingest?: IngestSpeed;
}

export interface Round {
  people: number;
  rows: number;
  service: number;
  /** Processor time of the service meanwhile. */
  cpu: number;
  plain: number;
}

export interface Latency {
  p50: number;
  p99: number;
}

export interface Preload {
  people: number;
  /** Service time a person, empty and loaded; and the same measured in plain inserts, so that drift of the machine cancels. */
  emptyCost: number;
  loadedCost: number;
  costRatio: number;
  /** As `ratio`, with the people stored. */
  ratio: number;
}

export interface IngestSpeed {
  people: number;
  bytes: number;
  elapsed: number;
  peoplePerSecond: number;
  peakMemory: number;
}
