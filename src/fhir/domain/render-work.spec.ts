import { findingStatus, type FindingShown, renderFinding } from './render-finding.js';
import { renderPatient } from './render-patient.js';
import { renderTask, type TaskShown } from './render-task.js';
import { validateResource } from './validate.js';

const at = new Date('2026-03-02T02:00:00.000Z');
const finding: FindingShown = {
  id: '01890000-0000-7000-8000-000000000001',
  personId: 'p1',
  ruleId: 'important-results/wbc-low',
  status: 'final',
  urgency: 'important',
  identifiedAt: at,
  updatedAt: at,
  evidence: {
    title: { zh: '白细胞减少', en: 'Low white-cell count' },
    sentence: { zh: '白细胞 2.9 ×10⁹/L', en: 'White cells 2.9 ×10⁹/L' },
    implicated: [{ type: 'Observation', id: 'o1' }],
    review: null,
  },
};

describe('a finding as a DetectedIssue', () => {
  it('names rule, person, evidence, time and the sentence', () => {
    expect(renderFinding(finding)).toMatchObject({
      code: { coding: [{ system: 'urn:firstcall:rule', code: 'important-results/wbc-low' }] },
      patient: { reference: 'Patient/p1' },
      implicated: [{ reference: 'Observation/o1' }],
      identifiedDateTime: '2026-03-02T02:00:00.000Z',
      detail: '白细胞 2.9 ×10⁹/L',
      status: 'final',
    });
  });

  it.each([
    ['A', 'high'],
    ['important', 'moderate'],
    ['B', 'moderate'],
    ['C', 'low'],
  ] as const)('of urgency %s is of severity %s', (urgency, severity) => {
    expect(renderFinding({ ...finding, urgency }).severity).toBe(severity);
  });

  it.each([
    ['final', 'final'],
    ['preliminary', 'preliminary'],
    ['retracted', 'entered-in-error'],
  ] as const)('that is %s has the status %s, and is found by it', (status, shown) => {
    expect(renderFinding({ ...finding, status }).status).toBe(shown);
    expect(findingStatus(shown)).toBe(status);
  });

  it('is found by no status that it never has', () => {
    expect(findingStatus('registered')).toBeNull();
  });

  it('says when no doctor has confirmed the limit yet', () => {
    const pending = renderFinding({ ...finding, evidence: { ...finding.evidence, review: 'pending' } });
    expect(pending.meta?.tag).toMatchObject([{ system: 'urn:firstcall:review', code: 'pending' }]);
    expect(renderFinding(finding).meta?.tag).toBeUndefined();
    expect(validateResource(pending)).toEqual([]);
  });

  it('is valid R4', () => {
    expect(validateResource(renderFinding(finding))).toEqual([]);
  });
});

const task: TaskShown = {
  id: '01890000-0000-7000-8000-000000000002',
  personId: 'p1',
  code: 'notify',
  status: 'requested',
  urgency: 'important',
  dueAt: new Date('2026-03-02T09:00:00.000Z'),
  reasonFindingId: 'f2',
  owner: null,
  closedReason: null,
  version: 2,
  createdAt: at,
  updatedAt: at,
  findings: [
    { id: 'f1', kind: 'finding', title: '血小板减少', implicated: [{ type: 'Observation', id: 'o1' }] },
    { id: 'f2', kind: 'finding', title: '白细胞减少', implicated: [{ type: 'Observation', id: 'o2' }] },
  ],
};

describe('a task', () => {
  it('says for whom, why, with which findings, how urgent and until when', () => {
    expect(renderTask(task)).toMatchObject({
      code: { coding: [{ system: 'urn:firstcall:task', code: 'notify' }] },
      status: 'requested',
      intent: 'order',
      priority: 'asap',
      for: { reference: 'Patient/p1' },
      reasonReference: { reference: 'DetectedIssue/f2' },
      input: [
        { valueReference: { reference: 'DetectedIssue/f1' } },
        { valueReference: { reference: 'DetectedIssue/f2' } },
      ],
      restriction: { period: { end: '2026-03-02T09:00:00.000Z' } },
    });
  });

  it.each([
    ['A', 'stat'],
    ['important', 'asap'],
    ['B', 'urgent'],
    ['C', 'routine'],
  ] as const)('of urgency %s has the priority %s', (urgency, priority) => {
    expect(renderTask({ ...task, urgency }).priority).toBe(priority);
  });

  it('of review refers to the result, which is no finding yet', () => {
    const findings = [{ ...task.findings[1]!, kind: 'review' as const }];
    const shown = renderTask({ ...task, code: 'review', findings });
    expect(shown.reasonReference?.reference).toBe('Observation/o2');
    expect(shown.input?.[0]?.valueReference?.reference).toBe('Observation/o2');
  });

  it.each([
    task,
    { ...task, code: 'review' as const, personId: null, findings: [] },
    { ...task, status: 'completed' as const, owner: 'u1', closedReason: 'told' },
  ])('is valid R4 (%#)', (shown) => {
    expect(validateResource(renderTask(shown))).toEqual([]);
  });
});

describe('a person', () => {
  const sent: fhir4.Patient = { resourceType: 'Patient', id: 'theirs', name: [{ text: '张三' }] };
  const keeping = { id: 'p1', version: 4, lastUpdated: at };

  it('is shown under the id of the service', () => {
    expect(renderPatient(sent, keeping, null)).toEqual({
      resourceType: 'Patient',
      id: 'p1',
      meta: { versionId: '4', lastUpdated: '2026-03-02T02:00:00.000Z' },
      name: [{ text: '张三' }],
    });
  });

  it('who was merged says into whom', () => {
    expect(renderPatient(sent, keeping, 'p2')).toMatchObject({
      active: false,
      link: [{ other: { reference: 'Patient/p2' }, type: 'replaced-by' }],
    });
  });
});
