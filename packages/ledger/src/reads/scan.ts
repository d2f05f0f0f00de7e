/**
 * How many rows one page looks at in the most: filters that no index serves (a purpose, a reference, a kind) are
 * looked for row by row, in the order of the list. A page that has looked at so many ends there, however few it has
 * found, and says where to go on: the work of one request has a bound whatever is asked for.
 *
 * @see https://google.aip.dev/158 "the service may return fewer results than the maximum page size"
 */
export const SCAN_LIMIT = 10_000
