import { type TestApp } from './app.js';
import { type AnalyteName, bundleOf, mrnOf, observation, ORDER, unique } from './messages.js';
import { seen } from './queue.js';

export type Measured = Partial<Record<AnalyteName, number>>;

/** One result of one person, sent in versions. */
export function versionsOf(app: TestApp, patient: fhir4.Patient) {
  const identifier = [{ system: ORDER, value: unique('V') }];
  const mrn = mrnOf(patient);
  const send = async (measured: Measured, more: Partial<fhir4.Observation> = {}, whom = patient) => {
    const one = observation(measured, { identifier, ...more });
    const { status, body, text } = await app.post<fhir4.Bundle>('/fhir', bundleOf(whom, [one]));
    if (status !== 200) throw new Error(`${status} ${text}`);
    return body.entry![1]!.response!;
  };
  return { mrn, send, see: () => seen(app, mrn) };
}
