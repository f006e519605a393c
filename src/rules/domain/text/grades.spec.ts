import { findGrades, type GradeLimits, gradeSystemsIn } from './grades.js';

/** What of a report counts; `?` where it may be another class. */
function found(report: string, limits: Partial<GradeLimits>): string[] {
  const all = { from: '0', to: null, of: null, ...limits };
  const systems = gradeSystemsIn(report);
  return report.split(',').flatMap((clause) =>
    findGrades(clause, systems, all).map(({ start, end, isCertain }) => clause.slice(start, end) + (isCertain ? '' : '?')),
  );
}

it.each<[string, Partial<GradeLimits>, string[]]>([
  ['BI-RADS 4B类', { from: '4B' }, ['BI-RADS 4B类']],
  ['BI-RADS 4A类', { from: '4B' }, []],
  ['BI-RADS 4类', { from: '4B' }, []],
  ['BI-RADS 4类', { from: '4', to: '4A' }, ['BI-RADS 4类']],
  ['BI-RADS 4A类', { from: '4', to: '4A' }, ['BI-RADS 4A类']],
  ['BI-RADS IVa类', { from: '4', to: '4A' }, ['BI-RADS IVa类']],
  ['BI-RADS 四b类', { from: '4', to: '4A' }, []],
  ['BI-RADS 4B类', { from: '4', to: '4A' }, []],
  ['BI-RADS 4A-4B类', { from: '4', to: '4A' }, ['BI-RADS 4A-4B类']],
  ['BI-RADS 4A-4B类', { from: '4B' }, ['BI-RADS 4A-4B类?']],
  ['BI-RADS 3-4A类', { from: '3', to: '3' }, ['BI-RADS 3-4A类']],
  ['BI-RADS 0类', { from: '0', to: '0' }, ['BI-RADS 0类']],
  ['Lung-RADS 4X', { from: '4B' }, ['Lung-RADS 4X']],
  ['BI-RADS 4 X线所见', { from: '4B' }, []],
  ['BI-RADS 2,大小约4mm', { from: '3' }, []],
])('%s, %j', (report, limits, expected) => {
  expect(found(report, limits)).toEqual(expected);
});

it('a class is of the system before it', () => {
  const both = '甲状腺 C-TIRADS 4A类,乳腺 BI-RADS 3类';
  expect(found(both, { of: ['BI-RADS'] })).toEqual(['BI-RADS 3类']);
  expect(found(both, { of: ['C-TIRADS', 'TI-RADS'] })).toEqual(['C-TIRADS 4A类']);
  expect(found('C-Lung-RADS 3类', { of: ['Lung-RADS'] })).toEqual([]);
  expect(found('Lung RADS 3, LungRADS 2', { of: ['Lung-RADS'] })).toEqual(['Lung RADS 3', 'LungRADS 2']);
});

it('a class without a name is of the one system named, else it is not certain', () => {
  expect(found('BI-RADS分类:左侧3类,右侧4A类', { of: ['BI-RADS'], from: '4' })).toEqual(['4A类']);
  expect(found('C-TIRADS 2类,BI-RADS 2类,右侧4A类', { of: ['BI-RADS'], from: '4' })).toEqual(['4A类?']);
  expect(found('C-TIRADS 2类,右侧4A类', { of: ['BI-RADS'], from: '4' })).toEqual([]);
  expect(found('右侧4A类', { of: ['BI-RADS'], from: '4' })).toEqual([]);
});
