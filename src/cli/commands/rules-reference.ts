import { type Command } from 'commander';

/** `firstcall rules schema|messages`: what `rules/schema.json` and the page of all messages are made by. */
export function addReference(rules: Command): void {
  rules
    .command('schema')
    .description('规则文件的 JSON Schema,供编辑器使用 the JSON Schema of rule files, for editors')
    .action(async () => {
      const { schemaText } = await import('../rules-schema.js');
      process.stdout.write(schemaText());
    });
  rules
    .command('messages')
    .description('规则文件的全部提示及改法 every message of rule files, and how to mend it (Markdown)')
    .action(async () => {
      const { messageReference } = await import('../../rules/domain/messages/reference.js');
      const { POLICY_MESSAGES, POLICY_WARNINGS } = await import('../../policy/domain/policy-messages.js');
      process.stdout.write(messageReference({ ...POLICY_MESSAGES, ...POLICY_WARNINGS }));
    });
}
