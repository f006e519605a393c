export { type PlannedTask, TASK_CODES, type TaskCode } from './domain/plan-tasks.js';
export { TaskEntity, TaskFindingEntity } from './task.entity.js';
export { TaskRepository, type TaskSubject } from './task.repository.js';
export { TasksModule } from './tasks.module.js';
export { TasksService } from './tasks.service.js';
