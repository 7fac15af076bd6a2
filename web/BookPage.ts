import { fetchConcentration, fetchCoverage } from './api/api'
import type { ConcentrationAnswer, CoverageAnswer } from './api/bookAnswer'
import { ServerClock } from './serverClock'
import { explainProblem, type ProblemText } from './text/problems'
import { tickAges } from './view/age'
import { bookView } from './view/bookView'
import { element } from './view/element'
import { morph } from './view/morph'
import { problemView } from './view/problemView'

/** A book is as much work as thousands of accounts: it is asked for less often than a figure. */
const refreshMilliseconds = 15_000
const tickMilliseconds = 1_000
const defaultAxis = 'asset'

/** All accounts together, by the axis that the URL names (`/book#by=chain`), fresh while anyone looks at it. */
export class BookPage {
  private readonly clock = new ServerClock()
  private shown: { readonly answer: ConcentrationAnswer; readonly coverage: CoverageAnswer } | null = null
  private answeredAt: number | null = null
  private problem: ProblemText | null = null
  private request: AbortController | null = null
  private due = 0

  start(): void {
    addEventListener('hashchange', () => this.follow())
    document.addEventListener('visibilitychange', () => this.tick())
    part<HTMLSelectElement>('by').addEventListener('change', () => {
      location.hash = `by=${part<HTMLSelectElement>('by').value}`
    })
    setInterval(() => this.tick(), tickMilliseconds)
    this.follow()
  }

  private follow(): void {
    this.request?.abort()
    this.request = null
    this.problem = null
    this.due = 0
    part<HTMLSelectElement>('by').value = axis()
    this.tick()
  }

  private tick(): void {
    tickAges(document, this.clock.now())
    if (document.hidden || this.request !== null || Date.now() < this.due) return
    void this.refresh()
  }

  private async refresh(): Promise<void> {
    const request = new AbortController()
    this.request = request
    part('main').setAttribute('aria-busy', 'true')
    try {
      const [answer, coverage] = await Promise.all([
        fetchConcentration(axis(), request.signal),
        fetchCoverage(request.signal),
      ])
      if (request.signal.aborted) return
      this.clock.learn(answer.servedAt, Date.now())
      this.shown = { answer: answer.body, coverage: coverage.body }
      this.answeredAt = this.clock.now()
      this.problem = null
    } catch (error) {
      if (request.signal.aborted) return
      this.problem = explainProblem(error)
    }
    this.request = null
    this.due = Date.now() + refreshMilliseconds
    part('main').setAttribute('aria-busy', 'false')
    this.render()
  }

  private render(): void {
    const now = this.clock.now()
    const parts = [
      this.problem === null ? null : problemView(this.problem, this.answeredAt, now),
      this.shown === null ? null : bookView(this.shown.answer, this.shown.coverage, now),
    ]
    morph(part('content'), element('div', { id: 'content' }, ...parts))
  }
}

function axis(): string {
  return new URLSearchParams(location.hash.slice(1)).get('by') ?? defaultAxis
}

function part<T extends HTMLElement = HTMLElement>(id: string): T {
  const node = document.getElementById(id)
  if (node === null) throw new Error(`book.html has no element with the id "${id}"`)
  return node as T
}
