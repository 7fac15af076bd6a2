import { describe, expect, it } from 'vitest'
import { beginning, turn } from '../../audit/rotation'

describe('a rotation', () => {
  it('is complete when every account and every block has been looked at, however many rounds either takes', () => {
    const lasts = [
      { account: '0xa', block: '10' },
      { account: '0xb', block: null },
      { account: '0xc', block: '10' },
      { account: null, block: '20' },
      { account: '0xa', block: null },
      { account: null, block: '10' },
    ]
    let rotation = beginning
    const complete = lasts.map((last) => {
      const { next, isComplete } = turn(rotation, last)
      rotation = next
      return isComplete
    })
    expect(complete).toEqual([false, false, false, true, false, true])
    expect(rotation).toEqual({ account: '', block: '10', areAccountsDone: false, areBlocksDone: false })
  })

  it('goes on where it was, and from the beginning after the end', () => {
    const { next } = turn(beginning, { account: '0xa', block: null })
    expect(next).toMatchObject({ account: '0xa', block: '-1' })
  })
})
