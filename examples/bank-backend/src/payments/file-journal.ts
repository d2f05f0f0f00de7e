import { AppendOnlyFile } from '../platform/durable-file.ts'
import type { Journal } from './journal.ts'
import type { PaymentOrder } from './order.ts'
import { OrderIndex } from './order-index.ts'
import { parseLine, toLine } from './order-record.ts'
import type { OrderStatus } from './states.ts'

/** Something stands in the file that this program did not write there. */
class JournalUnreadable extends Error {
  override readonly name = 'JournalUnreadable'
}

export interface FileJournal extends Journal {
  close(): Promise<void>
}

/**
 * A journal in one file, for one process: a line of JSON for each move of an order, synced to the disk before the next
 * step. All orders are in memory; a bank with more of them than that has a database for it.
 *
 * @throws {JournalUnreadable}
 */
export async function openFileJournal(path: string): Promise<FileJournal> {
  const { file, lines } = await AppendOnlyFile.open(path)
  const index = new OrderIndex()
  for (const [at, line] of lines.entries()) {
    const order = parseLine(line)
    if (order === undefined) {
      await file.close()
      throw new JournalUnreadable(`line ${at + 1} of ${path} is no payment order`)
    }
    index.put(order)
  }
  return {
    find: (orderId) => index.find(orderId),
    findByPayment: (paymentId) => index.findByPayment(paymentId),
    unfinished: () => index.unfinished(),
    async record(order: PaymentOrder, from: OrderStatus | undefined) {
      index.require(order, from)
      await file.append(toLine(order))
      index.put(order)
    },
    close: () => file.close(),
  }
}
