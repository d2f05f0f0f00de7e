/**
 * The machine-readable zone of an identity document, compared with what somebody typed (`@pisto/identity/mrz`). Pure,
 * in browsers and in Node. Apart from the package's main door because of the parser that it brings.
 */
export {
  checkMrz,
  type MrzAnswer,
  type MrzCode,
  type MrzField,
  type MrzFinding,
  type TypedIdentity,
} from './check-mrz.ts'
export { findingIn as mrzFinding } from './texts.ts'
