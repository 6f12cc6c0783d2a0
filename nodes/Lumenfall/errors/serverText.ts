const MAX_LENGTH = 500;

/**
 * Makes a text safe to show: one line, no markup, limited length, and without the American spelling of "cancelled",
 * which makes n8n end the whole execution as cancelled (n8n-core looks for it in every error message).
 * `transport/secrets.ts` hides the credential's key when a server's text is parsed. Anything else that looks like a
 * login is hidden here.
 */
export function tidyServerText(text: string): string {
	const plain = withoutMarkup(text.slice(0, 20 * MAX_LENGTH))
		// Control and formatting characters can forge log lines and hide text, and half a character breaks programs that
		// read it.
		.replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ')
		.replace(/\b(Bearer|Basic) [\w.~+/=-]{8,}/gi, '$1 [hidden]')
		.replace(/:\/\/[^\s/@]+@/g, '://[hidden]@')
		.replace(/cancele(d|r)/gi, (_, end: string) => `cancelle${end}`)
		.trim();
	const characters = plain.length > MAX_LENGTH ? [...plain] : [];
	return characters.length > MAX_LENGTH ? `${characters.slice(0, MAX_LENGTH).join('')}…` : plain;
}

function withoutMarkup(text: string): string {
	if (!/<\/?[a-z!][^<>]*>/i.test(text)) return text;
	const title = /<title[^<>]*>([^<]*)<\/title>/i.exec(text)?.[1];
	return (
		title?.trim() || text.replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ').replace(/<[^<>]*>/g, ' ')
	);
}
