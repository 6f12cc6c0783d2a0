/** A base URL at OpenRouter or one of its regions (eu.openrouter.ai), which is spoken to in its own way without being told. */
export const OPENROUTER_URL = /^https?:\/\/([a-z0-9-]+\.)*openrouter\.ai(:\d+)?(\/|$)/i;
