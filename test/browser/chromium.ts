import { execFileSync } from 'node:child_process'
import { type Browser, chromium } from 'playwright-core'

/** It draws without a GPU, and asks nothing of the network by itself. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The machine's own Chromium, else the one that comes as a package. @returns Undefined: neither runs here. */
export async function launchChromium(): Promise<Browser | undefined> {
  for (const find of [ownPath, packagedPath]) {
    try {
      return await chromium.launch({ executablePath: await find(), args: ARGUMENTS })
    } catch {
      // the next one
    }
  }
  return undefined
}

async function ownPath(): Promise<string> {
  return execFileSync('which', ['chromium'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
}

async function packagedPath(): Promise<string> {
  const { default: packaged } = await import('@sparticuz/chromium')
  return packaged.executablePath()
}
