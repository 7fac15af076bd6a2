import { Page } from './page'

new Page().start()
