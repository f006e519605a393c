import { type Command, InvalidArgumentError } from 'commander';
import { AuditVerifier, type Verified } from '../../access/index.js';
import { GroundModule } from '../../ground.module.js';
import { CommandError, withService } from '../application.js';

interface VerifyOptions {
  json?: boolean;
  expect?: { seq: number; hash: string };
}

const WORDS = {
  changed: '与封存时不符 is not as it was sealed',
  missing: '缺失 is missing',
  twice: '重复 is there twice',
} as const;

/** `firstcall audit verify` */
export function addAudit(program: Command): void {
  const audit = program.command('audit').description('审计记录 the audit trail');
  audit
    .command('verify')
    .description('follow the chain from its first event: names the first break; exit 1 where there is one')
    .option('--json', 'as JSON')
    .option(
      '--expect <seq:hash>',
      'an end of the chain that was noted before: it must still be part of it',
      readHead,
    )
    .action(verify);
}

function readHead(text: string): { seq: number; hash: string } {
  const [, seq, hash] = /^(\d{1,15}):([\w-]{27})$/.exec(text) ?? [];
  if (!seq || !hash) throw new InvalidArgumentError('SEQ:HASH, as `audit verify` prints it');
  return { seq: Number(seq), hash };
}

async function verify({ json, expect }: VerifyOptions): Promise<void> {
  const found = await withService(GroundModule, (service) => service.get(AuditVerifier).verify(expect));
  process.stdout.write(json ? `${JSON.stringify(found)}\n` : inWords(found));
  if (found.broken)
    throw new CommandError('审计链已断 the audit trail does not hold; see docs/operations.md');
}

function inWords({ head, broken, unsealed, missingGuards }: Verified): string {
  const lines = [`${head.seq} 条已核对 events hold; 链尾 end of the chain: ${head.seq}:${head.hash || '-'}`];
  if (broken) {
    const { seq, why, id } = broken;
    lines.push(`第 ${seq} 条 event ${seq}${id ? ` (${id})` : ''} ${WORDS[why]}`);
  }
  const { count, since, first } = unsealed;
  lines.push(
    count === 0
      ? '无未封存 nothing waits to be sealed'
      : `未封存 not sealed yet: ${count}, 自 since ${since?.toISOString()}, 首条 first ${first}`,
  );
  if (missingGuards.length > 0)
    lines.push(`数据库触发器缺失 guards missing in the database: ${missingGuards.join(', ')}`);
  return `${lines.join('\n')}\n`;
}
