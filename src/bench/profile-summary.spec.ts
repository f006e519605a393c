import { roomTimes, selfTimes } from './profile-summary.js';

describe('where the time went', () => {
  it('is summed by function, longest first, idling left out', () => {
    const frame = (
      functionName: string,
      url = '',
    ): { functionName: string; url: string; lineNumber: number } => {
      return { functionName, url, lineNumber: 9 };
    };
    const profile = {
      nodes: [
        { id: 1, callFrame: frame('(idle)') },
        { id: 2, callFrame: frame('judge', 'file:///x/dist/src/rules/judge.js') },
        { id: 3, callFrame: frame('', 'file:///x/node_modules/ajv/lib/a.js') },
        { id: 4, callFrame: frame('judge', 'file:///x/dist/src/rules/judge.js') },
      ],
      samples: [1, 2, 3, 4, 2],
      timeDeltas: [90_000, 1000, 2000, 3000, 2000],
    };
    expect(selfTimes(profile, 5)).toEqual([
      { where: 'judge dist/src/rules/judge.js:10', milliseconds: 6, share: 0.75 },
      { where: '(anonymous) node_modules/ajv/lib/a.js:10', milliseconds: 2, share: 0.25 },
    ]);
  });

  it('is a room’s, together with what the room calls', () => {
    const node = (id: number, children: number[], functionName: string, url = '') => {
      return { id, children, callFrame: { functionName, url, lineNumber: 0 } };
    };
    const nodes = [
      node(1, [2, 6], '(root)'),
      node(2, [3], 'take', 'file:///x/dist/src/intake/intake.service.js'),
      node(3, [4], 'query', 'file:///x/node_modules/typeorm/a.js'),
      node(4, [5], 'run'),
      node(5, [], 'measure', 'file:///x/dist/src/terminology/domain/a.js'),
      node(6, [], '(garbage collector)'),
    ];
    const profile = { nodes, samples: [2, 3, 4, 5, 6], timeDeltas: [1000, 1000, 1000, 5000, 2000] };
    expect(roomTimes(profile, 5).map(({ where, milliseconds }) => [where, milliseconds])).toEqual([
      ['terminology', 5],
      ['intake', 3],
      ['(outside any room)', 2],
    ]);
  });
});
