/** Events say where to look. What they mean for a principal follows from indexes that move without events, so they are not added up. */
import { type Address, maxUint256, zeroAddress } from 'viem'
import { cometAbi as abi } from '../../../../abis/compound-v3/comet'
import { withEntry } from '../../../positions/withEntry'
import { changeLendingAccount } from '../../../positions/write'
import { writeOpening } from '../../../positions/writeOpening'
import { indexer } from '../../../runtime/indexer'
import { onEvent } from '../../../runtime/onEvent'
import { onSetup } from '../../../runtime/onSetup'
import { PROTOCOL, TERMS } from '../keys'
import { initialAccount } from './accounts'
import { touch } from './touch'

const CONTRACT = 'Comet'
const pair = (account: Address, asset: Address) => `${account}:${asset}`

export const eventHandlers = [
  onSetup(CONTRACT, async (facts) => {
    for (const { comet, isOlder } of indexer.resolved.compoundV3.comets) {
      if (isOlder) await writeOpening(facts, PROTOCOL, comet)
    }
  }),
  onEvent(CONTRACT, abi, 'Supply', (facts, { args, address }) => touch(facts, address, [args.dst])),
  onEvent(CONTRACT, abi, 'Withdraw', (facts, { args, address }) => touch(facts, address, [args.src])),
  onEvent(CONTRACT, abi, 'Transfer', (facts, { args: { from, to }, address }) =>
    touch(
      facts,
      address,
      [from, to].filter((account) => account !== zeroAddress),
    ),
  ),
  onEvent(CONTRACT, abi, 'SupplyCollateral', (facts, { args, address }) =>
    touch(facts, address, [pair(args.dst, args.asset)]),
  ),
  onEvent(CONTRACT, abi, 'TransferCollateral', (facts, { args: { from, to, asset }, address }) =>
    touch(facts, address, [pair(from, asset), pair(to, asset)]),
  ),
  onEvent(CONTRACT, abi, 'WithdrawCollateral', (facts, { args, address }) =>
    touch(facts, address, [pair(args.src, args.asset)]),
  ),
  onEvent(CONTRACT, abi, 'AbsorbDebt', (facts, { args, address }) => touch(facts, address, [args.borrower])),
  onEvent(CONTRACT, abi, 'AbsorbCollateral', (facts, { args, address }) =>
    touch(facts, address, [pair(args.borrower, args.asset)]),
  ),
  onEvent(CONTRACT, abi, 'BuyCollateral', (facts, { address }) => touch(facts, address, [])),
  onEvent(CONTRACT, abi, 'WithdrawReserves', (facts, { address }) => touch(facts, address, [])),
  onEvent(CONTRACT, abi, 'PauseAction', (facts, { address }) => touch(facts, address, [])),
  onEvent(CONTRACT, abi, 'Upgraded', (facts, { address }) => touch(facts, address, [TERMS])),
  onEvent(CONTRACT, abi, 'Approval', (facts, { args: { owner, spender, amount }, address }) =>
    changeLendingAccount(facts, { protocol: PROTOCOL, unit: address, account: owner }, initialAccount, (row) => ({
      authorisations: withEntry(row.authorisations, spender, amount === maxUint256),
    })),
  ),
]
