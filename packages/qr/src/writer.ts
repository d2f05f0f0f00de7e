import { countCharacters } from './characters.ts'
import { isOpaque, wrongAdditional } from './check-templates.ts'
import type { PlainOrTemplate } from './fields.ts'
import { InvalidCode } from './invalid-code.ts'
import { isGuid } from './template.ts'
import { pairOf, tagOf } from './tlv.ts'

type Templates = Readonly<Record<string, PlainOrTemplate>>

/** Writes the objects of a code one after the other, and looks at the templates that it writes. */
export class CodeWriter {
  text = ''
  /** No template may break a rule. Where one may, the code has to be read to say which. */
  isSound = true
  private readonly isExact: boolean

  /** @param isExact Count characters. Otherwise UTF-16 units, which are as many in nearly all codes. */
  constructor(isExact: boolean) {
    this.isExact = isExact
  }

  plain(id: string, value: string | undefined): void {
    if (value !== undefined) this.text += this.object(id, value)
  }

  /** R10, R22: accounts and templates of networks, those with an id in this range. */
  templates(values: Templates, from: number, to: number): void {
    const ids = ascending(values)
    this.isSound &&= ids.length > 0
    for (const id of ids) {
      const tag = tagOf(id)
      if (tag < from || tag > to) throw InvalidCode.because('R21', { path: id })
      const value = values[id] ?? ''
      const text = this.inside(value, id)
      this.isSound &&= tag < 26 || (hasGuid(value) && !isOpaque(text))
      this.plain(id, text)
    }
  }

  template(id: string, values: Templates | undefined): void {
    if (values !== undefined) this.plain(id, this.inside(values, id))
  }

  /** The objects of a template; `00` is first because ids ascend. */
  private inside(value: PlainOrTemplate | Templates, path: string): string {
    if (typeof value === 'string') return value
    let text = ''
    for (const id of ascending(value)) {
      const inner = value[id] ?? ''
      const tag = tagOf(id)
      if (tag < 0) throw InvalidCode.because('R21', { path: `${path}.${id}` })
      if (path === '62') this.isSound &&= isAdditional(tag, inner)
      text += this.object(id, typeof inner === 'string' ? inner : this.inside(inner, `${path}.${id}`), path)
    }
    return text
  }

  /** @param template Where it stands. */
  private object(id: string, value: string, template?: string): string {
    const length = this.isExact || value.length > 99 ? countCharacters(value) : value.length
    if (length > 0 && length < 100) return id + pairOf(length) + value
    const path = template === undefined ? id : `${template}.${id}`
    throw length === 0
      ? InvalidCode.because('R26', { path })
      : InvalidCode.because('R01long', { path, found: `${length}` })
  }
}

/** R19. */
function isAdditional(tag: number, value: PlainOrTemplate): boolean {
  if (tag >= 50) return hasGuid(value)
  return typeof value === 'string' && wrongAdditional(tag, value) === undefined
}

function hasGuid(value: PlainOrTemplate): boolean {
  return typeof value !== 'string' && Object.hasOwn(value, '00') && isGuid(value['00'])
}

function ascending(values: Templates): readonly string[] {
  const ids = Object.keys(values)
  for (let at = 1; at < ids.length; at++) if ((ids[at] ?? '') < (ids[at - 1] ?? '')) return ids.sort()
  return ids
}
