import { OPERATIONS, type Operation, PROBLEMS, type ProblemCode, problemsOf } from '@pisto/contract'
import { code, GENERATED, page, table } from './markdown.ts'
import { PROBLEM_GUIDES } from './problem-guides.ts'

const CODES = Object.keys(PROBLEMS) as ProblemCode[]
const operations: readonly Operation[] = Object.values(OPERATIONS).flatMap((group) => Object.values(group))

/** A page for each code, and the list of all. */
export function problemPages(): ReadonlyMap<string, string> {
  const pages = CODES.map((each): [string, string] => [`docs/reference/problems/${each}.md`, problemPage(each)])
  return new Map([['docs/reference/problems/README.md', listPage()], ...pages])
}

function problemPage(problem: ProblemCode): string {
  const row: { status: number; title: string; titleEs: string; detail?: string; detailEs?: string } = PROBLEMS[problem]
  const [when, whatToDo, whenEs, whatToDoEs] = PROBLEM_GUIDES[problem]
  return page(
    GENERATED,
    `# ${code(problem)}`,
    `**${row.status} · ${row.title}**`,
    row.detail && `With its facts, \`detail\` says: ${row.detail}`,
    '## When it happens',
    when,
    '## What to do',
    whatToDo,
    `## En español`,
    `**${row.titleEs}**`,
    row.detailEs && `Con sus datos, \`detail\` dice: ${row.detailEs}`,
    `**Cuándo ocurre.** ${whenEs}`,
    `**Qué hacer.** ${whatToDoEs}`,
    '## Who answers with it',
    whoAnswers(problem),
    '[All problems](README.md) · [How errors work](../../concepts/errors.md)',
  )
}

/** More operations than these are not worth naming one by one. */
const MANY = 20

function whoAnswers(problem: ProblemCode): string {
  const found = operations.filter((operation) => problemsOf(operation).includes(problem))
  if (found.length === 0) return ELSEWHERE[problem] ?? 'No operation of its own.'
  if (found.length === operations.length) return 'Every operation.'
  if (found.length > MANY) return `${found.length} operations; see [operations](../operations.md).`
  return found
    .map(({ id, method, path }) => `- [${code(`${method} ${path}`)}](../operations.md#${id.toLowerCase()})`)
    .join('\n')
}

const ELSEWHERE: Partial<Record<ProblemCode, string>> = {
  route_not_found: 'The server, before any operation is known.',
  method_not_allowed: 'The server, before any operation is known.',
  amount_not_positive: 'The ledger; over HTTP the schemas refuse such an amount first.',
}

function listPage(): string {
  const byStatus = Map.groupBy(CODES, (each) => PROBLEMS[each].status)
  return page(
    GENERATED,
    '# Problems',
    'Every way a request can fail. Nothing else is ever answered. [How errors work](../../concepts/errors.md).',
    ...[...byStatus]
      .sort(([a], [b]) => a - b)
      .flatMap(([status, codes]) => [
        `## ${status}`,
        table(
          ['code', 'title', 'título'],
          codes.map((each) => [`[${code(each)}](${each}.md)`, PROBLEMS[each].title, PROBLEMS[each].titleEs]),
        ),
      ]),
  )
}
