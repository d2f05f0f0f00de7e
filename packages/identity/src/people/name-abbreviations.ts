/**
 * Abbreviations that are written with or without a full stop. Longer ones with a full stop follow a rule
 * (`isAbbreviationOf`): first letter, then letters of the word in their order.
 */
const WRITTEN: Readonly<Record<string, string>> = {
  ma: 'maria',
  fco: 'francisco',
  fsco: 'francisco',
  fca: 'francisca',
  gpe: 'guadalupe',
  gmo: 'guillermo',
  dgo: 'domingo',
  anto: 'antonio',
  fdo: 'fernando',
  stgo: 'santiago',
  jph: 'joseph',
  conc: 'concepcion',
  mgl: 'miguel',
  hdez: 'hernandez',
  hdz: 'hernandez',
  hndz: 'hernandez',
  fdez: 'fernandez',
  fdz: 'fernandez',
  rdz: 'rodriguez',
  rguez: 'rodriguez',
  rdguez: 'rodriguez',
  mtz: 'martinez',
  mtnez: 'martinez',
  mtinez: 'martinez',
  glez: 'gonzalez',
  gzlz: 'gonzalez',
  gzlez: 'gonzalez',
  gonz: 'gonzalez',
  gcia: 'garcia',
  lpz: 'lopez',
  prz: 'perez',
  pz: 'perez',
  gmz: 'gomez',
  rmz: 'ramirez',
  rmrz: 'ramirez',
  szch: 'sanchez',
  schz: 'sanchez',
  snchz: 'sanchez',
  vsqz: 'vasquez',
  vqz: 'vasquez',
  vlqz: 'velasquez',
  jmnz: 'jimenez',
  jmz: 'jimenez',
  gtz: 'gutierrez',
  gtrz: 'gutierrez',
  mdz: 'mendez',
  mndz: 'mendez',
  alvz: 'alvarez',
}

/** Abbreviation → the words it stands for, folded. */
export const NAME_ABBREVIATIONS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(WRITTEN).map(([short, long]) => [short, [long]]),
)

/**
 * May a word written with a full stop stand for the other one? `Hdez.` for Hernández, `Ant.` for Antonio, `Gpe.` for
 * Guadalupe: first letter, then letters in their order; ends like the word, or breaks it off.
 *
 * @param short At least two letters, folded, without its full stop.
 * @param long Folded.
 */
export function isAbbreviationOf(short: string, long: string): boolean {
  if (short.length < 2 || short.length >= long.length || short[0] !== long[0]) return false
  if (long.startsWith(short)) return true
  if (short.at(-1) !== long.at(-1)) return false
  let at = 0
  for (const letter of short) {
    at = long.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return true
}
