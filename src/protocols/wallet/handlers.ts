/** Tokens held plainly, by their transfers. */
import { erc20Abi } from '../../../abis/erc20'
import { transferBalance } from '../../positions/transferBalance'
import { changeMarket } from '../../positions/write'
import { writeToken } from '../../positions/writeToken'
import { balanceBefore } from '../../runtime/balanceBefore'
import { indexer } from '../../runtime/indexer'
import { onEvent } from '../../runtime/onEvent'
import { onSetup } from '../../runtime/onSetup'

const PROTOCOL = 'wallet'

const older = new Set(indexer.resolved.wallet.filter(({ isOlder }) => isOlder).map(({ token }) => token))

const empty = {
  kind: 'token',
  receipt: null,
  debtToken: null,
  stableDebtToken: null,
  oracle: null,
  marketIndex: null,
  receiptRevision: null,
  debtRevision: null,
  receiptRounding: null,
  debtRounding: null,
  revision: null,
  baseUnit: null,
  label: null,
}

export const walletHandlers = [
  onSetup('WalletToken', async (facts) => {
    for (const { token, symbol, decimals } of indexer.resolved.wallet) {
      await writeToken(facts, token, { symbol, decimals })
      const values = { ...empty, unit: token, token }
      await changeMarket(facts, { protocol: PROTOCOL, market: token }, values, () => values)
    }
  }),
  onEvent('WalletToken', erc20Abi, 'Transfer', (facts, { args, address }) =>
    transferBalance(
      facts,
      { protocol: PROTOCOL, market: address, side: 'supply' },
      args,
      older.has(address) ? balanceBefore(facts, address) : null,
    ),
  ),
]
