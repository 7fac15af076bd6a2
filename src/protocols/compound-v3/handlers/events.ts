/** Events say where to look. What they mean for a principal follows from indexes that move without events, so they are not added up. */
import { type Address, maxUint256, zeroAddress } from 'viem'
import { cometAbi as abi } from '../../../../abis/compound-v3/comet'
import { withEntry } from '../../../positions/withEntry'
import { changeLendingAccount } from '../../../positions/write'
import { onEvent } from '../../../runtime/onEvent'
import { PROTOCOL, TERMS } from '../keys'
import { initialAccount } from './accounts'
import { ensureAccounts } from './before'
import { touch } from './touch'

const CONTRACT = 'Comet'
const pair = (account: Address, asset: Address) => `${account}:${asset}`

export const eventHandlers = [
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
  onEvent(CONTRACT, abi, 'Approval', async (facts, { args: { owner, spender, amount }, address }) => {
    await ensureAccounts(facts, address, [owner])
    await changeLendingAccount(facts, { protocol: PROTOCOL, unit: address, account: owner }, initialAccount, (row) => ({
      authorisations: withEntry(row.authorisations, spender, amount === maxUint256),
    }))
  }),
]
