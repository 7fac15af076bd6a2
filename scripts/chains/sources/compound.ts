/**
 * Comets. Addresses from the `roots.json` of Compound's deployments (by commit, as later versions leave them out); addresses again and
 * start blocks from the contract list of Compound's own interface.
 */
export type CometSource = {
  readonly chain: string
  readonly name: string
  readonly comet: string
  readonly startBlock: number
  /** Folder below `deployments/` and the commit its `roots.json` was read at; null where only the interface's list has the address. */
  readonly roots: { readonly folder: string; readonly commit: string } | null
}

const row = (
  chain: string,
  name: string,
  comet: string,
  startBlock: number,
  folder: string,
  commit: string | null,
): CometSource => ({ chain, name, comet, startBlock, roots: commit === null ? null : { folder, commit } })

export const cometSources: readonly CometSource[] = [
  row(
    'ethereum',
    'cUSDCv3',
    '0xc3d688B66703497DAA19211EEdff47f25384cdc3',
    15331586,
    'mainnet/usdc',
    '003edee127664413c437e1d5b1f6b430937a206b',
  ),
  row('ethereum', 'cWETHv3', '0xA17581A9E3356d9A858b789D68B4d866e593aE94', 16400710, 'mainnet/weth', null),
  row(
    'ethereum',
    'cUSDTv3',
    '0x3Afdc9BCA9213A35503b077a6072F3D0d5AB0840',
    20190637,
    'mainnet/usdt',
    '63b65d15ff6eb402eaebea4d3956eb6c657a80c0',
  ),
  row(
    'ethereum',
    'cwstETHv3',
    '0x3D0bb1ccaB520A66e607822fC55BC921738fAFE3',
    20683535,
    'mainnet/wsteth',
    '5500d7be5faa946a9249e50ffe6c979b55f69533',
  ),
  row(
    'ethereum',
    'cUSDSv3',
    '0x5D409e56D886231aDAf00c8775665AD0f9897b56',
    20987551,
    'mainnet/usds',
    'a32c29ea7727f3aa0e0f62d5c7f95d0be059310c',
  ),
  row(
    'ethereum',
    'cWBTCv3',
    '0xe85Dc543813B8c2CFEaAc371517b925a166a9293',
    21820087,
    'mainnet/wbtc',
    'a7b76fde2c366702564e726f501025c94ed1613c',
  ),
  row(
    'base',
    'cUSDbCv3',
    '0x9c4ec768c28520B50860ea7a15bd7213a9fF58bf',
    2197588,
    'base/usdbc',
    '386863bd4af93939cf523540ea308178fddc1580',
  ),
  row(
    'base',
    'cWETHv3',
    '0x46e6b214b524310239732D51387075E0e70970bf',
    2495303,
    'base/weth',
    '55eb52c8695729136cdb97e317fabb96b466f198',
  ),
  row(
    'base',
    'cUSDCv3',
    '0xb125E6687d4313864e53df431d5425969c15Eb2F',
    11699480,
    'base/usdc',
    '00820666a0819a4c5a8b23bb2db6ed9e6e1660c7',
  ),
  row(
    'base',
    'cAEROv3',
    '0x784efeB622244d2348d4F2522f8860B96fbEcE89',
    20852405,
    'base/aero',
    '30b53a9026043f22e5c4fff3f62e347cd467d79a',
  ),
  row(
    'base',
    'cUSDSv3',
    '0x2c776041CCFe903071AF44aa147368a9c8EEA518',
    26046502,
    'base/usds',
    '3fd9461acd294f939ae577e602d4adce6542aa75',
  ),
  row(
    'arbitrum',
    'cUSDCev3',
    '0xA5EDBDD9646f8dFF606d7448e414884C7d905dCA',
    87335214,
    'arbitrum/usdc',
    '81e4d19de90ffccfd6cc401707923e8f5b286de5',
  ),
  row(
    'arbitrum',
    'cUSDCv3',
    '0x9c4ec768c28520B50860ea7a15bd7213a9fF58bf',
    122080500,
    'arbitrum/usdc',
    '427bbf292363f63b246ed9f753bbc1059c0345f3',
  ),
  row(
    'arbitrum',
    'cWETHv3',
    '0x6f7D514bbD4aFf3BcD1140B7344b32f063dEe486',
    219386101,
    'arbitrum/weth',
    '336c08e54f205097ed2d9d9123f71e9b80559410',
  ),
  row(
    'arbitrum',
    'cUSDTv3',
    '0xd98Be00b5D27fc98112BdE293e487f8D4cA57d07',
    223796350,
    'arbitrum/usdt',
    '4f729828332dd7b82ee891b134097454c79aa36a',
  ),
  row(
    'optimism',
    'cUSDCv3',
    '0x2e44e174f7D53F0212823acC11C01A11d58c5bCB',
    118406276,
    'optimism/usdc',
    'ee3e5be9613e651bd3149db72cf91115941a9dfc',
  ),
  row(
    'optimism',
    'cUSDTv3',
    '0x995E394b8B2437aC8Ce61Ee0bC610D617962B214',
    120295564,
    'optimism/usdt',
    'e5a84498013f2bd3133c02d93b4aa3ced9f2a977',
  ),
  row(
    'optimism',
    'cWETHv3',
    '0xE36A30D249f7761327fd973001A32010b521b6Fd',
    122730232,
    'optimism/weth',
    '58076fd7fcd15b31e0d25855d657edacd7d085ae',
  ),
  row(
    'polygon',
    'cUSDCev3',
    '0xF25212E676D1F7F89Cd72fFEe66158f541246445',
    39412367,
    'polygon/usdc',
    '7f6990627b3c20719104264aaf9dfe26e1efc6c9',
  ),
  row(
    'polygon',
    'cUSDTv3',
    '0xaeB318360f27748Acb200CE616E389A6C9409a07',
    58479907,
    'polygon/usdt',
    'ab97185fd8eea966a0bb8ef448c933b2def02f25',
  ),
  row(
    'scroll',
    'cUSDCv3',
    '0xB2f97c1Bd3bf02f5e74d13f02E3e26F93D77CE44',
    3397674,
    'scroll/usdc',
    'cb53e0bd4139fe320cdc3a8186097293342d546f',
  ),
  row(
    'linea',
    'cUSDCv3',
    '0x8D38A3d6B3c3B7d96D6536DA7Eef94A9d7dbC991',
    15197719,
    'linea/usdc',
    '6d4599f80c74b8e6fd45e671f45efe16162edd95',
  ),
]

const list = 'https://github.com/Compound-Foundation/webb3-backend-api/blob/2e606b27a4235a3195ec478c8ce45c06d1e24072'

export const cometStartSource = ({ chain }: CometSource): string =>
  `${list}/c3-api/lib/well-known/contracts/${chain}-mainnet.ts`

export const cometAddressSource = (source: CometSource): string =>
  source.roots === null
    ? cometStartSource(source)
    : `https://github.com/compound-finance/comet/blob/${source.roots.commit}/deployments/${source.roots.folder}/roots.json`
