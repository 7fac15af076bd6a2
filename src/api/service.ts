/** What the routes ask: answers from one snapshot of the database each. */
import type { Config } from '../../config/schema'
import { type Answer, answer, type EvidencePair, type Question } from './answer'
import { type Book, computeBook } from './computeBook'
import { chainSettingsOf, referenceOf } from './context'
import { oneAtATime } from './oneAtATime'
import { type ChooseCut, chooseCut } from './read/chooseCut'
import type { Cut, Tier } from './read/cut'
import type { Database, Snapshot } from './read/database'
import { type At, type CutWithSchemas, loadCut, loadFacts, loadHistory, type ReadContext } from './read/loadEvidence'
import { loadReconciliation, type Reconciliation } from './read/loadReconciliation'
import { createPoolCache } from './read/poolCache'
import { createPriceHistory } from './read/priceHistory/createPriceHistory'
import type { HistorySpan } from './read/priceHistory/types'
import type { RpcStatus } from './read/tierSource'
import { rememberBooks } from './rememberBooks'
import { singleFlight } from './singleFlight'
import { type StatusBody, statusBody } from './statusBody'
import type { Evidence, FigureRequest } from './valuation/figure'
import { historySpan } from './valuation/marketHistory/historySpan'

/** A book costs as much as thousands of accounts: more than these in a row are refused. */
const booksWaiting = 4

export interface Service {
  readonly config: Config
  /** Answers a question about accounts; identical questions in flight share one answer. */
  ask(question: Question, at: At | null): Promise<Answer>
  /** Everybody's collateral at one cut. Whoever asks for the same cut shares the answer; different cuts are computed in turn. */
  book(tier: Tier, at: At | null): Promise<Book>
  status(): Promise<StatusBody>
  /** What the audit found last, by chain and protocol. */
  reconciliation(): Promise<Reconciliation>
  /** What the price sources said at the cut asked for and before it, as far as a parameter set looks back. */
  marketEvidence(tier: Tier, at: At | null, parameters: string): Promise<Evidence>
  /** Reads inside one snapshot at the cut asked for. */
  atCut<T>(
    tier: Tier,
    at: At | null,
    read: (snapshot: Snapshot, cut: Cut, schemas: ReadonlyMap<string, string>) => Promise<T>,
  ): Promise<T>
}

export interface ServiceOptions {
  readonly config: Config
  readonly database: Database
  /** What this process knows of each chain's RPC. */
  readonly rpc: { of(chain: string): RpcStatus }
  /** Unix seconds; injected so that tests can move it. */
  readonly clock?: () => number
  /** How one instant for all chains is found; injected by the test that shows what happens without one. */
  readonly choose?: ChooseCut
}

export function createService({
  config,
  database,
  rpc,
  clock = systemClock,
  choose = chooseCut,
}: ServiceOptions): Service {
  const chains = chainSettingsOf(config)
  const reference = referenceOf(config)
  const contextNow = (): ReadContext => ({
    chains,
    reference,
    now: config.clock === 'system' ? clock() : null,
    choose,
  })
  const share = singleFlight<Answer>()
  const readHistory = createPriceHistory()
  const readPools = createPoolCache()
  const shareBook = singleFlight<Book>()
  const remembered = rememberBooks()
  const inTurn = oneAtATime(booksWaiting)

  const load = async (
    snapshot: Snapshot,
    cut: CutWithSchemas,
    { addresses, venue }: Pick<FigureRequest, 'addresses' | 'venue'>,
    span: HistorySpan | null,
  ): Promise<Evidence> => {
    const [facts, history] = await Promise.all([
      loadFacts(snapshot, cut, reference, addresses, venue, readPools),
      span === null ? null : loadHistory(snapshot, cut, reference, span, readHistory),
    ])
    return { cut: cut.cut, facts: history === null ? facts : { ...facts, history } }
  }

  const loadPair = async (question: Question, at: At | null): Promise<EvidencePair> => {
    const { request } = question
    // What collateral is worth today does not rest on past prices.
    const span = question.kind === 'collateral' ? null : historySpan(request.parameters)
    return database.snapshot(async (snapshot) => {
      const context = contextNow()
      const mainTier = question.finality === 'conservative' ? 'latest' : question.finality
      const [main, finalized] = await Promise.all([
        loadCut(snapshot, context, mainTier, at, false),
        question.finality === 'conservative' ? loadCut(snapshot, context, 'finalized', at, true) : null,
      ])
      const isOneCut = finalized === null || isSameCut(main.cut, finalized.cut)
      const [mainEvidence, finalizedEvidence] = await Promise.all([
        // Where both are the same blocks, they are read under the stronger name.
        load(snapshot, finalized !== null && isOneCut ? finalized : main, request, span),
        isOneCut ? null : load(snapshot, finalized, request, span),
      ])
      return { main: mainEvidence, finalized: finalizedEvidence }
    })
  }

  return {
    config,
    ask: (question, at) => share(JSON.stringify(question), async () => answer(question, await loadPair(question, at))),
    book: (tier, at) =>
      shareBook(JSON.stringify([tier, at]), () =>
        inTurn(() =>
          database.snapshot(async (snapshot) => {
            const basis = await loadCut(snapshot, contextNow(), tier, at, false)
            return remembered(basis, () => computeBook(snapshot, basis, reference))
          }),
        ),
      ),
    reconciliation: () => database.snapshot(loadReconciliation),
    status: () => database.snapshot((snapshot) => statusBody(snapshot, contextNow(), rpc, clock())),
    marketEvidence: async (tier, at, parameters) => {
      const span = historySpan(parameters)
      return database.snapshot(async (snapshot) =>
        load(snapshot, await loadCut(snapshot, contextNow(), tier, at, false), { addresses: [], venue: null }, span),
      )
    },
    atCut: (tier, at, read) =>
      database.snapshot(async (snapshot) => {
        const { cut, schemas } = await loadCut(snapshot, contextNow(), tier, at, false)
        return read(snapshot, cut, schemas)
      }),
  }
}

function isSameCut(a: Cut, b: Cut): boolean {
  const blocks = (cut: Cut) =>
    Object.entries(cut.chains)
      .map(([chain, { blockHash }]) => `${chain} ${blockHash}`)
      .join()
  return a.time === b.time && blocks(a) === blocks(b)
}

function systemClock(): number {
  return Math.floor(Date.now() / 1000)
}
