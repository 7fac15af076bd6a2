import { parseAbi } from 'viem'

/** `aggregate3` is payable in Solidity; declared as a view here because it is only ever called. */
export const multicall3Abi = parseAbi([
  'struct Call3 { address target; bool allowFailure; bytes callData; }',
  'struct Result { bool success; bytes returnData; }',
  'function aggregate3(Call3[] calls) view returns (Result[] returnData)',
])
