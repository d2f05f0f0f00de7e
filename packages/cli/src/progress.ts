import { Presets, SingleBar } from 'cli-progress'
import type { Terminal } from './terminal.ts'

export interface Progress {
  /** @param total Where it is only now known. */
  update(done: number, total?: number): void
  stop(): void
}

/** A bar on the screen while something long goes on; nothing when standard error is no screen. */
export function createProgress({ screen }: Pick<Terminal, 'screen'>, total: number, noun: string): Progress {
  if (screen === undefined) return { update: () => undefined, stop: () => undefined }
  const format = `{bar} {percentage}%  {value} of {total} ${noun}, {eta_formatted} left`
  const bar = new SingleBar({ format, stream: screen, clearOnComplete: true, hideCursor: true }, Presets.shades_classic)
  bar.start(total, 0)
  return {
    update(done, newTotal) {
      if (newTotal !== undefined) bar.setTotal(newTotal)
      bar.update(done)
    },
    stop: () => bar.stop(),
  }
}
