import { Module } from '@nestjs/common';
import { TerminologyService } from './terminology.service.js';

@Module({ providers: [TerminologyService], exports: [TerminologyService] })
export class TerminologyModule {}
