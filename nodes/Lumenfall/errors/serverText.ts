const MAX_LENGTH = 500;

/**
 * Makes a server's text safe to show: one line, no mark-up, bounded, and without the one word that makes n8n end
 * the whole execution as cancelled (n8n-core looks for its American spelling in every error message).
 * @param secrets texts that must not survive, such as the API key a server echoes back
 */
export function tidyServerText(text: string, secrets: string[] = []): string {
	const bounded = text.slice(0, 20 * MAX_LENGTH);
	const plain = secrets
		.filter((secret) => secret.length > 3)
		.reduce((rest, secret) => rest.split(secret).join('[hidden]'), withoutMarkup(bounded))
		// Control and formatting characters can forge log lines and hide text.
		.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
		.replace(/cancele(d|r)/gi, (_, end: string) => `cancelle${end}`)
		.trim();
	return plain.length > MAX_LENGTH ? `${plain.slice(0, MAX_LENGTH)}…` : plain;
}

function withoutMarkup(text: string): string {
	if (!/<\/?[a-z!][^>]*>/i.test(text)) return text;
	const title = /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1];
	return (
		title?.trim() || text.replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' ')
	);
}
