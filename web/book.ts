import { BookPage } from './BookPage'

new BookPage().start()
