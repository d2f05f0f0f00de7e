import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { csvLine } from './csv.ts'

it.each([
  // text, cell, why
  ['=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")', 'a formula'],
  ['+1', "'+1", 'another beginning of one'],
  ['-2+3', "'-2+3", 'another'],
  ['@SUM(A1)', "'@SUM(A1)", 'as old spreadsheets write them'],
  ['\t=1', "'\t=1", 'behind a tab'],
  [' =1', "' =1", 'behind a space'],
  ['＝1', "'＝1", 'full width'],
  ['Mesa 4, "la buena"', 'Mesa 4, "la buena"', 'quotes and commas are quoted'],
  ['dos\nlíneas', 'dos\nlíneas', 'so is a line end'],
  ['Café ñandú', 'Café ñandú', 'letters stay'],
  ['', '', 'nothing stays nothing'],
])('text %j is read back as %j: %s', (text, cell, _why) => {
  const line = csvLine([{ text }, { own: '-12.50' }])

  expect(line.endsWith('\r\n')).toBe(true)
  expect(parse(line)).toEqual([[cell, '-12.50']])
})
