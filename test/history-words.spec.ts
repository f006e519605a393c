import { LADDER_ROLES } from '../src/policy/index.js';
import { TASK_ACTS } from '../src/tasks/index.js';
import { ASKED_TO_RING } from '../src/escalation/domain/route.js';
import { HISTORY } from '../web/src/queue/history-words.js';

/** Who the service writes down as having done something, or as asked. */
const WHO = [
  ...LADDER_ROLES,
  ...ASKED_TO_RING,
  'attending-doctor',
  'clock',
  'results',
  'webhook',
  'key',
  'user',
];

describe.each(['zh', 'en'] as const)('the history of a task in %s', (language) => {
  it('has words for every act that is written down, and for no other', () => {
    expect(Object.keys(HISTORY[language].acts).sort()).toEqual([...TASK_ACTS].sort());
  });

  it('has words for everybody who acts or is asked', () => {
    expect(Object.keys(HISTORY[language].who).sort()).toEqual([...WHO].sort());
  });

  it('says it in its own language', () => {
    const said = [...Object.values(HISTORY[language].acts), ...Object.values(HISTORY[language].who)];
    const isOwn = (text: string): boolean => /\p{Script=Han}/u.test(text) === (language === 'zh');
    expect(said.filter((text) => !isOwn(text))).toEqual([]);
  });
});
