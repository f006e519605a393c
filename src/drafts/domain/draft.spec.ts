import { replacingFile } from './replacing-file.js';
import { changesBack, checkPath, saved, whatIsMissing, withChanges } from './draft.js';

const file = (path: string, text = path) => ({ path, text });

describe('the files of a draft', () => {
  it('stand in the place of those on the disk, new ones beside them, and those that go are gone', () => {
    const files = withChanges(
      [file('a.yaml'), file('b.yaml'), file('c.yaml')],
      [
        { path: 'b.yaml', before: 'b.yaml', text: 'other' },
        { path: 'c.yaml', before: 'c.yaml', text: null },
        { path: 'aa.yaml', before: null, text: 'new' },
      ],
    );
    expect(files).toEqual([file('a.yaml'), file('aa.yaml', 'new'), file('b.yaml', 'other')]);
  });

  it('are no change once they are what they were', () => {
    const changes = saved([], { path: 'a.yaml', before: 'x', text: 'y' });
    expect(changes).toEqual([{ path: 'a.yaml', before: 'x', text: 'y' }]);
    expect(saved(changes, { path: 'a.yaml', before: 'x', text: 'x' })).toEqual([]);
  });

  it('go back to a version: what was changed, added and removed since', () => {
    expect(
      changesBack(
        [file('a.yaml', 'now'), file('new.yaml'), file('same.yaml')],
        [file('a.yaml', 'then'), file('gone.yaml'), file('same.yaml')],
      ),
    ).toEqual([
      { path: 'a.yaml', before: 'now', text: 'then' },
      { path: 'gone.yaml', before: null, text: 'gone.yaml' },
      { path: 'new.yaml', before: 'new.yaml', text: null },
    ]);
  });

  it.each(['important-results/blood-count.yaml', 'overlay/changes.yaml', 'a/b/c/d/e.yaml', 'policy.v2.yaml'])(
    'may be called %s',
    (path) => expect(() => checkPath(path)).not.toThrow(),
  );

  it.each([
    '../outside.yaml',
    'a/../b.yaml',
    '/etc/cron.yaml',
    'a\\b.yaml',
    '.hidden.yaml',
    'a/.hidden.yaml',
    'a.yml.sh',
    'A.yaml',
    'a b.yaml',
    'a..yaml',
    '',
    'a/b/c/d/e/f.yaml',
  ])('may not be called %j', (path) => expect(() => checkPath(path)).toThrow(/small Latin letters/));
});

describe('what is missing before a reviewer may approve', () => {
  const draft = { author: 'user:a', revision: 3 };
  const seen = (actor: string, revision = 3) => [
    { action: 'diff-seen', revision, actor },
    { action: 'replay-seen', revision, actor },
  ];

  it.each([
    ['nothing was looked at', [], 'user:b', 'diff'],
    ['the replay was not', seen('user:b').slice(0, 1), 'user:b', 'replay'],
    ['another looked', seen('user:c'), 'user:b', 'diff'],
    ['what was looked at has changed since', seen('user:b', 2), 'user:b', 'diff'],
    ['the author looked', seen('user:a'), 'user:a', 'second-person'],
    [
      'whoever saved some of it looked',
      [{ action: 'saved', revision: 2, actor: 'user:b' }, ...seen('user:b')],
      'user:b',
      'second-person',
    ],
    ['everything was looked at', seen('user:b'), 'user:b', null],
  ])('%s', (_, events, reviewer, missing) => {
    expect(whatIsMissing(draft, events, reviewer)).toBe(missing);
  });
});

describe('a file that replaces a shipped rule', () => {
  const shipped = file(
    'pack/blood.yaml',
    '# yaml-language-server: $schema=../schema.json\n# 血常规\nkind: critical\ntitle: { zh: 血, en: Blood }\nrules:\n  - id: a\n    x: 1\n  - id: b\n',
  );

  it('has the head of the shipped one, says that it replaces, and the rule as it is', () => {
    expect(
      replacingFile([shipped], { file: 'pack/blood.yaml', line: 6, text: '  - id: a\n    x: 1' }, 'pack/a'),
    ).toEqual({
      path: 'overlay/pack/a.yaml',
      text: '# 血常规\nkind: critical\noverlay: replaces\ntitle: { zh: 血, en: Blood }\nrules:\n  - id: a\n    x: 1\n',
    });
  });

  it('is not made of a file without head or list of rules', () => {
    for (const text of ['{}', 'kind: lexicon\n', 'rules:\n  - id: a\n'])
      expect(replacingFile([file('x.yaml', text)], { file: 'x.yaml', line: 1, text }, 'x/a')).toBeNull();
  });
});
