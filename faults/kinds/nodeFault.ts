import type { RpcFault } from '../rpc/types'
import type { Fault, Stage } from '../types'

/**
 * The nodes of one chain answer wrongly.
 * @param which all of them, or the one at this place in the product's list.
 */
export function nodeFault(
  name: string,
  chain: string,
  faultOf: (stage: Stage) => RpcFault,
  which: 'all' | number = 'all',
): Fault {
  return {
    name,
    chains: [chain],
    isTotal: false,
    async begin(stage) {
      const nodes = stage.nodes.get(chain)!.filter((_, place) => which === 'all' || place === which)
      const before = nodes.reduce((sum, { changed }) => sum + changed, 0)
      const fault = faultOf(stage)
      for (const node of nodes) node.use(fault)
      return {
        get changed() {
          return nodes.reduce((sum, { changed }) => sum + changed, 0) - before
        },
        async end() {
          for (const node of nodes) node.use(null)
        },
      }
    },
  }
}
