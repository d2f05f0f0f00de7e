import { writeFile } from 'node:fs/promises'
import { parse } from '@pisto/qr'
import { toPng, toSvg } from '@pisto/qr/image'
import { Command } from 'commander'
import { failed, misused } from '../failure.ts'
import { readBytes, readText } from '../input.ts'
import { readPicture } from '../picture.ts'
import { renderCode } from '../rendering/half-blocks.ts'
import { print, printJson, type Terminal } from '../terminal.ts'

interface ImageOptions {
  readonly out?: string
  readonly scale: string
  readonly json?: true
}

export function qrImageCommand(terminal: Terminal): Command {
  return new Command('image')
    .description('draw a payload as a QR code: a PNG or SVG file, or here in the terminal')
    .argument('<payload>', 'any text; - reads it from standard input')
    .option('--out <file>', 'FILE.png or FILE.svg; without it the code is shown here')
    .option('--scale <pixels>', 'PNG: pixels per module', '8')
    .option('--json', 'one line of JSON')
    .action(async (payload: string, options: ImageOptions) => {
      const text = payload === '-' ? await readText(terminal, '-') : payload
      if (options.out === undefined) return print(terminal, ...drawn(() => renderCode(terminal, text)))
      const bytes = fileOf(text, options.out, options.scale)
      await writeFile(options.out, bytes).catch((cause: unknown) => {
        throw failed(`${options.out} cannot be written`, undefined, cause)
      })
      if (options.json) await printJson(terminal, { file: options.out, bytes: bytes.length })
      else await print(terminal, `${options.out}: ${bytes.length} bytes`)
    })
}

function fileOf(payload: string, out: string, scale: string): Uint8Array {
  if (/\.svg$/i.test(out)) return new TextEncoder().encode(drawn(() => toSvg(payload)))
  if (/\.png$/i.test(out)) return drawn(() => toPng(payload, { scale: Number(scale) }))
  throw misused(`${out} is neither .png nor .svg`)
}

function drawn<T>(draw: () => T): T {
  try {
    return draw()
  } catch (cause) {
    throw failed(`No QR code can be made of this: ${(cause as Error).message}`, undefined, cause)
  }
}

export function qrReadCommand(terminal: Terminal): Command {
  return new Command('read')
    .description('read the QR code in a picture')
    .argument('<file>', 'FILE.png or FILE.jpg; - reads it from standard input')
    .option('--json', 'one line of JSON, with what the code says')
    .action(async (file: string, options: { readonly json?: true }) => {
      const payload = readPicture(await readBytes(terminal, file), file)
      if (!options.json) return print(terminal, payload)
      const { ok, fields, findings } = parse(payload)
      await printJson(terminal, { payload, ok, fields, findings })
    })
}
