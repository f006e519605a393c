import { Controller, Get, Inject, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AuditTrail, type CallersRequest, Needs } from '../access/index.js';
import { DeviceList } from './devices.dto.js';
import { DevicesService } from './devices.service.js';

/** Devices that gateways have told of, for administrators. */
@ApiTags('devices')
@ApiBearerAuth()
@Needs('manage-keys')
@Controller('api/devices')
export class DevicesController {
  constructor(
    @Inject(DevicesService) private readonly devices: DevicesService,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  @Get()
  @ApiOkResponse({ type: DeviceList })
  async list(@Req() { caller }: CallersRequest): Promise<DeviceList> {
    const items = await this.devices.list();
    const detail = `${items.length} shown`;
    await this.audit.record(caller, { action: 'read devices', personIds: [], detail });
    return { items };
  }
}
