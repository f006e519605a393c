import { type TestApp } from './app.js';
import { about, bundleOf, daysBefore, mrnOf, observation, person, resultsOnly, unique } from './messages.js';
import { condition } from './records.js';
import { sendSample } from './sample.js';

export const SAMPLE = { seed: 'replay', people: 120, years: 3 };

/** The generated clients, one who was told, one loaded long ago, and a result that waits for its person. */
export async function sendReplayed(service: TestApp): Promise<void> {
  await sendSample(service, SAMPLE);
  const named = (text: string) => person(undefined, { name: [{ text }] });
  const old = { effectiveDateTime: daysBefore(200), issued: daysBefore(200) };
  const earlier = { effectiveDateTime: daysBefore(201), issued: daysBefore(201) };
  await service.post('/fhir', bundleOf(named('告知'), [observation({ hb: 90 }), observation({ wbc: 4 })]));
  await service.post(
    '/fhir',
    bundleOf(named('过期'), [observation({ hb: 90 }, old), observation({ plt: 300 }, earlier)]),
  );
  await service.post('/fhir', bundleOf(named('已故'), [observation({ wbc: 5.2 })]));
  await service.post(
    '/fhir',
    bundleOf(named('前低'), [observation({ wbc: 2.9 }, old), observation({ wbc: 5.6, hb: 128 })]),
  );
  const diabetic = named('糖尿病');
  await service.post('/fhir', bundleOf(diabetic, [observation({ hb: 128 })]));
  await service.post('/fhir/Condition', condition('diabetes', mrnOf(diabetic)));
  await service.post('/fhir', resultsOnly([{ ...observation({ wbc: 5.2 }), ...about(unique('nobody')) }]));
}
