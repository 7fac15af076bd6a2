/** Fees, their recipient, the owner, and whom accounts let act for them. */
import type { Address } from 'viem'
import { morphoBlueAbi as abi } from '../../../../abis/morpho-blue/morpho'
import { withEntry } from '../../../positions/withEntry'
import { changeLendingAccount, changeMarket, changeMarketParameters } from '../../../positions/write'
import type { Facts } from '../../../runtime/facts'
import { onEvent } from '../../../runtime/onEvent'
import { contractKey, PROTOCOL } from '../keys'
import { emptyParameters, ensureMarket, initialContract } from './before'
import { deploymentOf, isIndexed, keyOf } from './deployments'
import { changeTotals } from './state'

const CONTRACT = 'MorphoBlue'

const initialAccount = { collateralBitmap: 0n, emode: 0, authorisations: [] as readonly string[] }

async function changeContract(facts: Facts, morpho: Address, values: { feeRecipient: Address } | { owner: Address }) {
  await changeMarket(facts, contractKey(morpho), initialContract(morpho), () => values)
}

export const governanceHandlers = [
  onEvent(CONTRACT, abi, 'SetFee', async (facts, { args, address }) => {
    const deployment = deploymentOf(address)
    if (!isIndexed(deployment, args.id)) return
    await ensureMarket(facts, deployment, args.id)
    const key = keyOf(deployment, args.id)
    await changeMarketParameters(facts, key, emptyParameters, () => ({ reserveFactor: args.newFee }))
    // The market was accrued with the old fee first.
    await changeTotals(facts, key, (totals) => totals)
  }),
  onEvent(CONTRACT, abi, 'SetFeeRecipient', (facts, { args, address }) =>
    changeContract(facts, address, { feeRecipient: args.newFeeRecipient }),
  ),
  onEvent(CONTRACT, abi, 'SetOwner', (facts, { args, address }) =>
    changeContract(facts, address, { owner: args.newOwner }),
  ),
  onEvent(CONTRACT, abi, 'SetAuthorization', (facts, { args, address }) =>
    changeLendingAccount(
      facts,
      { protocol: PROTOCOL, unit: address, account: args.authorizer },
      initialAccount,
      ({ authorisations }) => ({ authorisations: withEntry(authorisations, args.authorized, args.newIsAuthorized) }),
    ),
  ),
]
