/** What browsers load to check an answer by themselves: the read side and the engine, nothing that could ask anybody. */
export { type Verification, verifyAnswer } from '../src/api/verify/verifyAnswer'
