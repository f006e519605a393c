import { loinc, minutesAfter } from './messages.js';

/** A result as a laboratory words it: what the table's row is judged on. */
export type Worded = Partial<fhir4.Observation> | fhir4.DiagnosticReport;
/** One value under each code and name of the analyte and in each spelling of the unit. */
export function numbers(
  codes: readonly string[],
  units: readonly string[],
  ...values: (number | string)[]
): Worded[] {
  return values.flatMap((value) => {
    const [, comparator, digits] = /^([<>≤≥]?)(.+)$/.exec(String(value))!;
    const quantity = (unit: string) => ({
      value: Number(digits),
      unit,
      ...(comparator && { comparator: { '<': '<', '>': '>', '≤': '<=', '≥': '>=' }[comparator] as '<' }),
    });
    return [
      ...codes.map((code) => ({ code: coded(code), valueQuantity: quantity(units[0]!) })),
      ...units.map((unit) => ({ code: coded(codes[0]!), valueQuantity: quantity(unit) })),
      // The laboratory prints number and unit as one text.
      { code: coded(codes[0]!), valueString: `${value} ${units[0]}` },
      {
        code: coded(codes[0]!),
        valueQuantity: { ...quantity(units[0]!), system: 'http://unitsofmeasure.org', code: units[0] },
      },
    ];
  });
}

/** Texts under each code and name; also as a concept. */
export function texts(codes: readonly string[], ...values: string[]): Worded[] {
  return values.flatMap((value) => [
    ...codes.map((code) => ({ code: coded(code), valueString: value })),
    { code: coded(codes[0]!), valueCodeableConcept: { text: value } },
  ]);
}

export function coded(code: string): fhir4.CodeableConcept {
  return /^\d+-\d$/.test(code)
    ? loinc(code)
    : { coding: [{ system: 'urn:test:lis', code: 'L1', display: code }], text: code };
}

export function range(code: string, low: number, high: number): Worded {
  const unit = '/HPF';
  return { code: coded(code), valueRange: { low: { value: low, unit }, high: { value: high, unit } } };
}

export function marker(
  name: string,
  value: number,
  limit: Partial<fhir4.Observation>,
  unit = 'ng/mL',
): Worded {
  return { code: coded(name), valueQuantity: { value, unit }, ...limit };
}
export const high = (value: number, unit?: string) => ({
  referenceRange: [{ high: { value, ...(unit && { unit }) } }],
});
export const text = (words: string) => ({ referenceRange: [{ text: words }] });
export const flag = (code: string) => ({ interpretation: [{ coding: [{ code }] }] });

export function report(
  conclusion: string,
  more: Partial<fhir4.DiagnosticReport> = {},
): fhir4.DiagnosticReport {
  return {
    resourceType: 'DiagnosticReport',
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'RUS' }] }],
    code: { text: '超声检查' },
    effectiveDateTime: minutesAfter(0),
    conclusion,
    ...more,
  };
}
