import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '../config/index.js';
import { type NotificationPolicy } from './domain/policy.js';
import { loadPolicy } from './load-policy.js';

/** The notification policy in force. */
@Injectable()
export class PolicyService {
  readonly current: NotificationPolicy;

  constructor(@Inject(CONFIG) config: Config) {
    this.current = loadPolicy(config.rulesDir, config.shippedRulesDir);
  }
}
