import { type FileHandle, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * A text file that lines are added to. What was added survives a power cut; a line that was being written during one
 * is cut off when the file is opened again.
 */
export class AppendOnlyFile {
  readonly #file: FileHandle
  #waiting: string[] = []
  /** The write that will take what is waiting, once the one before it is done. */
  #next: Promise<void> | undefined
  #last: Promise<void> = Promise.resolve()

  private constructor(file: FileHandle) {
    this.#file = file
  }

  /** @returns The file, and its whole lines without their ends. */
  static async open(path: string): Promise<{ readonly file: AppendOnlyFile; readonly lines: readonly string[] }> {
    const file = await open(path, 'a+', 0o600)
    await syncFolder(dirname(path))
    const bytes = await file.readFile()
    const length = bytes.lastIndexOf('\n') + 1
    if (length < bytes.length) await file.truncate(length)
    const whole = bytes.subarray(0, length).toString('utf8')
    return { file: new AppendOnlyFile(file), lines: whole.split('\n').slice(0, -1) }
  }

  /**
   * Adds a line; resolves when it is on the disk. Lines that come while others are being written go together.
   *
   * @param line With its end.
   * @throws The disk's error, then and ever after: what is on the disk is not known any more.
   */
  append(line: string): Promise<void> {
    this.#waiting.push(line)
    this.#next ??= this.#last.then(() => this.#write())
    this.#last = this.#next
    return this.#next
  }

  async close(): Promise<void> {
    await this.#last.catch(() => {})
    await this.#file.close()
  }

  async #write(): Promise<void> {
    const text = this.#waiting.join('')
    this.#waiting = []
    this.#next = undefined
    await this.#file.appendFile(text)
    await this.#file.datasync()
  }
}

/** Replaces a file's text: after a crash, it holds either the old one or the new one. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const draft = await open(`${path}.new`, 'w', 0o600)
  try {
    await draft.writeFile(text)
    await draft.datasync()
  } finally {
    await draft.close()
  }
  await rename(`${path}.new`, path)
  await syncFolder(dirname(path))
}

/** A new name is only there to stay once its folder is on the disk. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
