import type { Random } from '../../../../devnet/random'

const alphabet = '0123456789abcdefxABCZ.-" '

/** One character of an answer's text replaced by another one, drawn at random, and what stood around it. */
export function changedCharacter(text: string, random: Random): { readonly changed: string; readonly around: string } {
  const place = random.integer(0, text.length - 1)
  const others = [...alphabet].filter((character) => character !== text[place])
  const character = others[random.integer(0, others.length - 1)]!
  return {
    changed: text.slice(0, place) + character + text.slice(place + 1),
    around: `${text.slice(Math.max(0, place - 40), place)}[${text[place]} -> ${character}]${text.slice(place + 1, place + 20)}`,
  }
}
