import { ruleExcerpts } from './rule-excerpt.js';

const HEAD = 'kind: critical\n';
const file = (path: string, text: string) => ({ path, text });

describe('the text of a rule', () => {
  it('ends where the next rule begins, and where the list ends', () => {
    const text = `${HEAD}rules:\n  - id: a\n    value: 1 # why\n  # about b\n  - id: b\n    value: 2\nnote: about all\n`;
    const files = [file('pack/x.yaml', text)];
    expect(ruleExcerpts(files, 'pack/a')).toEqual([
      { file: 'pack/x.yaml', line: 3, text: '  - id: a\n    value: 1 # why' },
    ]);
    expect(ruleExcerpts(files, 'pack/b')).toEqual([
      { file: 'pack/x.yaml', line: 6, text: '  - id: b\n    value: 2' },
    ]);
  });

  it.each([
    ['its id in quotation marks', `rules:\n- id: "a"\n  value: 1\n`, '- id: "a"\n  value: 1'],
    ['its id not first', `rules:\n- value: 1\n  id: a\n`, '- value: 1\n  id: a'],
    ['in braces', `rules:\n  - { id: a, value: 1 }\n  - { id: b }\n`, '  - { id: a, value: 1 }'],
    ['in JSON', `{ "rules": [{ "id": "a", "value": 1 }, { "id": "b" }] }`, '{ "id": "a", "value": 1 }'],
    ['with the id of an example inside', `rules:\n- id: b\n  x:\n  - id: a\n- id: a\n`, '- id: a'],
  ])('is found %s', (_how, text, excerpt) => {
    expect(ruleExcerpts([file('pack/x.yaml', text)], 'pack/a').map((one) => one.text)).toEqual([excerpt]);
  });

  it('is that of the overlay where it replaces the rule; where it changes it, both', () => {
    const shipped = file('pack/x.yaml', 'rules:\n- id: a\n  value: 1\n');
    const changing = file('overlay/changes.yaml', 'changes:\n- rule: pack/a\n  value: 2\n');
    const replacing = file('overlay/pack/x.yaml', 'rules:\n- id: a\n  value: 3\n');
    const texts = (...files: { path: string; text: string }[]) =>
      ruleExcerpts(files, 'pack/a').map(({ text }) => text);
    expect(texts(shipped, changing)).toEqual(['- rule: pack/a\n  value: 2', '- id: a\n  value: 1']);
    expect(texts(shipped, replacing)).toEqual(['- id: a\n  value: 3']);
    expect(ruleExcerpts([shipped], 'pack/b')).toEqual([]);
    expect(ruleExcerpts([file('other/x.yaml', shipped.text)], 'pack/a')).toEqual([]);
  });
});
