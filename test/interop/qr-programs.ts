import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { env } from 'node:process'

/** The programs of others that read and draw codes, of Debian. */
export const isInstalled = (program: 'zbarimg' | 'qrencode'): boolean =>
  (env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))

/** What zbar reads in a picture: the bytes of the code, which are UTF-8. */
export async function readByZbar(file: string): Promise<string> {
  const read = await run('zbarimg', ['-Sbinary', '--raw', '-q', '--oneshot', file])
  return read.toString('utf8')
}

/** Draws a code to a PNG file by libqrencode: one of bytes, error correction M. */
export async function drawByQrencode(file: string, payload: string): Promise<void> {
  await run('qrencode', ['-8', '-l', 'M', '-o', file], payload)
}

/** What a program prints, as bytes. */
function run(program: string, options: readonly string[], input = ''): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, options, { encoding: 'buffer' }, (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    )
    child.stdin?.on('error', () => undefined) // a program that reads nothing may be gone already
    child.stdin?.end(input)
  })
}
