export * from './clock.js';
export * from './errors.js';
export * from './facts.js';
export * from './ids.js';
export * from './interval.js';
export * from './local-day.js';
export * from './measurement.js';
export * from './truth.js';
