import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import {
  PersonFinder,
  PersonReports,
  renderReport,
  REPORT_LANGUAGES,
  type ReportLanguage,
} from '../../workbench/index.js';
import { CommandError, withService } from '../application.js';
import { recordReading } from '../command-actor.js';
import { WorkModule } from '../work.module.js';

/** `firstcall report` */
export function addReport(program: Command): void {
  program
    .command('report')
    .description('受检者的健康风险分层报告(网页,可打印) the page for a person, to read or print')
    .argument('<person>', '编号或 系统|号码 id, or identifier as system|value')
    .option('--out <file>', '写入文件,否则输出 a file; else it is printed')
    .addOption(new Option('--lang <language>', '语言 language').choices(REPORT_LANGUAGES).default('zh'))
    .action(async (person: string, { out, lang }: { out?: string; lang: ReportLanguage }) => {
      const page = await withService(WorkModule, async (service) => {
        const reach = { strict: false };
        const found = await service.get(PersonFinder, reach).find(person);
        if (!found) throw new CommandError(`没有此受检者 nobody is known by ${person}`);
        await recordReading(service, 'read report', found.id);
        return renderReport(await service.get(PersonReports, reach).of(found.id), lang);
      });
      if (out === undefined) process.stdout.write(page);
      else await writeFile(out, page, { mode: 0o600 });
    });
}
