/** The hosts of servers that are recognized by their base URL, in the credential's test too. */

export const LUMENFALL_URL = /^https?:\/\/([a-z0-9-]+\.)*lumenfall\.ai(:\d+)?(\/|$)/i;
/** OpenRouter, or one of its regions (eu.openrouter.ai). */
export const OPENROUTER_URL = /^https?:\/\/([a-z0-9-]+\.)*openrouter\.ai(:\d+)?(\/|$)/i;
