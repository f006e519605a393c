export {
  type Era,
  generateClients,
  type SampleBundle,
  type SampleRequest,
} from './domain/generate-clients.js';
export { Random } from './domain/random.js';
export { type Scenario, SCENARIO_NAMES } from './domain/scenario.js';
export { type Hole, HOLES, type WorkloadTemplate, workloadTemplates } from './domain/workload.js';
