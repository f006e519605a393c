export { type PlannedTask, planTasks, TASK_CODES, type TaskCode } from './domain/plan-tasks.js';
export { TaskEntity, TaskFindingEntity } from './task.entity.js';
export { type OpenTask, TaskRepository, type TaskSubject } from './task.repository.js';
export { TasksModule } from './tasks.module.js';
export { TasksService, type Telling } from './tasks.service.js';
