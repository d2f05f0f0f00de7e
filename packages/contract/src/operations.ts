import {
  closeAccount,
  freezeAccount,
  getAccount,
  getAccountLimits,
  listAccountEntries,
  listAccounts,
  openAccount,
  unfreezeAccount,
} from './accounts.ts'
import {
  addAgentDevice,
  createAgent,
  getAgent,
  listAgentDecisions,
  listAgentDevices,
  listAgents,
  listEnrolments,
  reinstateAgent,
  revokeAgentDevice,
  suspendAgent,
} from './agents.ts'
import { hideAlias, resolveAlias, showAlias } from './aliases.ts'
import { appealCase, assignCase, decideCase, getCase, getCaseReport, listCases } from './cases.ts'
import {
  addConsumerDocumentPart,
  completeConsumerDocument,
  createConsumerDocument,
  getConsumerDocument,
  listConsumerDocuments,
  listConsumerDocumentViews,
  viewConsumerDocument,
} from './consumer-documents.ts'
import {
  approveConsumer,
  assignConsumer,
  closeConsumer,
  listConsumerDecisions,
  reinstateConsumer,
  rejectConsumer,
  returnConsumer,
  suspendConsumer,
  updateConsumer,
} from './consumer-reviews.ts'
import {
  confirmConsumerPhoneVerification,
  createConsumer,
  getConsumer,
  getConsumerRequirements,
  listConsumers,
  startConsumerPhoneVerification,
  submitConsumer,
  upgradeConsumer,
} from './consumers.ts'
import { listEvents, streamEvents } from './events.ts'
import {
  createImport,
  getImport,
  getImportResult,
  listImportRows,
  listImports,
  previewImport,
  resumeImport,
} from './imports.ts'
import { rotateKey, withdrawKey } from './keys.ts'
import {
  getEpochCheckpoint,
  getEpochTile,
  getLogCheckpoint,
  getLogConsistency,
  getLogOpenings,
  getLogProof,
  getLogTile,
  getPublishedCheckpoint,
  getPublishedTile,
  listLogLeaves,
} from './log.ts'
import {
  acceptMember,
  changeMember,
  createDevice,
  endDevice,
  inviteMember,
  listDevices,
  listMembers,
  pairDevice,
  removeMember,
} from './members.ts'
import {
  addMerchantDocumentPart,
  completeMerchantDocument,
  createMerchantDocument,
  getMerchantDocument,
  listMerchantDocuments,
  listMerchantDocumentViews,
  viewMerchantDocument,
} from './merchant-documents.ts'
import {
  approveMerchant,
  assignMerchant,
  closeMerchant,
  listMerchantDecisions,
  reinstateMerchant,
  rejectMerchant,
  returnMerchant,
  suspendMerchant,
  updateMerchant,
} from './merchant-reviews.ts'
import {
  confirmMerchantPhoneVerification,
  createMerchant,
  getMerchant,
  getMerchantRequirements,
  listMerchants,
  startMerchantPhoneVerification,
  submitMerchant,
  upgradeMerchant,
} from './merchants.ts'
import { createMonitoringRule, listMonitoringRules } from './monitoring-rules.ts'
import {
  cancelPaymentRequest,
  createPaymentRequest,
  getPaymentRequest,
  listPaymentRequests,
} from './payment-requests.ts'
import {
  cancelPayment,
  confirmPayment,
  createPayment,
  createRefund,
  getPayment,
  getPaymentReceipt,
  listPayments,
  listRefunds,
} from './payments.ts'
import { eraseConsumer, eraseMerchant, exportConsumer, exportMerchant } from './personal-data.ts'
import { confirmPhoneChange, startPhoneChange } from './phone-changes.ts'
import { getPolicy } from './policies.ts'
import { acceptPort, cancelPort, getPort, getPortBundle, listPorts, portMerchant } from './ports.ts'
import { parseQr, resolveQr } from './qr.ts'
import { createQrCode, getQrCode, getQrCodeSheet, listQrCodes, revokeQrCode } from './qr-codes.ts'
import { createReport, getTrialBalance, listTrialBalanceAccounts } from './reports.ts'
import { advanceSandboxClock, fundAccount, getSandboxClock, listInbox } from './sandbox.ts'
import {
  activateScreeningList,
  addScreeningListEntries,
  createScreeningList,
  getScreeningList,
  listScreeningListEntries,
  listScreeningLists,
  withdrawScreeningList,
} from './screening-lists.ts'
import {
  appealScreening,
  createScreening,
  decideScreening,
  getScreening,
  listScreenings,
  replayScreening,
} from './screenings.ts'
import {
  getHealth,
  getKeyDirectory,
  getMetrics,
  getOpenApi,
  getPublishedKeys,
  getReadiness,
  getVersion,
} from './service.ts'
import { confirmSession, endSession, getSelf, listSessions, refreshSession, startSession } from './sessions.ts'
import { getAccountStatement } from './statements.ts'
import { syncJournal } from './sync.ts'
import { getTenant, updateTenant } from './tenants.ts'
import {
  createExchange,
  createTransaction,
  getTransaction,
  listTransactions,
  postTransaction,
  reverseTransaction,
  voidTransaction,
} from './transactions.ts'

