import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { LONGEST_FILE } from '../drafts/index.js';
import { BilingualDto } from './queue.dto.js';

const LONGEST_PATH = 320;
const LAST_REVISION = 1_000_000;
const STATES = ['editing', 'in-review', 'approved', 'in-force', 'withdrawn'] as const;

/** Whoever acts names the revision that they saw. */
export class AtRevision {
  @ApiProperty({ minimum: 1 })
  @IsInt()
  @Min(1)
  @Max(LAST_REVISION)
  revision: number;
}

export class MakeDraft {
  @ApiProperty({ maxLength: 200, description: 'why it is made' })
  @IsString()
  @Length(1, 200)
  title: string;

  @ApiPropertyOptional({ description: 'a version whose files are taken up as they were' })
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/)
  rollsBackTo?: string;

  @ApiPropertyOptional({ example: 'important-results/wbc-low', description: 'a rule that is to be edited' })
  @IsOptional()
  @Matches(/^[a-z0-9-]{1,64}\/[a-z0-9-]{1,64}$/)
  rule?: string;
}

class FileTyped {
  @ApiProperty({ example: 'important-results/blood-count.yaml' })
  @IsString()
  @Length(1, LONGEST_PATH)
  path: string;

  @ApiProperty({ maxLength: LONGEST_FILE })
  @IsString()
  @MaxLength(LONGEST_FILE)
  text: string;
}

export class SaveFile extends AtRevision {
  @ApiProperty({ example: 'important-results/blood-count.yaml' })
  @IsString()
  @Length(1, LONGEST_PATH)
  path: string;

  @ApiProperty({ type: String, nullable: true, maxLength: LONGEST_FILE, description: 'null: the file goes' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_FILE)
  text: string | null;
}

export class CheckDraft {
  @ApiPropertyOptional({ type: FileTyped, description: 'one file as it is being typed' })
  @IsOptional()
  @ValidateNested()
  @Type(() => FileTyped)
  typing?: FileTyped;
}

export class FileQuery {
  @ApiProperty({ example: 'important-results/blood-count.yaml' })
  @IsString()
  @Length(1, LONGEST_PATH)
  path: string;
}

export class Seen extends AtRevision {
  @ApiProperty({ enum: ['diff', 'replay'] })
  @IsIn(['diff', 'replay'])
  what: 'diff' | 'replay';
}

export class GiveBack extends AtRevision {
  @ApiProperty({ maxLength: 500 })
  @IsString()
  @Length(1, 500)
  reason: string;
}

export class Approve extends GiveBack {
  @ApiProperty({ description: 'one-time code' })
  @Matches(/^\d{6}$/)
  code: string;
}

class DraftEventShown {
  @ApiProperty()
  action: string;
  @ApiProperty()
  revision: number;
  @ApiProperty({ format: 'date-time' })
  at: string;
  @ApiProperty({ type: String, nullable: true })
  by: string | null;
  @ApiProperty({ type: String, nullable: true })
  reason: string | null;
}

export class DraftSummary {
  @ApiProperty()
  id: string;
  @ApiProperty()
  title: string;
  @ApiProperty({ enum: STATES })
  state: (typeof STATES)[number];
  @ApiProperty()
  revision: number;
  @ApiProperty({ type: String, nullable: true, description: 'name; null for a key' })
  author: string | null;
  @ApiProperty()
  isOwn: boolean;
  @ApiProperty({ format: 'date-time' })
  changedAt: string;
  @ApiProperty({ type: [String], description: 'the files that it changes' })
  changes: string[];
  @ApiProperty({ type: String, nullable: true })
  rollsBackTo: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'the version that came of it' })
  version: string | null;
}

export class DraftList {
  @ApiProperty({ type: [DraftSummary] })
  items: DraftSummary[];
}

class DraftFile {
  @ApiProperty()
  path: string;
  @ApiProperty()
  isChanged: boolean;
  @ApiProperty()
  isGone: boolean;
}

export class DraftDetail extends DraftSummary {
  @ApiProperty({ type: [DraftFile], description: 'the files that may be edited' })
  files: DraftFile[];
  @ApiProperty({ type: [DraftEventShown] })
  events: DraftEventShown[];
  @ApiProperty({ type: [String], description: 'files that somebody else wrote since the draft took them up' })
  overtaken: string[];
  @ApiProperty({
    enum: ['second-person', 'diff', 'replay'],
    type: String,
    nullable: true,
    description: 'what keeps the one who asks from approving; null when nothing does',
  })
  missing: 'second-person' | 'diff' | 'replay' | null;
}

export class DraftText {
  @ApiProperty()
  path: string;
  @ApiProperty({ type: String, nullable: true, description: 'null: the draft has no such file' })
  text: string | null;
}

class DraftFault {
  @ApiProperty()
  file: string;
  @ApiProperty({ description: 'from 1' })
  line: number;
  @ApiProperty({ description: 'from 1' })
  column: number;
  @ApiProperty()
  zh: string;
  @ApiProperty()
  en: string;
}

class RulesThatDiffer {
  @ApiProperty({ type: [String] })
  added: string[];
  @ApiProperty({ type: [String] })
  changed: string[];
  @ApiProperty({ type: [String] })
  removed: string[];
}

export class DraftChecked {
  @ApiProperty({ type: [DraftFault] })
  faults: DraftFault[];
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'the version that it would make; null while there are faults',
  })
  version: string | null;
  @ApiProperty({ type: RulesThatDiffer, nullable: true, description: 'against the version in force' })
  rules: RulesThatDiffer | null;
}

class SlipUnnoticed {
  @ApiProperty()
  file: string;
  @ApiProperty({ description: 'from 1' })
  line: number;
  @ApiProperty({ description: 'the rule, `pack/rule`, or the lexicon' })
  subject: string;
  @ApiProperty({ type: BilingualDto })
  title: BilingualDto;
  @ApiProperty({ type: BilingualDto, description: 'as in 界值 3.0 → 2.9' })
  what: BilingualDto;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'an example that would notice, as it is written',
  })
  example: string | null;
}

export class DraftStrengthShown {
  @ApiProperty({ description: 'the draft has faults: nothing was tried' })
  hasFaults: boolean;
  @ApiProperty({ description: 'changes tried, of those that make a difference' })
  tried: number;
  @ApiProperty({ description: 'by an example' })
  noticed: number;
  @ApiProperty()
  unnoticed: number;
  @ApiProperty({ type: [SlipUnnoticed], description: 'the first hundred of them' })
  first: SlipUnnoticed[];
  @ApiProperty({
    type: [String],
    description: 'rules and lexicons that were not tried to their end: there are too many',
  })
  unmeasured: string[];
}

class FileDiffers {
  @ApiProperty()
  path: string;
  @ApiProperty({ type: String, nullable: true, description: 'null: there was none' })
  before: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'null: it goes' })
  after: string | null;
}

export class DraftDiff extends DraftChecked {
  @ApiProperty()
  revision: number;
  @ApiProperty({ type: [FileDiffers] })
  files: FileDiffers[];
}
