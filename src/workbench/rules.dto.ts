import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

const MOST_VERSIONS = 500;
const USUAL_VERSIONS = 50;

class BothLanguages {
  @ApiProperty()
  zh: string;
  @ApiProperty()
  en: string;
}

export class RuleShown {
  @ApiProperty({ example: 'important-results/wbc-low' })
  id: string;
  @ApiProperty()
  pack: string;
  @ApiProperty({ enum: ['critical', 'stratification', 'vitals', 'follow-up'] })
  kind: string;
  @ApiProperty({ type: BothLanguages })
  title: BothLanguages;
  @ApiProperty()
  source: string;
  @ApiProperty({ enum: ['adult', 'child', 'any'] })
  population: string;
  @ApiProperty({ enum: ['notify', 'review', 'count'] })
  event: string;
  @ApiProperty({ enum: ['A', 'B', 'C'], type: String, nullable: true })
  class: string | null;
  @ApiProperty({
    enum: ['pending'],
    type: String,
    nullable: true,
    description: '`pending` until a doctor has confirmed its limits',
  })
  review: string | null;
  @ApiProperty({ description: 'file and line inside the folder of rules' })
  place: string;
  @ApiProperty({
    enum: ['changed', 'replaced', 'added'],
    type: String,
    nullable: true,
    description: 'what the centre did to the shipped rule; see /api/rules/overlay',
  })
  overlay: string | null;
}

/** A part of a rule's condition in words. */
export class AskedPartShown {
  @ApiProperty({ enum: ['all', 'any', 'not', 'condition'] })
  kind: 'all' | 'any' | 'not' | 'condition';
  @ApiProperty({ type: () => [AskedPartShown], required: false })
  parts?: readonly AskedPartShown[];
  @ApiProperty({ required: false, description: 'analyte, group or fact of the person' })
  fact?: string;
  @ApiProperty({ type: BothLanguages, required: false })
  says?: BothLanguages;
}

export class ExampleFact {
  @ApiProperty({ example: 'wbc' })
  fact: string;
  @ApiProperty({ type: BothLanguages })
  name: BothLanguages;
  @ApiProperty({ example: '3.0', description: 'as the file writes it' })
  value: string;
}

export class EarlierExample {
  @ApiProperty({ example: '90', description: 'so many days before' })
  days: string;
  @ApiProperty({ type: [ExampleFact] })
  facts: ExampleFact[];
}

export class RuleExampleShown {
  @ApiProperty({ type: [ExampleFact] })
  facts: ExampleFact[];
  @ApiProperty({ type: [EarlierExample], description: 'results of earlier days' })
  earlier: EarlierExample[];
  @ApiProperty({ enum: ['fires', 'silent', 'unknown', 'review'] })
  expect: string;
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
}

export class RuleFileShown {
  @ApiProperty({ example: 'important-results/blood-count.yaml' })
  file: string;
  @ApiProperty()
  line: number;
  @ApiProperty()
  text: string;
}

/** One rule in force, as a doctor reads it and as its file has it. */
export class RuleDetail extends RuleShown {
  @ApiProperty({ description: 'of the rules in force' })
  version: string;
  @ApiProperty({ type: BothLanguages, nullable: true, description: 'what to advise' })
  advice: { zh?: string; en?: string } | null;
  @ApiProperty({ type: AskedPartShown })
  condition: AskedPartShown;
  @ApiProperty()
  owner: string;
  @ApiProperty({ format: 'date', description: 'by when it must be looked at again' })
  reviewBy: string;
  @ApiProperty({ type: String, nullable: true, description: 'the standing of its numbers in their source' })
  status: string | null;
  @ApiProperty({
    type: [RuleExampleShown],
    description: 'each gave what it expects when the rules came into force; otherwise they had not',
  })
  examples: RuleExampleShown[];
  @ApiProperty({ type: [RuleFileShown], description: 'what the centre’s overlay changes first' })
  files: RuleFileShown[];
}

export class FaultShown {
  @ApiProperty()
  code: string;
  @ApiProperty()
  message: string;
  @ApiProperty({ description: '`file:line:column`' })
  path: string;
}

export class RefusalShown {
  @ApiProperty({ format: 'date-time' })
  since: string;
  @ApiProperty({ type: [FaultShown] })
  faults: FaultShown[];
}

export class GoneRuleShown {
  @ApiProperty()
  rule: string;
  @ApiProperty({ format: 'date-time', description: 'since when it is out of force on this instance' })
  since: string;
  @ApiProperty({ description: 'the last version that had it' })
  version: string;
}

export class RulesShown {
  @ApiProperty({ description: 'hash of the content' })
  version: string;
  @ApiProperty({ format: 'date-time', description: 'on this instance' })
  inForceSince: string;
  @ApiProperty({
    type: RefusalShown,
    nullable: true,
    description: 'why the files on disk are not in force; null while they are',
  })
  refused: RefusalShown | null;
  @ApiProperty({
    type: [GoneRuleShown],
    description:
      'rules that have gone from the files since the service was started, or while it was not, and that no overlay switches off',
  })
  gone: GoneRuleShown[];
  @ApiProperty({ type: [RuleShown] })
  rules: RuleShown[];
}

export class ReloadShown {
  @ApiProperty({ description: 'the version in force now' })
  version: string;
  @ApiProperty({
    description: 'the version in force until now; the same when nothing of the content has changed',
  })
  before: string;
  @ApiProperty({ type: [String], description: 'rules that are new' })
  added: string[];
  @ApiProperty({ type: [String], description: 'rules that are others now' })
  changed: string[];
  @ApiProperty({ type: [String], description: 'rules that are no longer in force' })
  removed: string[];
}

export class VersionsQuery {
  @ApiProperty({ required: false, minimum: 1, maximum: MOST_VERSIONS, default: USUAL_VERSIONS })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_VERSIONS)
  limit = USUAL_VERSIONS;
}

export class VersionListed {
  @ApiProperty()
  version: string;
  @ApiProperty({ format: 'date-time', description: 'when it came into force first' })
  firstInForce: string;
  @ApiProperty({ description: 'in force on this instance' })
  isInForce: boolean;
}

export class VersionList {
  @ApiProperty({ type: [VersionListed], description: 'latest first' })
  items: VersionListed[];
}

class VersionFile {
  @ApiProperty({ example: 'important-results/blood-count.yaml' })
  path: string;
  @ApiProperty()
  text: string;
}

class VersionChange {
  @ApiProperty({ format: 'date-time' })
  at: string;
  @ApiProperty({ enum: ['start', 'watch', 'request'], description: 'what put it in force' })
  cause: string;
  @ApiProperty({ example: 'host-1:3000' })
  instance: string;
  @ApiProperty({ type: String, nullable: true, description: 'whose request it was' })
  actor: string | null;
}

export class VersionShown {
  @ApiProperty()
  version: string;
  @ApiProperty()
  isInForce: boolean;
  @ApiProperty({ type: [VersionFile], description: 'its rules, policy and vocabulary' })
  files: VersionFile[];
  @ApiProperty({ type: [VersionChange], description: 'when it came into force where, latest first' })
  changes: VersionChange[];
}
