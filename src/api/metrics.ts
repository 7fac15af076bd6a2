/** Prometheus figures of this process and of the chains it answers from. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Reconciliation } from './read/loadReconciliation'
import type { StatusBody } from './statusBody'

export interface Metrics {
  observe(route: string, status: number, seconds: number): void
  /** The text exposition; chain gauges are set from `status` (`null` while the database does not answer), those of the audit from what it found last. */
  expose(status: StatusBody | null, audited: Reconciliation | null): Promise<string>
  readonly contentType: string
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, prefix: 'crossmargin_api_' })
  const requests = new Counter({
    name: 'crossmargin_requests_total',
    help: 'Answers by route and status',
    labelNames: ['route', 'status'],
    registers,
  })
  const seconds = new Histogram({
    name: 'crossmargin_request_seconds',
    help: 'Time to answer by route',
    labelNames: ['route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const ready = new Gauge({ name: 'crossmargin_ready', help: '1 while every required chain is fresh', registers })
  const inCut = new Gauge({
    name: 'crossmargin_chain_in_cut',
    help: '1 while the chain takes part in answers',
    labelNames: ['chain'],
    registers,
  })
  const lag = new Gauge({
    name: 'crossmargin_chain_lag_seconds',
    help: 'Seconds since the newest indexed block, by the wall clock',
    labelNames: ['chain'],
    registers,
  })
  const block = new Gauge({
    name: 'crossmargin_chain_indexed_block',
    help: 'Newest indexed block',
    labelNames: ['chain'],
    registers,
  })
  const ofProtocol = (name: string, help: string) =>
    new Gauge({ name, help, labelNames: ['chain', 'protocol'], registers })
  const checked = ofProtocol('crossmargin_audit_checked', 'Figures the last audit held against the contracts')
  const drift = ofProtocol('crossmargin_audit_drift', 'Figures of these that the contracts say otherwise')
  const quarantined = ofProtocol('crossmargin_quarantined', '1 while the protocol counts nothing because of that')
  const calls = new Gauge({
    name: 'crossmargin_audit_calls_per_minute',
    help: "Requests of the audit to the chain's nodes, over the last minutes",
    labelNames: ['chain'],
    registers,
  })
  return {
    contentType: registry.contentType,
    observe(route, status, elapsed) {
      requests.inc({ route, status: String(status) })
      seconds.observe({ route }, elapsed)
    },
    async expose(status, audited) {
      ready.set(status?.ready === true ? 1 : 0)
      for (const [chain, { inCut: isIn, lagSeconds, indexed }] of Object.entries(status?.chains ?? {})) {
        inCut.set({ chain }, isIn ? 1 : 0)
        if (lagSeconds !== null) lag.set({ chain }, lagSeconds)
        if (indexed !== null) block.set({ chain }, Number(indexed.blockNumber))
      }
      for (const gauge of [checked, drift, quarantined, calls]) gauge.reset()
      for (const { chain, callsPerMinute } of audited?.chains ?? []) calls.set({ chain }, Number(callsPerMinute))
      for (const { chain, protocol, quarantinedSince, ...row } of audited?.protocols ?? []) {
        checked.set({ chain, protocol }, row.checked)
        drift.set({ chain, protocol }, row.drift)
        quarantined.set({ chain, protocol }, quarantinedSince === null ? 0 : 1)
      }
      return registry.metrics()
    },
  }
}
