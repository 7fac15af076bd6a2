/** What a vault said of itself longer ago than this is no longer believed. */
export const oldestReadingSeconds = 3600
