import type { MarginAnswer, SeededAccount, StatusAnswer } from './api/answer'
import { fetchMargin, fetchSeededAccounts, fetchStatus } from './api/api'
import { parseAddress } from './route/parseAddress'
import { type Finality, formatRoute, type Model, parseRoute, type Route } from './route/route'
import { ServerClock } from './serverClock'
import { announcement, pageTitle } from './text/announcement'
import { explainProblem, type ProblemText } from './text/problems'
import { tickAges } from './view/age'
import { answerView } from './view/answerView'
import { element } from './view/element'
import { morph } from './view/morph'
import { problemView } from './view/problemView'
import { seededList } from './view/seededList'
import { waitingView, welcomeView } from './view/welcomeView'

const refreshMilliseconds = 5_000
const tickMilliseconds = 1_000

/** The page: keeps what is shown true to the URL, and fresh while anyone looks at it. */
export class Page {
  private readonly clock = new ServerClock()
  private route: Route = parseRoute(location.hash)
  private answer: MarginAnswer | null = null
  private answeredAt: number | null = null
  private status: StatusAnswer | null = null
  private seeded: readonly SeededAccount[] = []
  private problem: ProblemText | null = null
  private request: AbortController | null = null
  private due = 0
  private announced = ''

  start(): void {
    addEventListener('hashchange', () => this.follow())
    addEventListener('keydown', (event) => this.onKey(event))
    document.addEventListener('visibilitychange', () => this.tick())
    part('ask').addEventListener('submit', (event) => this.onAsk(event))
    for (const name of ['model', 'finality', 'venue']) part(name).addEventListener('change', () => this.onChoice())
    part('skip').addEventListener('click', () => part('main').focus())
    setInterval(() => this.tick(), tickMilliseconds)
    void this.loadSeeded()
    this.follow()
  }

  /** Takes over what the URL asks for. */
  private follow(): void {
    this.request?.abort()
    this.request = null
    const next = parseRoute(location.hash)
    if (formatRoute(next) !== formatRoute(this.route)) {
      this.answer = null
      this.answeredAt = null
    }
    this.route = next
    this.problem = null
    this.showInputProblem('')
    part<HTMLInputElement>('account').value = next.account
    part<HTMLSelectElement>('model').value = next.model
    part<HTMLSelectElement>('finality').value = next.finality
    part<HTMLInputElement>('venue').value = next.venue
    this.due = 0
    this.render()
    this.tick()
  }

  private onAsk(event: Event): void {
    event.preventDefault()
    const asked = parseAddress(part<HTMLInputElement>('account').value)
    this.showInputProblem(asked.kind === 'problem' ? asked.message : '')
    if (asked.kind === 'address') this.go({ ...this.chosen(), account: asked.address })
  }

  private onChoice(): void {
    this.go({ ...this.chosen(), account: this.route.account })
  }

  private go(route: Route): void {
    const hash = formatRoute(route)
    if (route.account === '') {
      // The URL carries nothing yet, but the choice holds for the account asked for next.
      this.route = route
      this.render()
    } else if (hash === location.hash) this.follow()
    else location.hash = hash
  }

  private chosen(): Omit<Route, 'account'> {
    return {
      model: part<HTMLSelectElement>('model').value as Model,
      finality: part<HTMLSelectElement>('finality').value as Finality,
      venue: part<HTMLInputElement>('venue').value.trim().toLowerCase(),
    }
  }

  private onKey(event: KeyboardEvent): void {
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    part<HTMLInputElement>('account').select()
  }

  private tick(): void {
    tickAges(document, this.clock.now())
    if (document.hidden || this.request !== null || Date.now() < this.due || this.route.account === '') return
    void this.refresh()
  }

  /** Asks for the figure once; a request for another account meanwhile makes its reply void. */
  private async refresh(): Promise<void> {
    const asked = parseAddress(this.route.account)
    this.due = Date.now() + refreshMilliseconds
    if (asked.kind === 'problem') {
      this.showInputProblem(asked.message)
      return
    }
    const request = new AbortController()
    this.request = request
    this.markBusy(true)
    try {
      const [margin, status] = await Promise.all([
        fetchMargin(asked.address, this.route, request.signal),
        fetchStatus(request.signal).catch(() => null),
      ])
      if (request.signal.aborted) return
      this.clock.learn(margin.servedAt, Date.now())
      this.answer = margin.body
      this.answeredAt = this.clock.now()
      this.status = status?.body ?? null
      this.problem = null
    } catch (error) {
      if (request.signal.aborted) return
      this.problem = explainProblem(error)
    }
    this.request = null
    this.due = Date.now() + refreshMilliseconds
    this.markBusy(false)
    this.render()
  }

  private async loadSeeded(): Promise<void> {
    this.seeded = await fetchSeededAccounts(new AbortController().signal)
    this.render()
  }

  private render(): void {
    const now = this.clock.now()
    const list = seededList(this.seeded, this.route)
    document.body.classList.toggle('with-accounts', list !== null)
    part('accounts').hidden = list === null
    if (list !== null) morph(part('accounts-list'), element('div', { id: 'accounts-list' }, list))
    const shown = [
      this.problem === null ? null : problemView(this.problem, this.answeredAt, now),
      this.answer === null ? this.waiting() : this.answerPart(this.answer, now),
    ]
    morph(part('content'), element('div', { id: 'content' }, ...shown))
    this.announce()
  }

  private answerPart(answer: MarginAnswer, now: number): HTMLElement {
    try {
      const view = answerView(answer, this.status, now)
      view.classList.toggle('held', this.problem !== null)
      return view
    } catch (error) {
      return problemView(explainProblem(error), null, now)
    }
  }

  private waiting(): HTMLElement | null {
    if (this.problem !== null) return null
    const isAsked = this.route.account !== '' && this.inputProblem() === ''
    return isAsked ? waitingView() : welcomeView(this.seeded.length > 0)
  }

  /** Says a change of account, status or completeness aloud once; a figure that moves is not news. */
  private announce(): void {
    const { answer, problem } = this
    document.title = pageTitle(answer)
    const state = problem?.title ?? (answer === null ? '' : `${answer.account} ${answer.status} ${answer.complete}`)
    if (state === this.announced || state === '') return
    this.announced = state
    part('live').textContent = problem?.title ?? announcement(answer!)
  }

  private showInputProblem(message: string): void {
    const input = part<HTMLInputElement>('account')
    if (this.inputProblem() !== message) part('account-problem').textContent = message
    if (message === '') input.removeAttribute('aria-invalid')
    else input.setAttribute('aria-invalid', 'true')
    if (message !== '' && this.answer === null) this.render()
  }

  private inputProblem(): string {
    return part('account-problem').textContent ?? ''
  }

  private markBusy(busy: boolean): void {
    part('main').setAttribute('aria-busy', String(busy))
  }
}

function part<T extends HTMLElement = HTMLElement>(id: string): T {
  const node = document.getElementById(id)
  if (node === null) throw new Error(`index.html has no element with the id "${id}"`)
  return node as T
}
