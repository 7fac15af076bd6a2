/** No answer came back at all: the service is down, the network is, or it took too long. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
  constructor(override readonly cause: unknown) {
    super('The service did not answer.')
  }
}
