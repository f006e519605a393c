import { setTimeout as pause } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import { GroundModule } from '../../ground.module.js';
import { Clock } from '../../kernel/index.js';
import { RekeyingModule, RekeyingService } from '../../rekeying/index.js';
import { withService } from '../application.js';
import { witnessOf } from '../command-actor.js';
import { createProgress, type Progress } from '../progress.js';

@Module({ imports: [GroundModule, RekeyingModule] })
class RotatingModule {}

/** `firstcall keys rotate`: may be cut off anywhere, and run again. */
export async function rotateKeys({ json: quiet = false }: { json?: boolean }): Promise<void> {
  const rotated = await withService(RotatingModule, async (service) => {
    const clock = service.get(Clock);
    let progress: Progress | null = null;
    try {
      return await service.get(RekeyingService).rotate({
        wait: (until) => waitUntil(until, clock, quiet),
        begin: (total) => (progress = createProgress({ total, kind: 'rows', clock, quiet })),
        advance: (rows) => progress?.advance(rows),
        witness: witnessOf(service, 'data keys rotated'),
      });
    } finally {
      (progress as Progress | null)?.stop();
    }
  });
  if (quiet) {
    process.stdout.write(`${JSON.stringify(rotated)}\n`);
    return;
  }
  const { key, isResumed, resealed, retired } = rotated;
  const words = [
    isResumed ? `接着上次的更换 went on with key ${key}` : `新密钥 new key ${key}`,
    `重新加密 sealed anew: ${resealed}`,
    retired.length > 0
      ? `旧密钥已废除 retired: ${retired.join(', ')}`
      : '旧密钥仍在使用,请再运行一次 the old key is still in use: run it once more',
    '标识符哈希与审计链的密钥不更换 the key of identifier hashes and of the audit chain stays: docs/decisions/0038-key-ring.md',
  ];
  process.stdout.write(`${words.join('\n')}\n`);
}

async function waitUntil(until: Date, clock: Clock, quiet: boolean): Promise<void> {
  const ms = until.getTime() - clock.now().getTime();
  if (ms <= 0) return;
  const seconds = Math.ceil(ms / 1000);
  if (!quiet)
    process.stderr.write(
      `等待所有实例得知新密钥 waiting ${seconds} s until every instance knows the new key\n`,
    );
  await pause(ms);
}
