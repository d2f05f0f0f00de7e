import { askedKeys, mayMatch, type ScreeningSubject } from '@pisto/identity/screening'
import { type BlindKeys, isOfToday } from './people-keys.ts'

/** Tells from somebody's keys whether changed entries could affect them. Never false for whom one matches. */
export type Affects = (keys: Uint8Array) => boolean

/** @param blind As the people's keys were hashed. */
export function affectedBy(entries: Iterable<ScreeningSubject>, blind: BlindKeys): Affects {
  const byKey = { person: new Map<number, number[]>(), organisation: new Map<number, number[]>() }
  const birthDates: boolean[] = []
  for (const entry of entries) {
    const asked = askedKeys(entry)
    if (asked === undefined) return () => true
    const number = birthDates.push(entry.dob !== undefined) - 1
    const map = byKey[asked.kind]
    const hashes = blind([...asked.keys])
    for (let at = 0; at < hashes.length; at += KEY_BYTES) {
      const hash = hashes.readUInt32LE(at)
      const numbers = map.get(hash)
      if (numbers === undefined) map.set(hash, [number])
      else if (numbers.at(-1) !== number) numbers.push(number)
    }
  }
  return (keys) => isAffected(keys, byKey, birthDates)
}

const KEY_BYTES = 4

type ByKey = Readonly<Record<'person' | 'organisation', ReadonlyMap<number, readonly number[]>>>

function isAffected(keys: Uint8Array, byKey: ByKey, birthDates: readonly boolean[]): boolean {
  if (!isOfToday(keys)) return true
  const view = new DataView(keys.buffer, keys.byteOffset, keys.byteLength)
  let at = 1
  while (at < keys.length) {
    const kind = view.getUint8(at) === 0 ? 'person' : 'organisation'
    const words = view.getUint8(at + 1)
    at += 2
    const shared = new Map<number, { weight: number; count: number; last: number }>()
    for (let word = 0; word < words; word++) {
      const [weight, count, size] = [view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2)]
      at += 3
      for (let key = 0; key < size; key++, at += 4) {
        for (const entry of byKey[kind].get(view.getUint32(at, true)) ?? []) {
          const sum = shared.get(entry)
          if (sum === undefined) shared.set(entry, { weight, count, last: word })
          else if (sum.last !== word) {
            sum.weight += weight
            sum.count += count
            sum.last = word
          }
        }
      }
    }
    for (const [entry, { weight, count }] of shared)
      if (mayMatch({ kind, weight, count, hasBirthDate: birthDates[entry] ?? false })) return true
  }
  return false
}
