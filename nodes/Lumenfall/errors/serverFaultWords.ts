import { anyOf, matches } from './textPatterns';

/** Phrases about the server and the connection, not about what was requested. `textPatterns.ts` says how to add one. */

/** Texts of a fault inside the server, or between a relay and the server behind it. */
const SERVER_FAULT = anyOf(
	// The server itself.
	/\b(?:internal|server|service|system|unknown|unexpected|database|network)(?: (?:server|service|system))? (?:error|exception|failure)\b/,
	/\b(?:server|service|system) (?:is )?(?:busy|overloaded)\b/,
	/\bsomething went wrong\b/,
	// Names of 5xx statuses and gRPC codes.
	/^internal$/,
	/^unavailable$/,
	/\bbad gateway\b/,
	/\bgateway time-?out\b/,
	/\bservice unavailable\b/,
	/\bdeadline exceeded\b/,
	/\bstatus(?: code)?:? 5\d\d\b/, // new-api
	// It took too long.
	/\btimed out\b/,
	/^(?:\S+ ){0,2}time-? ?out(?: error)?$/,
	/\bi\/o timeout\b/, // Go
	// The connection broke.
	/\bconnection (?:was )?(?:reset|closed|refused|aborted|lost)\b/,
	/: EOF$/, // Go
	/\bunexpected EOF\b/, // Go
	/\bsocket hang up\b/, // Node.js
	/\bfetch failed\b/, // Node.js
	/\bE(?:CONN\w+|TIMEDOUT|PIPE)\b/, // Node.js
	/\bconnect error\b/, // Envoy
	/\bdo request failed\b/, // new-api
	// The response of the server behind it.
	/^upstream (?:error|failure)$/,
	/\b(?:parse|read|decode|unmarshal) (?:the )?(?:upstream )?response\b/,
	// Chinese
	/(?:系统|服务器?|内部|未知|网络|数据库)[^，。]{0,4}(?:错误|异常|繁忙|超时|故障)/,
	/请求超时/,
	// Japanese
	/(?:サーバー?|システム|内部|不明な)の?エラー/,
	/タイムアウト/,
	// Korean
	/(?:서버|시스템|내부|알 수 없는) ?오류/,
	/시간 ?초과/,
);

/** What a parser writes about a request that it could not read. */
const UNREAD_REQUEST = anyOf(
	/\bdeseriali[sz]e\b/, // Rust
	/\bcannot unmarshal\b/, // Go
	/\binvalid character '/, // Go
	/\b(?:malformed|invalid) json\b/,
	/\bpars(?:e|ing) (?:the )?request body\b/,
);

const PLAIN_HTTP = anyOf(
	/plain http request was sent to https/, // nginx
	/http request to an https server/, // Go
);

/** Reports whether a text is about a fault of the server, after which a video may exist, and not about the request. */
export function meansServerFault(texts: string[]): boolean {
	return matches(texts, SERVER_FAULT);
}

/** Reports whether a text is about a request that was not read, so that nothing was done, and not about a response. */
export function meansUnreadRequest(text: string): boolean {
	return UNREAD_REQUEST.test(text) && !/response/i.test(text);
}

/** Reports whether a web server received `http://` where it expects `https://`. */
export function meansPlainHttp(words: string): boolean {
	return PLAIN_HTTP.test(words);
}
