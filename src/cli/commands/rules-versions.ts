import { type Command } from 'commander';

/** `firstcall rules versions|restore`: what was in force when, and its files. */
export function addVersions(rules: Command): void {
  rules
    .command('versions')
    .description('启用过的版本 which versions came into force when, where and why')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      const { listVersions } = await import('../rules-versions.js');
      await listVersions(options.json ?? false);
    });
  rules
    .command('restore')
    .description(
      '取出某一版本的文件,不启用 write the files of a version into a folder, without putting them in force',
    )
    .argument('<version>', '版本,可只写开头 the version, or its beginning')
    .requiredOption('--to <folder>', '空文件夹 an empty folder')
    .action(async (version: string, { to }: { to: string }) => {
      const { restoreVersion } = await import('../rules-versions.js');
      await restoreVersion(version, to);
    });
}
