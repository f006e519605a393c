export { Cleanup } from './cleanup.js';
export { databaseOption, serverOption } from './database-options.js';
export { type Answer, FhirClient, isAccepted, ReadRefused } from './fhir-client.js';
export { freePort } from './free-port.js';
export { type FreshDatabase, freshDatabase, freshFolder, statement } from './fresh-database.js';
export { PrivateMariadb } from './private-mariadb.js';
export { builtProgram, type Program } from './program.js';
export { type Ran, ServiceProcess, type ServiceSettings } from './service-process.js';
