import { Module } from '@nestjs/common';
import { TerminologyModule } from '../terminology/index.js';
import { FilesOnDisk } from './files-on-disk.js';
import { KeptVersions } from './kept-versions.js';
import { RuleSetRepository } from './rule-set.repository.js';
import { RuleFolder } from './rule-folder.js';
import { RulesService } from './rules.service.js';

@Module({
  imports: [TerminologyModule],
  providers: [FilesOnDisk, KeptVersions, RuleFolder, RuleSetRepository, RulesService],
  exports: [FilesOnDisk, RuleFolder, RuleSetRepository, RulesService],
})
export class RulesModule {}
