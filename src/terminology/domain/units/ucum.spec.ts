import { describeWithData, testText } from '../../../../test/support/test-data.js';
import { isUcum, unitRatio } from './ucum.js';

describe('ratios of units', () => {
  it.each([
    ['10*9/L', '10*3/uL', '1', '1'],
    ['10*3/uL', '10*9/L', '1', '1'],
    ['/uL', '10*9/L', '0.001', '1'],
    ['g/dL', 'g/L', '10', '1'],
    ['m/h', 'mm/h', '1000', '1'],
    ['[lb_av]', 'kg', '0.45359237', '1'],
    ['kPa', 'mm[Hg]', '1', '0.133322'],
    ['min', 'h', '1', '60'],
    ['ukat/L', 'U/L', '60', '1'],
  ])('%s in %s is exactly %s ÷ %s', (from, to, times, over) => {
    expect(unitRatio(from, to)).toEqual({ times, over });
  });

  it('molar mass is applied as a decimal, on the side it belongs to', () => {
    expect(unitRatio('mg/dL', 'mmol/L', '180.16')).toEqual({ times: '10', over: '180.16' });
    expect(unitRatio('mmol/L', 'mg/dL', '180.16')).toEqual({ times: '18.016', over: '1' });
    expect(unitRatio('mg/dL', 'mmol/L')).toBeNull();
  });
});

describeWithData('the UCUM functional tests', () => {
  const xml = testText('ucum/UcumFunctionalTests.xml').replace(/<!--[\s\S]*?-->/g, '');
  const cases = [...xml.matchAll(/<case ([^>]*?)\/>/g)].map(([, attributes = '']) =>
    Object.fromEntries(
      [...attributes.matchAll(/([\w-]+)\s*=\s*"([^"]*)"/g)].map(([, key, value]) => [key!, unescape(value!)]),
    ),
  );

  function unescape(text: string): string {
    return text
      .replace(/&quot;/g, '"')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&apos;/g, "'")
      .replace(/&amp;/g, '&');
  }

  /** Where the library itself differs from the published cases; none is a unit of a laboratory. */
  const KNOWN_DIFFERENCES: readonly string[] = [];

  it('validity is as published', () => {
    const checked = cases.filter(({ unit, valid }) => unit !== undefined && valid !== undefined);
    expect(checked.length).toBeGreaterThan(400);
    const wrong = checked
      .filter(({ unit, valid }) => isUcum(unit!) !== (valid === 'true'))
      .map(({ id, unit }) => `${id} ${unit}`);
    expect(wrong).toEqual(KNOWN_DIFFERENCES);
  });

  it('conversions are as published', () => {
    const checked = cases.filter(({ srcUnit, dstUnit }) => srcUnit !== undefined && dstUnit !== undefined);
    expect(checked.length).toBeGreaterThanOrEqual(30);
    const wrong = checked.flatMap(({ id, value, srcUnit, dstUnit, outcome }) => {
      const ratio = unitRatio(srcUnit!, dstUnit!);
      if (!ratio) return [`${id} ${srcUnit} → ${dstUnit}: none`];
      const got = (Number(value) * Number(ratio.times)) / Number(ratio.over);
      return Math.abs(got / Number(outcome) - 1) < (outcome!.length < 6 ? 0.02 : 1e-4)
        ? []
        : [`${id} ${srcUnit} → ${dstUnit}: ${got}, not ${outcome}`];
    });
    expect(wrong).toEqual([]);
  });
});
