import { Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiNotFoundResponse, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { AuditTrail, type Caller, Needs } from '../access/index.js';
import { AppError } from '../kernel/index.js';
import { TaskDetailService } from './task-detail.service.js';
import { ContactShown } from './task.dto.js';

export class RevealedContacts {
  @ApiProperty({ type: [ContactShown], description: 'in full, the latest first' })
  items: ContactShown[];
}

/** How the person of a task is reached, in full. Who asked for it is recorded before it is shown. */
@ApiTags('tasks')
@ApiBearerAuth()
@Needs('reveal-contacts')
@Controller('api')
export class ContactsController {
  constructor(
    @Inject(TaskDetailService) private readonly details: TaskDetailService,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** Telephone numbers and addresses without mask. */
  @Post('tasks/:id/contacts')
  @HttpCode(200)
  @ApiOkResponse({ type: RevealedContacts })
  @ApiNotFoundResponse({ description: 'no such task, or none of a known person' })
  async reveal(@Param('id') id: string, @Req() { caller }: { caller: Caller }): Promise<RevealedContacts> {
    const found = await this.details.contacts(id);
    if (!found) throw new AppError('not-found', 'There is no such task of a known person.');
    const { personId, items } = found;
    const subject = `task/${id}`;
    const detail = `${items.length} contacts`;
    await this.audit.record(caller, { action: 'contacts revealed', personIds: [personId], subject, detail });
    return { items };
  }
}
