import { ApiProperty } from '@nestjs/swagger';

export class DeviceShown {
  @ApiProperty()
  id: string;
  @ApiProperty({ type: String, nullable: true, description: 'what its sender calls it' })
  name: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'maker and model' })
  maker: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'active' })
  status: string | null;
  @ApiProperty({ description: 'somebody wears it; not who' })
  isWorn: boolean;
  @ApiProperty({ description: 'name of the key that told of it' })
  source: string;
  @ApiProperty({ format: 'date-time' })
  updatedAt: string;
}

export class DeviceList {
  @ApiProperty({ type: [DeviceShown], description: 'the latest told of first, 500 at most' })
  items: DeviceShown[];
}
