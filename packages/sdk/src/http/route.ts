import type {
  Alternative,
  FileType,
  Operation,
  OperationInput,
  OperationOutput,
  OperationTable,
  Resource,
  UploadedFile,
} from '@pisto/contract'
import type { ROUTES } from '../routes.generated.ts'
import type { FileUpload } from './upload.ts'

/** What a call needs to know of an operation. */
export interface Route extends Pick<Operation, 'method' | 'path' | 'idempotencyKey' | 'formats'> {
  readonly mediaType?: Operation['mediaType'] | FileType | Alternative['mediaType']
}

export type OperationId = keyof typeof ROUTES

type AnyOperation = { [R in Resource]: OperationTable[R][keyof OperationTable[R]] }[Resource]
type OperationOf<Id extends OperationId> = Extract<AnyOperation, { readonly id: Id }>

/** Path parameters by name, and `query`, `body` and `file` where the operation has them. */
export type Input<Id extends OperationId> = Sent<OperationInput<OperationOf<Id>>>
type Sent<I> = I extends { readonly file: UploadedFile } ? Omit<I, 'file'> & { readonly file: FileUpload } : I
export type Output<Id extends OperationId> = OperationOutput<OperationOf<Id>>

/** The operations that also answer in that form, whatever else they answer with. */
type AlsoAs<Form extends string> = {
  [Id in OperationId]: OperationOf<Id> extends { readonly alternatives: readonly (infer A)[] }
    ? Extract<A, { readonly mediaType: Form }> extends never
      ? never
      : Id
    : never
}[OperationId]

/** The operations that also answer with text. */
export type TextId = AlsoAs<'text/plain'>

/** The operations that also answer with a picture. */
export type ImageId = AlsoAs<'image/svg+xml'> & AlsoAs<'image/png'>

/** The operations that answer with files. */
export type FileId = {
  [Id in OperationId]: OperationOf<Id> extends { readonly formats: object } ? Id : never
}[OperationId]

/** What an operation's file can be: CSV, PDF, … */
export type FileFormat<Id extends FileId> =
  OperationOf<Id> extends { readonly formats: infer F } ? Exclude<keyof F & string, 'json'> : never

/** The query of an operation: how a list is filtered. */
export type Query<Id extends OperationId> = Input<Id> extends { readonly query: infer Q } ? Q : never

/** The operations that answer with pages. */
export type ListId = {
  [Id in OperationId]: Output<Id> extends { data: unknown[]; nextCursor: string | null } ? Id : never
}[OperationId]

export type Item<Id extends ListId> = Output<Id> extends { data: (infer T)[] } ? T : never
