import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Module } from '@nestjs/common';
import Table from 'cli-table3';
import { GroundModule } from '../ground.module.js';
import { RulesModule, RuleSetRepository } from '../rules/index.js';
import { CommandError, withService } from './application.js';

const MOST_LISTED = 100;
const SHORT = 12;
/** What is kept of a version beside its rules, by the folder that it stands in. */
const BESIDE = /^(overlay|vocabulary)\//;

@Module({ imports: [GroundModule, RulesModule] })
class RulesCommandModule {}

/** `firstcall rules versions`: what came into force when, where and why, latest first. */
export async function listVersions(asJson: boolean): Promise<void> {
  const changes = await withService(RulesCommandModule, (service) =>
    service.get(RuleSetRepository, { strict: false }).changes(MOST_LISTED),
  );
  if (asJson) {
    const shown = changes.map(({ version, at, cause, instance, actor }) => ({
      version,
      at,
      cause,
      instance,
      actor,
    }));
    process.stdout.write(`${JSON.stringify(shown)}\n`);
    return;
  }
  const table = new Table({
    head: ['启用时间 in force from', '版本 version', '缘由 cause', '实例 instance'],
    style: { head: [], border: [] },
  });
  for (const { version, at, cause, instance, actor } of changes) {
    table.push([at.toISOString(), version.slice(0, SHORT), actor ? `${cause} (${actor})` : cause, instance]);
  }
  process.stdout.write(
    changes.length > 0 ? `${table.toString()}\n` : '还没有启用过任何版本 no version was ever in force\n',
  );
}

/** `firstcall rules restore`: the files of a kept version, to be put back or compared. Puts nothing in force. */
export async function restoreVersion(version: string, folder: string): Promise<void> {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new CommandError(`文件夹不是空的 the folder is not empty: ${folder}`);
  }
  const { whole, files } = await withService(RulesCommandModule, async (service) => {
    const sets = service.get(RuleSetRepository, { strict: false });
    const [found, second] = await sets.beginningWith(version);
    if (!found) throw new CommandError(`没有这个版本 no such version was ever in force: ${version}`);
    if (second)
      throw new CommandError(`多个版本以此开头 several versions begin with ${version}: write more of it`);
    return { whole: found, files: (await sets.files(found)) ?? [] };
  });
  for (const { path, text } of files) {
    const at = join(folder, BESIDE.test(path) ? path : join('rules', path));
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(at, text);
  }
  process.stdout.write(
    `版本 version ${whole}\n${files.length} 个文件 files in ${folder}: rules/ → RULES_DIR, overlay/ → RULES_OVERLAY_DIR\n`,
  );
}
