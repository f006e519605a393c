import { type Command } from 'commander';
import { GroundModule } from '../../ground.module.js';
import { withService } from '../application.js';

/** `firstcall migrate` */
export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('更新数据库 bring the database up to date (npm start does so too)')
    .action(async () => {
      // Whatever opens the database migrates it, under one lock.
      await withService(GroundModule, () => Promise.resolve());
      process.stdout.write('database is up to date\n');
    });
}
