/** `jaro-winkler` 0.2.8 has no types. */
declare module 'jaro-winkler' {
  /** 0 to 1. */
  export default function distance(a: string, b: string, options?: { readonly caseSensitive?: boolean }): number
}
