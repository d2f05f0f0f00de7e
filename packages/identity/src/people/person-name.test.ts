import { expect, it } from 'vitest'
import { parsePersonName } from './person-name.ts'

const read = (text: string): string =>
  parsePersonName(text)
    .tokens.map(({ folded, part }) => `${folded}:${part[0]}`)
    .join(' ')

it.each([
  // written, words with their part (given, surname, married), why
  ['José Luis Pérez López', 'jose:g luis:g perez:s lopez:s', 'two given names, two surnames'],
  ['Gaspar Chuc', 'gaspar:g chuc:s', 'one of each'],
  ['Mirna Chinchilla Ulín', 'mirna:g chinchilla:s ulin:s', 'the second word is a surname'],
  ['Carlos Enrique Castillo', 'carlos:g enrique:g castillo:s', 'the second word is a given name'],
  ['CHUC MENCHU, Gaspar', 'gaspar:g chuc:s menchu:s', 'a comma after the surnames'],
  ['Escalante Pop Rigoberto', 'rigoberto:g escalante:s pop:s', 'surnames first without a comma'],
  ['María del Rosario Batres', 'maria:g rosario:g batres:s', 'a particle in given names'],
  ['Anselmo de la Cruz Bac', 'anselmo:g cruz:s bac:s', 'particles in a surname'],
  ['Irma Sical vda. de Coy', 'irma:g sical:s coy:m', 'a widow'],
  ['Rosa Gámez de Pinel', 'rosa:g gamez:s pinel:m', 'a married name'],
  ['Otto Ramiro de León', 'otto:g ramiro:g leon:s', 'de León is a surname'],
  ['Juan-Carlos Arzú', 'juan:g carlos:g arzu:s', 'a hyphen parts words'],
  ["Catarina B'atz' Ixb’alam", 'catarina:g batz:s ixbalam:s', 'apostrophes do not'],
  ['J.C. Pérez', 'j:g c:g perez:s', 'initials without space'],
  ['Lic. Edgar Xol', 'edgar:g xol:s', 'a title'],
  ['Iñigo MuÃ±oz', 'inigo:g munoz:s', 'doubly encoded text'],
  ['', '', 'nothing'],
] as const)('%s is %s: %s', (text, words, _why) => {
  expect(read(text)).toBe(words)
})

it('keeps particles for those who write them together', () => {
  expect(parsePersonName('Abel de los Reyes Tot').tokens.map(({ joined }) => joined)).toContain('delosreyes')
})

it.each([
  ['Arnoldo Nájera Quill hijo', 'younger'],
  ['Arnoldo Nájera Quill (h)', 'younger'],
  ['NAJERA QUILL, Arnoldo, Jr.', 'younger'],
  ['Arnoldo Nájera Quill padre', 'older'],
  ['Arnoldo Nájera Quill', undefined],
])('%s is of generation %s', (text, generation) => {
  expect(parsePersonName(text).generation).toBe(generation)
  expect(read(text)).toBe('arnoldo:g najera:s quill:s')
})

it.each([
  ['Nery "El Chino" Lemus', ['El Chino']],
  ['Nery Lemus alias El Chino', ['El Chino']],
  ['Nery Lemus (a) El Chino', ['El Chino']],
  ['Nery Lemus, conocido como Nery Paz', ['Nery Paz']],
  ['Nery (Chino) Lemus', ['Chino']],
])('%s has the aliases %j', (text, aliases) => {
  expect(parsePersonName(text).aliases).toEqual(aliases)
  expect(read(text)).toBe('nery:g lemus:s')
})

it.each([
  ['Chepe', 'Jose'],
  ['Juanita', 'Juana'],
  ['Carlitos', 'Carlos'],
  ['Chico', 'Francisco'],
])('%s stands for %s', (pet, full) => {
  const [nickname] = parsePersonName(pet).tokens
  const [formal] = parsePersonName(full).tokens
  expect(nickname?.formalKeys).toContain(formal?.key)
})
