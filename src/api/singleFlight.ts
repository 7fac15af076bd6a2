/** Callers that ask the same thing at the same moment share one answer; nothing is kept once it is there. */
export function singleFlight<T>(): (key: string, compute: () => Promise<T>) => Promise<T> {
  const inFlight = new Map<string, Promise<T>>()
  return (key, compute) => {
    const running = inFlight.get(key)
    if (running !== undefined) return running
    const started = compute().finally(() => inFlight.delete(key))
    inFlight.set(key, started)
    return started
  }
}
