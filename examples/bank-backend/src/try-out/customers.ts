import type { SimulatedCustomer } from './core-simulator.ts'

/** The customers of the simulated core: 1001 has a tortilla shop, 1002 buys there. Their documents are made up. */
export const CUSTOMERS: readonly SimulatedCustomer[] = [
  {
    customerNumber: '1001',
    country: 'GT',
    givenNames: 'Rosa',
    familyNames: 'Umaña Pérez',
    dateOfBirth: '1988-04-12',
    document: { type: 'DPI', number: '1234567110101' },
    phone: '+50255550101',
    accountNumbers: ['002-1001'],
    balances: [{ amount: '80.00', currency: 'GTQ' }],
  },
  {
    customerNumber: '1002',
    country: 'GT',
    givenNames: 'Pedro',
    familyNames: 'Chub Caal',
    dateOfBirth: '1993-09-30',
    document: { type: 'DPI', number: '2345678210101' },
    phone: '+50255550102',
    accountNumbers: ['002-1002'],
    balances: [{ amount: '500.00', currency: 'GTQ' }],
  },
]
