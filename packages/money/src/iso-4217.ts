/**
 * Every number of ISO 4217, also of currencies Pisto cannot hold: a QR reader must tell a foreign
 * currency from a mistake. Kept as one string because it travels to browsers.
 *
 * @see ISO 4217:2015 table A.1, as of 2026-01-01 (Debian iso-codes 4.15 with 396 XAD and 924 ZWG);
 *   without 963 (testing) and 999 (no currency)
 */
const NUMBERS =
  '008 012 032 036 044 048 050 051 052 060 064 068 072 084 090 096 104 108 116 124 132 136 144 152 156 170 174 188 ' +
  '191 192 203 208 214 222 230 232 238 242 262 270 292 320 324 328 332 340 344 348 352 356 360 364 368 376 388 392 ' +
  '396 398 400 404 408 410 414 417 418 422 426 430 434 446 454 458 462 480 484 496 498 504 512 516 524 532 533 548 ' +
  '554 558 566 578 586 590 598 600 604 608 634 643 646 654 682 690 694 702 704 706 710 728 748 752 756 760 764 776 ' +
  '780 784 788 800 807 818 826 834 840 858 860 882 886 901 924 925 926 927 928 929 930 931 932 933 934 936 938 940 ' +
  '941 943 944 946 947 948 949 950 951 952 953 955 956 957 958 959 960 961 962 964 965 967 968 969 970 971 972 973 ' +
  '975 976 977 978 979 980 981 984 985 986 990 994 997'

/** Those whose minor unit is not two digits. */
const UNUSUAL_DIGITS: Readonly<Record<number, string>> = {
  0: '108 152 174 262 324 352 392 410 548 600 646 704 800 940 950 952 953',
  3: '048 368 400 414 434 512 788',
  4: '927 990',
}

const DIGITS = new Map(NUMBERS.split(' ').map((number) => [number, 2]))
for (const [digits, numbers] of Object.entries(UNUSUAL_DIGITS)) {
  for (const number of numbers.split(' ')) DIGITS.set(number, Number(digits))
}

/**
 * Digits after the point of a currency by its ISO 4217 number.
 *
 * @param number Three ASCII digits, leading zeros kept.
 * @returns `undefined` if ISO 4217 has no such number.
 * @example
 * digitsOfNumber('320') // 2
 * digitsOfNumber('152') // 0, Chilean pesos have no cents
 * digitsOfNumber('321') // undefined
 */
export function digitsOfNumber(number: string): number | undefined {
  return DIGITS.get(number)
}
