import { Module } from '@nestjs/common';
import { MessagingModule } from '../messaging/index.js';
import { RulesModule } from '../rules/index.js';
import { StaffMessages } from './staff-messages.service.js';

/** Who is on duty, and messages to them. */
@Module({ imports: [MessagingModule, RulesModule], providers: [StaffMessages], exports: [StaffMessages] })
export class DutyModule {}
