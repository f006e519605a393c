import { capabilityStatement, PRODUCED_TYPES, STORED_TYPES } from './capability-statement.js';
import { isR4Type } from './validate.js';

const statement = capabilityStatement('https://checkup.example/fhir', '0.1.0', '2026-11-22T08:00:00+08:00');
const [rest] = statement.rest!;

describe('the capability statement', () => {
  it('is R4, JSON, a server with transaction and batch', () => {
    expect(statement).toMatchObject({
      resourceType: 'CapabilityStatement',
      fhirVersion: '4.0.1',
      kind: 'instance',
    });
    expect(statement.format).toContain('application/fhir+json');
    expect(rest!.interaction!.map(({ code }) => code)).toEqual(['transaction', 'batch']);
  });

  it('lists each type once, all of R4', () => {
    const types = rest!.resource!.map(({ type }) => type);
    // AuditEvent besides, which auditors alone read.
    expect(types).toHaveLength(STORED_TYPES.size + PRODUCED_TYPES.size + 1);
    expect(new Set(types).size).toBe(types.length);
    for (const type of types) expect([type, isR4Type(type)]).toEqual([type, true]);
  });

  it.each([...STORED_TYPES.keys()])('lets %s be created, conditionally too, and updated', (type) => {
    const resource = rest!.resource!.find((one) => one.type === type)!;
    expect(resource).toMatchObject({ conditionalCreate: true, conditionalUpdate: true, updateCreate: true });
    expect(resource.interaction!.map(({ code }) => code)).toEqual([
      'create',
      'update',
      'read',
      'search-type',
    ]);
  });

  it.each([...PRODUCED_TYPES.keys()])('lets %s only be read and searched', (type) => {
    const resource = rest!.resource!.find((one) => one.type === type)!;
    const read = ['read', 'search-type', ...(type === 'RiskAssessment' ? ['vread', 'history-instance'] : [])];
    expect(resource.interaction!.map(({ code }) => code)).toEqual(read);
    expect(resource).not.toHaveProperty('conditionalCreate');
  });

  it('tells how results and tasks are searched', () => {
    const names = (type: string) =>
      rest!.resource!.find((one) => one.type === type)!.searchParam!.map(({ name }) => name);
    for (const type of ['Observation', 'Task', 'DetectedIssue']) {
      expect(names(type)).toEqual(['patient', 'patient.identifier', 'identifier', 'status', 'code']);
    }
    expect(rest!.searchParam!.map(({ name }) => name)).toEqual(['_id', '_lastUpdated', '_count', '_sort']);
  });
});
