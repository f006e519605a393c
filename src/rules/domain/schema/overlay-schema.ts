import { type CHANGE_KEYS, type LIMIT_KEYS } from '../overlay/change-rule.js';
import { type ENTRY_KEYS, type OVERLAY_FILE_KEYS } from '../overlay/overlay-entry.js';
import { CLASSES } from '../rule.js';
import { LEVEL } from './event-schema.js';
import { HEAD } from './rule-schema.js';
import { BILINGUAL, listOf, mapOf, type Schema, TEXT, told } from './schema.js';


/** A file of changes to shipped rules. */
export function overlaySchemas(): Record<string, Schema> {
  const file: Record<(typeof OVERLAY_FILE_KEYS)[number], Schema> = {
    kind: { const: 'overlay' },
    title: { anyOf: [TEXT, BILINGUAL], ...told('标题', 'Title') },
    ...HEAD,
    changes: listOf(entry(), told('各条改动', 'The changes, one a rule')),
  };
  return { overlay: mapOf(file, ['kind', 'source', 'owner', 'review-by', 'changes']) };
}

function entry(): Schema {
  const { owner, note } = HEAD;
  const members: Record<(typeof ENTRY_KEYS)[number], Schema> = {
    rule: {
      type: 'string',
      pattern: '^[a-z0-9-]+/[a-z0-9-]+$',
      patternErrorMessage: '写成 包/规则，例如 important-results/wbc-low · Write it like important-results/wbc-low',
      ...told('随附规则的全名：包/规则', 'The shipped rule: pack/rule'),
    },
    reason: { ...TEXT, ...told('理由：本院为什么不同', 'Why this centre has it otherwise') },
    owner,
    'review-by': HEAD['review-by'],
    note,
    change: change(),
    off: { const: true, ...told('停用这条规则', 'Switches the rule off') },
  };
  return mapOf(members, ['rule', 'reason'], { oneOf: [{ required: ['change'] }, { required: ['off'] }] });
}

function change(): Schema {
  const limit: Record<(typeof LIMIT_KEYS)[number], Schema> = {
    fact: { $ref: '#/definitions/fact' },
    operator: { ...TEXT, ...told('同一项目有几个条件时写', 'Where several conditions are about the fact') },
    value: told('新的界值', 'The new limit'),
    unit: { ...TEXT, ...told('单位，与原来相同也要写', 'Its unit, even where it stays the same') },
  };
  const members: Record<(typeof CHANGE_KEYS)[number], Schema> = {
    limits: listOf(mapOf(limit, ['fact', 'value']), { minItems: 1, ...told('界值', 'Limits') }),
    class: { enum: CLASSES, ...told('类别', 'Class') },
    level: LEVEL,
    advice: {
      ...mapOf({ zh: TEXT, en: TEXT }, ['zh']),
      ...told('建议：护士对受检者说的话', 'What the nurse tells the person'),
    },
    examples: listOf({ $ref: '#/definitions/example' }, { minItems: 1, ...told('代替原来的例子', 'In place of the shipped ones') }),
  };
  return mapOf(members, [], { minProperties: 1, dependencies: { limits: ['examples'] } });
}