/** The heart: every operation, grouped as the SDK groups them. */
export const OPERATIONS = {
  merchants: {
    createMerchant,
    listMerchants,
    getMerchant,
    getMerchantRequirements,
    startMerchantPhoneVerification,
    confirmMerchantPhoneVerification,
    submitMerchant,
    upgradeMerchant,
    updateMerchant,
    assignMerchant,
    approveMerchant,
    returnMerchant,
    rejectMerchant,
    suspendMerchant,
    reinstateMerchant,
    closeMerchant,
    eraseMerchant,
    exportMerchant,
    listMerchantDecisions,
  },
  consumers: {
    createConsumer,
    listConsumers,
    getConsumer,
    getConsumerRequirements,
    startConsumerPhoneVerification,
    confirmConsumerPhoneVerification,
    submitConsumer,
    upgradeConsumer,
    updateConsumer,
    assignConsumer,
    approveConsumer,
    returnConsumer,
    rejectConsumer,
    suspendConsumer,
    reinstateConsumer,
    closeConsumer,
    eraseConsumer,
    exportConsumer,
    listConsumerDecisions,
  },
  ports: { portMerchant, listPorts, getPort, acceptPort, cancelPort, getPortBundle },
  agents: {
    createAgent,
    listAgents,
    getAgent,
    suspendAgent,
    reinstateAgent,
    listAgentDecisions,
    addAgentDevice,
    listAgentDevices,
    revokeAgentDevice,
    listEnrolments,
  },
  sync: { syncJournal },
  merchantDocuments: {
    createMerchantDocument,
    listMerchantDocuments,
    getMerchantDocument,
    addMerchantDocumentPart,
    completeMerchantDocument,
    viewMerchantDocument,
    listMerchantDocumentViews,
  },
  consumerDocuments: {
    createConsumerDocument,
    listConsumerDocuments,
    getConsumerDocument,
    addConsumerDocumentPart,
    completeConsumerDocument,
    viewConsumerDocument,
    listConsumerDocumentViews,
  },
  accounts: {
    openAccount,
    listAccounts,
    getAccount,
    getAccountLimits,
    freezeAccount,
    unfreezeAccount,
    closeAccount,
    listAccountEntries,
    getAccountStatement,
  },
  aliases: { resolveAlias, hideAlias, showAlias },
  reports: { getTrialBalance, listTrialBalanceAccounts, createReport },
  transactions: {
    createTransaction,
    createExchange,
    listTransactions,
    getTransaction,
    postTransaction,
    voidTransaction,
    reverseTransaction,
  },
  paymentRequests: { createPaymentRequest, listPaymentRequests, getPaymentRequest, cancelPaymentRequest },
  payments: {
    createPayment,
    listPayments,
    getPayment,
    confirmPayment,
    cancelPayment,
    createRefund,
    listRefunds,
    getPaymentReceipt,
  },
  qrCodes: { createQrCode, listQrCodes, getQrCode, revokeQrCode, getQrCodeSheet },
  qr: { parseQr, resolveQr },
  events: { listEvents, streamEvents },
  log: {
    getLogCheckpoint,
    getLogTile,
    getLogProof,
    getLogOpenings,
    getLogConsistency,
    listLogLeaves,
    getPublishedCheckpoint,
    getPublishedTile,
    getEpochCheckpoint,
    getEpochTile,
  },
  policies: { getPolicy },
  imports: {
    createImport,
    previewImport,
    listImports,
    getImport,
    resumeImport,
    listImportRows,
    getImportResult,
  },
  screeningLists: {
    createScreeningList,
    listScreeningLists,
    getScreeningList,
    addScreeningListEntries,
    listScreeningListEntries,
    activateScreeningList,
    withdrawScreeningList,
  },
  screenings: {
    createScreening,
    listScreenings,
    getScreening,
    replayScreening,
    decideScreening,
    appealScreening,
  },
  cases: { listCases, getCase, assignCase, decideCase, appealCase, getCaseReport },
  monitoringRules: { createMonitoringRule, listMonitoringRules },
  sessions: { startSession, confirmSession, refreshSession, listSessions, endSession, getSelf },
  phoneChanges: { startPhoneChange, confirmPhoneChange },
  members: { inviteMember, listMembers, acceptMember, changeMember, removeMember },
  devices: { createDevice, pairDevice, listDevices, endDevice },
  tenants: { getTenant, updateTenant },
  keys: { rotateKey, withdrawKey },
  sandbox: { fundAccount, listInbox, getSandboxClock, advanceSandboxClock },
  service: { getHealth, getReadiness, getMetrics, getVersion, getOpenApi, getPublishedKeys, getKeyDirectory },
} as const

export type OperationTable = typeof OPERATIONS
export type Resource = keyof OperationTable
