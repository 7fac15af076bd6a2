import { VaultV2MorphoMarketV1AdapterV2 } from '@morpho-org/blue-sdk'
import { type Address, encodeAbiParameters, keccak256 } from 'viem'
import { describe, expect, it } from 'vitest'
import { allocationData, idDataOf } from '../../../devnet/deploy/vaultV2Calls'
import { marketOfId } from '../../../src/protocols/erc4626/marketOfId'
import { idsOf } from '../../../src/protocols/erc4626/readAdapter'

const address = (digit: string) => `0x${digit.repeat(40)}` as Address
const adapter = address('a')
const params = {
  ...{ loanToken: address('1'), collateralToken: address('2'), oracle: address('3'), irm: address('4') },
  lltv: 86n * 10n ** 16n,
}
const [own, collateral, market] = idDataOf(adapter, params)

describe('ids of a Vault V2', () => {
  it('name a market by what they are the hash of', () => {
    expect(marketOfId(market!)).toEqual([adapter, keccak256(allocationData(params))])
  })

  it('name no market where they stand for more than one, or for nothing known', () => {
    const other = [{ type: 'string' }, { type: 'address' }, { type: 'uint256' }] as const
    for (const data of [own!, collateral!, '0x', '0x1234'] as const) expect(marketOfId(data)).toBeNull()
    expect(marketOfId(encodeAbiParameters(other, ['this/marketParams', adapter, 1n]))).toBeNull()
    const likeOne = market!.replace(Buffer.from('this/').toString('hex'), Buffer.from('that/').toString('hex'))
    expect(marketOfId(likeOne as `0x${string}`)).toBeNull()
  })

  it("are those of Morpho's library", () => {
    const { loanToken, collateralToken, oracle, irm, lltv } = params
    const ids = idsOf(adapter, [loanToken, collateralToken, oracle, irm, lltv])
    expect(ids.market).toBe(keccak256(allocationData(params)))
    expect(ids.id).toBe(VaultV2MorphoMarketV1AdapterV2.marketParamsId(adapter, params as never))
    expect(ids.id).toBe(keccak256(market!))
  })
})
