/** From evidence to the bytes of an answer. Pure: replaying the evidence anywhere gives the same bytes. */
import type { Missing } from './protocols/reading'
import type { Cut } from './read/cut'
import { computeFigure, type Evidence, type Figure, type FigureRequest } from './valuation/figure'
import { nonFinalValue } from './valuation/nonFinalValue'
import { inCanonicalOrder } from './wire/canonical'
import { type CollateralBody, collateralBody } from './wire/collateralBody'
import { controlBody } from './wire/controlBody'
import { isoTime, price, usd } from './wire/format'
import { type MarginPrint, marginBody } from './wire/marginBody'
import { orderedReference } from './wire/orderedReference'
import { rememberedHash } from './wire/rememberedHash'
import { stateHashOf } from './wire/stateHash'

export type Finality = 'latest' | 'safe' | 'finalized' | 'conservative'

export interface Question {
  readonly kind: 'collateral' | 'margin'
  readonly finality: Finality
  /** As it was asked: ISO time or `chain:block`; `null` for the newest cut. */
  readonly at: string | null
  readonly request: FigureRequest
}

/** Evidence at the cut asked for, and under `conservative` also at the finalized one (`null` when both are the same). */
export interface EvidencePair {
  readonly main: Evidence
  readonly finalized: Evidence | null
}

export interface Answer {
  readonly body: Readonly<Record<string, unknown>>
  readonly stateHash: `0x${string}`
  /** What the hash is taken of: everything needed to compute the answer again. */
  readonly replay: unknown
}

interface Printed {
  readonly figure: Figure
  readonly collateral: CollateralBody
  readonly margin: MarginPrint | null
}

/**
 * Answers a question. Under `conservative` the whole figure is computed at both cuts and the one with the lower excess (for
 * collateral: the lower credit) is the answer; quantities of two cuts are never mixed.
 * @throws EngineError when positions, market data or parameters cannot be used.
 */
export function answer(asked: Question, found: EvidencePair): Answer {
  const question = inCanonicalOrder(asked)
  const evidence: EvidencePair = {
    main: orderReference(found.main),
    finalized: found.finalized === null ? null : orderReference(found.finalized),
  }
  const main = print(question, evidence.main)
  const finalized = evidence.finalized === null ? null : print(question, evidence.finalized)
  const decisive = isLower(finalized, main) ? finalized : main
  const replay = replayOf(question, evidence, main.figure.report.parametersVersion)
  const stateHash = stateHashOf(replay, rememberedHash)
  const { figure, collateral, margin } = decisive
  const { totals } = collateral
  const addresses = question.request.addresses
  return {
    stateHash,
    replay,
    body: {
      account: addresses.length === 1 ? addresses[0] : null,
      addresses,
      ...(margin === null ? {} : { model: figure.report.model }),
      quoteCurrency: 'USD',
      grossCollateralValue: usd(totals.grossCollateralValue),
      debtValue: usd(totals.debtValue),
      grossEquity: usd(totals.grossEquity),
      nonRecourseShortfall: usd(totals.nonRecourseShortfall),
      haircutTotal: usd(totals.haircutTotal),
      collateralCredit: usd(totals.collateralCredit),
      ...controlBody(question.request.venue, figure.evidence.facts.agreements ?? [], totals),
      ...margin?.body,
      collateral: collateral.collateral,
      lendingUnits: collateral.lendingUnits,
      prices: figure.marks.map((mark) => ({
        asset: mark.asset,
        chain: mark.chain,
        source: mark.source,
        price: mark.price === null ? null : price(mark.price, 'down'),
        updatedAt: mark.updatedAt === null ? null : isoTime(mark.updatedAt),
        ageSeconds: mark.ageSeconds,
        usable: mark.reasonCode === null,
        reasonCode: mark.reasonCode,
      })),
      complete: figure.missing.length === 0,
      missing: figure.missing.map(printMissing),
      asOf: asOf(figure.evidence.cut),
      finality: printFinality(question, main, finalized),
      parametersVersion: figure.report.parametersVersion,
      stateHash,
    },
  }
}

/** The order of keys in a configuration file is no fact: no sum may depend on it. */
function orderReference({ cut, facts }: Evidence): Evidence {
  return { cut, facts: { ...facts, reference: orderedReference(facts.reference) } }
}

function print(question: Question, evidence: Evidence): Printed {
  const figure = computeFigure(evidence, question.request)
  const collateral = collateralBody(figure)
  const isStale = evidence.cut.excluded.some(({ required }) => required)
  return {
    figure,
    collateral,
    margin: question.kind === 'collateral' ? null : marginBody(figure, collateral.totals, isStale),
  }
}

/** The lower of two cuts is the more conservative. */
function isLower(finalized: Printed | null, main: Printed): finalized is Printed {
  return finalized !== null && measure(finalized) < measure(main)
}

/** What is compared between two cuts: the excess where there are requirements, else the credit. */
function measure({ margin, collateral }: Printed): bigint {
  return margin === null ? collateral.totals.collateralCredit : margin.excessInitialMargin
}

/** What was asked, which cut decided and by how much, and what of the newest cut could still be undone. */
function printFinality({ finality, kind }: Question, main: Printed, finalized: Printed | null) {
  const final = finalized ?? main
  const nonFinal = nonFinalValue(main.figure, asksForFinal(finality) ? final.figure.evidence.cut : null)
  const printed = {
    requested: finality,
    decisive: isLower(finalized, main) ? 'finalized' : finality === 'conservative' ? 'latest' : finality,
    nonFinal:
      nonFinal === null
        ? null
        : { grossCollateralValue: usd(nonFinal.grossCollateralValue), debtValue: usd(nonFinal.debtValue) },
  }
  if (finality !== 'conservative') return printed
  return {
    ...printed,
    compared: {
      figure: kind === 'collateral' ? 'collateralCredit' : 'excessInitialMargin',
      latest: usd(measure(main)),
      finalized: usd(measure(final)),
    },
    cuts: { latest: asOf(main.figure.evidence.cut), finalized: asOf(final.figure.evidence.cut) },
  }
}

function asksForFinal(finality: Finality): boolean {
  return finality === 'conservative' || finality === 'finalized'
}

/** The block of an answer that says when it is about. */
export function asOf(cut: Cut) {
  return { cut: isoTime(cut.time), chains: printChains(cut) }
}

function printChains(cut: Cut) {
  return Object.fromEntries(
    Object.entries(cut.chains).map(([chain, { timestamp, ...block }]) => [
      chain,
      { ...block, timestamp: isoTime(timestamp) },
    ]),
  )
}

function printMissing({ scope, chain, id, reasonCode, detail }: Missing) {
  return { scope, chain, id, reasonCode, detail }
}

/** Everything an answer is computed from, as it is hashed and sent along. */
function replayOf({ kind, finality, at, request }: Question, evidence: EvidencePair, parametersVersion: string) {
  return {
    ...replayOfCut(evidence.main),
    parametersVersion,
    request: { kind, finality, at, ...request },
    ...(evidence.finalized === null ? {} : { finalized: replayOfCut(evidence.finalized) }),
  }
}

/** What a figure rests on at one cut. */
export function replayOfCut({ cut, facts }: Evidence) {
  return { cut: isoTime(cut.time), chains: printChains(cut), excluded: cut.excluded, facts }
}
