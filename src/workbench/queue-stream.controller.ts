import { Controller, Headers, Inject, Req, Sse } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Observable } from 'rxjs';
import { type CallersRequest, Needs, rowsOfCaller } from '../access/index.js';
import { QueueChanges } from './queue-changes.js';
import { AsOf, type QueueEvent, TaskChanged } from './queue-stream.dto.js';

/** What changes in the queue, as it changes. It names tasks and no persons, so nothing is recorded of who listens. */
@ApiTags('queue')
@ApiBearerAuth()
@ApiExtraModels(AsOf, TaskChanged)
@Needs('read-queue')
@Controller('api')
export class QueueStreamController {
  constructor(@Inject(QueueChanges) private readonly changes: QueueChanges) {}

  @Sse('queue/stream')
  @ApiOperation({
    summary: 'Server-sent events of the queue',
    description:
      '`hello` at first, then a `task` (TaskChanged) for each change, whichever instance made it, and a `heartbeat` (AsOf) every ' +
      '15 s. With Last-Event-ID what was missed comes first. `reset`: read the list anew. A change may come twice: hold it against the version.',
  })
  stream(
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() { caller }: CallersRequest,
  ): Observable<QueueEvent> {
    return this.changes.stream(lastEventId, rowsOfCaller(caller));
  }
}
