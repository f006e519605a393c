import { startApp, type TestApp } from './app.js';
import { bundleOf, loinc, mrnOf, person, quantity, result } from './messages.js';
import { Nurse } from './nurses.js';
import { CLASS_A_AND_SENSITIVE, ownRules } from './own-rules.js';
import { seen } from './queue.js';

export const potassium = (value: number, more: Partial<fhir4.Observation> = {}): fhir4.Observation =>
  result({ code: loinc('2823-3'), valueQuantity: quantity(value, 'mmol/L'), ...more });
export const hiv = (): fhir4.Observation => result({ code: loinc('56888-1'), valueString: '阳性' });

/** Whoever answers is the person, and says so rightly. */
export const RIGHT = { answeredBy: 'self', heard: { name: '李建国', birthDate: '0314' } };

/** The service with two nurses at their desks. */
export class Desk {
  private constructor(
    readonly app: TestApp,
    readonly wang: Nurse,
    readonly li: Nurse,
    private readonly removeRules: () => void,
  ) {}

  static async open(): Promise<Desk> {
    const rules = ownRules(CLASS_A_AND_SENSITIVE, 'test-pack/test.yaml');
    const app = await startApp({ env: { RULES_DIR: rules.folder } });
    return new Desk(app, await Nurse.of(app, 'wang'), await Nurse.of(app, 'li'), () => rules.remove());
  }

  async close(): Promise<void> {
    await this.app.close();
    this.removeRules();
  }

  async send(patient: fhir4.Patient, results: fhir4.FhirResource[]): Promise<void> {
    const { status, text } = await this.app.post('/fhir', bundleOf(patient, results));
    if (status !== 200) throw new Error(text);
  }

  /** A person with an open call: 李建国, born 1968-03-14, whose number ends in 4471. */
  async called(
    results: fhir4.FhirResource[],
    more: Partial<fhir4.Patient> = {},
  ): Promise<{ patient: fhir4.Patient; mrn: string; id: string }> {
    const patient = person(undefined, {
      name: [{ text: '李建国' }],
      birthDate: '1968-03-14',
      telecom: [{ system: 'phone', value: '13812344471' }],
      ...more,
    });
    await this.send(patient, results);
    const mrn = mrnOf(patient);
    const { notify } = await seen(this.app, mrn);
    return { patient, mrn, id: notify[0]!.id! };
  }

  /** One value repeated for every finding. */
  async readBack(
    id: string,
    value: string,
    unit?: string,
  ): Promise<{ findingId: string; value: string; unit?: string }[]> {
    const { findings } = await this.wang.task(id);
    return findings.map((finding) => ({ findingId: finding.id, value, ...(unit && { unit }) }));
  }
}
