export { EscalationClock, EscalationClockModule } from './escalation-clock.js';
export { EscalationModule } from './escalation.module.js';
export { EscalationService } from './escalation.service.js';
