import { Command } from 'commander'
import type { Terminal } from '../terminal.ts'
import { qrBuildCommand } from './qr-build.ts'
import { qrDoctorCommand } from './qr-doctor.ts'
import { qrImageCommand, qrReadCommand } from './qr-image.ts'
import { qrParseCommand } from './qr-parse.ts'
import { qrSheetCommand } from './qr-sheet.ts'
import { qrVerifyCommand } from './qr-verify.ts'

export function qrCommand(terminal: Terminal): Command {
  return new Command('qr')
    .description('payment codes (EMV merchant-presented and consumer-presented)')
    .addCommand(qrParseCommand(terminal))
    .addCommand(qrDoctorCommand(terminal))
    .addCommand(qrBuildCommand(terminal))
    .addCommand(qrVerifyCommand(terminal))
    .addCommand(qrImageCommand(terminal))
    .addCommand(qrReadCommand(terminal))
    .addCommand(qrSheetCommand(terminal))
}
