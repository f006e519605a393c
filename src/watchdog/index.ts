export { WatchdogClockModule, WatchdogModule } from './watchdog.module.js';
export { Watchdog } from './watchdog.service.js';
