export { csvLine } from './domain/csv.js';
export { type ClassFigures, type HourFigures, type RuleFigures, type Spread } from './domain/figures.js';
export { DailySummary, DailySummaryModule } from './daily-summary.js';
export { Employers } from './employers.js';
export { type CallFigures, FiguresService } from './figures.service.js';
export { type GroupTable, LEVEL_CODES } from './domain/group-table.js';
export { SMALLEST_SHOWN } from './domain/suppress.js';
export {
  type CrossedPopulation,
  type Grouping,
  GROUPINGS,
  type Population,
  PopulationService,
} from './population.service.js';
export { ReportsModule } from './reports.module.js';
