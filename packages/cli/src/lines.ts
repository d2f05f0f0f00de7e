import { print, type Terminal } from './terminal.ts'

/**
 * The lines of standard input, as they come: each piece that arrives is answered before the next is read, so that a
 * program may talk to this one line by line. Line ends may be those of Windows. Bytes that are no UTF-8 become U+FFFD.
 */
async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of input) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    if (lines.length > 0) yield lines.map(withoutCarriageReturn)
  }
  rest += decoder.decode()
  if (rest !== '') yield [withoutCarriageReturn(rest)]
}

const withoutCarriageReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line)

/** One line of JSON out for each line in. */
export async function answerLines(terminal: Terminal, answer: (line: string) => object): Promise<void> {
  for await (const lines of linesOf(terminal.input)) {
    await print(terminal, ...lines.map((line) => JSON.stringify(answer(line))))
  }
}

/** Reads a line as a JSON object of texts; undefined when it is none. */
export function readObject(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/** A member of such an object, if it is text. */
export function textOf(object: Readonly<Record<string, unknown>> | undefined, name: string): string | undefined {
  const value = object?.[name]
  return typeof value === 'string' ? value : undefined
}
