/** A base URL at OpenRouter, which is spoken to in its own way without being told. */
export const OPENROUTER_ADDRESS = /^https?:\/\/openrouter\.ai(\/|$)/i;
