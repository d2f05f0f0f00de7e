import type { ListInForce } from '../screening/lists/list.ts'
import { listsInForce } from '../screening/screen-lists.ts'
import type { ScreeningMoment } from '../screening/screen-person.ts'

/**
 * Reads the lists in force once for all plans of one batch. The next batch, which has another time, reads them anew: what
 * was true for one need not be for the next.
 */
export class SharedLists {
  #moment: ScreeningMoment | undefined
  #lists: Promise<readonly ListInForce[]> | undefined

  at(moment: ScreeningMoment): Promise<readonly ListInForce[]> {
    const { reader, tenantId, time } = moment
    const isSame = this.#moment?.reader === reader && this.#moment.time.getTime() === time.getTime()
    if (!isSame || this.#lists === undefined) {
      this.#moment = moment
      this.#lists = listsInForce(reader, tenantId, time)
    }
    return this.#lists
  }
}
