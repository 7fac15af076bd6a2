import { element } from './element'

/** What stands where an answer will be: nothing was asked for yet. */
export function welcomeView(hasSeededAccounts: boolean): HTMLElement {
  return element(
    'section',
    { class: 'panel welcome', 'data-key': 'welcome' },
    element('h2', {}, 'What is this account’s collateral worth as margin?'),
    element(
      'p',
      {},
      'Enter an address above. Its deposits, loans and vault shares on every indexed chain are read at one instant and added up to one margin balance, with what it needs, what each haircut took, and how old the data is.',
    ),
    hasSeededAccounts ? element('p', {}, 'Or choose one of the accounts of this demo.') : null,
  )
}

export function waitingView(): HTMLElement {
  return element('p', { class: 'waiting', 'data-key': 'waiting' }, 'Reading the account on every chain…')
}
