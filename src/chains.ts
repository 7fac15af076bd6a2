/**
 * The built-in chain table: where the protocols live. The data is outside `src/`, where Ponder would hash it: a new row on one chain must
 * not make every other chain index again. What a chain is indexed with is part of its schema's name already.
 */
export { assets } from '../config/chains/assets'
export { chains } from '../config/chains/table'
