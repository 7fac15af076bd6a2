/** Tokens held plainly, by their transfers. */
import { erc20Abi } from '../../../../abis/erc20'
import { transferBalance } from '../../../positions/transferBalance'
import { balanceOf } from '../../../runtime/balanceOf'
import { onEvent } from '../../../runtime/onEvent'
import { onSetup } from '../../../runtime/onSetup'
import { olderToken, PROTOCOL, tokens, writeListing } from './tokens'

export const plainHandlers = [
  onSetup('WalletToken', async (facts) => {
    for (const token of tokens.filter(({ pool }) => pool === null)) await writeListing(facts, token, 'token')
  }),
  onEvent('WalletToken', erc20Abi, 'Transfer', (facts, { args, address }) =>
    transferBalance(
      facts,
      { protocol: PROTOCOL, market: address, side: 'supply' },
      args,
      olderToken(address, balanceOf(address)),
    ),
  ),
]
