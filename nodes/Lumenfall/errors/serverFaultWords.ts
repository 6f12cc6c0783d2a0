import { anyOf, matches, part } from './textPatterns';

/** Phrases about the server and the connection, not about what was requested. `textPatterns.ts` says how to add one. */

const BEHIND = part('upstream', 'provider', 'backend', 'origin');

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
	/status[ _]?(?:code)?[:=]? ?5\d\d\b/, // new-api
	/\b(?:HTTP|error code:?) 5\d\d\b/, // openai-python: "Error code: 500"
	/\b(?:returned|received|got) 5(?:0[0-4]|2\d) from\b/,
	String.raw`\b${BEHIND} (?:\w+ ){0,2}(?:returned|responded with|sent) (?:an? )?(?:HTTP |status )?5\d\d\b`,
	// It took too long.
	/\btimed out\b/,
	String.raw`\b${BEHIND}: time-?out$`,
	/^(?:\S+ ){0,2}time-? ?out(?: error)?$/,
	/\bi\/o timeout\b/, // Go
	/\btimeout (?:of \d+ ?ms )?exceeded\b(?! (?:the |its )?(?:max|limit|allowed))/, // axios, Go
	/\bdue to timeout\b/, // Node.js
	// The connection broke.
	/\bconnection (?:was )?(?:reset|closed|refused|aborted|lost)\b/,
	/\bconnection error\b/, // openai-python
	/\b(?:server|upstream|peer|remote|other side)(?: has)? (?:disconnected|closed)\b/, // httpx, undici
	/\bclos(?:ed|ing) (?:the )?connection\b/,
	/\bpremature close\b/, // node-fetch
	/\bresponse ended prematurely\b/, // Python's requests, .NET
	/\bunexpected end of (?:stream on|file from server)\b/, // OkHttp, Java
	/(?:^|exception: )(?:unexpected end of stream|(?:stream|socket) closed|stream was reset)\b/, // OkHttp, Java
	/\bEOF occurred\b/, // Python
	/^terminated$/, // undici
	/\bUND ERR (?:HEADERS|BODY|CONNECT|SOCKET|ABORTED)\b/, // undici
	/\bbroken pipe\b/, // Go
	/\bGOAWAY\b/, // Go
	/\b(?:request|operation|stream) (?:was |has been )?(?:aborted|cancell?ed)\b/, // Node.js, Go
	/\bcontext cancell?ed\b/, // Go
	/: EOF$/, // Go
	/\bunexpected EOF\b/, // Go
	/\bsocket hang up\b/, // Node.js
	/\bfetch failed\b/, // Node.js
	/\bE(?:CONN\w+|(?:SOCKET)?TIMEDOUT|PIPE)\b/, // Node.js
	/\bconnect error\b/, // Envoy
	/\bdo request failed\b/, // new-api
	// The response of the server behind it.
	/^upstream (?:error|failure)$/,
	/\bupstream (?:request|call|server|service) failed\b(?!.{0,40}\b4\d\d\b)/,
	/\bno response (?:was )?(?:received )?from\b/,
	/\b(?:returned|received|sent|got) (?:an? )?(?:empty|no) (?:response|body|reply)\b/,
	String.raw`\b(?:parse|read|decode|unmarshal) (?:the )?(?:${BEHIND} )?response\b`,
	String.raw`\b(?:invalid|unexpected|malformed|null|empty) response from (?:the )?(?:${BEHIND}|server)\b(?!.{0,40}\b4\d\d\b)`,
	/^(?:invalid|unexpected|empty|no) response$/,
	/\bstruct field \w{0,100}resp(?:onse)?\./, // Go
	/\b(?:unexpected token|invalid character) ['"]?</, // A page, and no request begins like one. Node.js, Go
	// What the server stores.
	/\bfailed to (?:save|store|insert|persist|write) (?:the )?(?:task|job|video|generation)\b/,
	/\bfailed to update (?:the )?(?:task|job)\b/,
	/\b(?:task|job|video|generation) (?:was |has been )?(?:created|submitted|accepted|queued),? but\b(?!.{0,40}\b(?:refuse|reject|block|moderat|polic|invalid|support))/,
	/\bSQLSTATE\b/,
	/\bconnect(?:ing)? to (?:\w+ )?(?:redis|mysql|postgres\w*|mongo\w*|database)\b/,
	/\bdatabase is locked\b/, // SQLite
	String.raw`\blost connection to (?:(?:MySQL )?server|${BEHIND})\b`, // MySQL
	/\bserver has gone away\b/, // MySQL
	/\bdeadlock (?:found|detected)\b/, // MySQL, PostgreSQL
	/\bduplicate entry '/, // MySQL
	/\bviolates (?:unique|foreign key|check|not-null) constraint\b/, // PostgreSQL
	/\btoo many connections\b/, // MySQL
	/\bconnection pool\b/, // Redis
	// Chinese
	/(?:系统|服务器?|内部|未知|网络|数据库)[^，。]{0,4}(?:错误|异常|繁忙|超时|故障)/,
	/请求超时/,
	/(?:上游|响应|连接)[^，。]{0,6}(?:超时|错误|异常|失败)/,
	/(?:^|[：:，。] ?)网关(?:超时|错误)/,
	/(?<!模型)服务(?:暂时?|当前)?不可用(?!于)/,
	// Japanese
	/(?:サーバー?|システム|内部|不明な)の?エラー/,
	/タイムアウト/,
	// Korean
	/(?:서버|시스템|내부|알 수 없는) ?오류/,
	/시간 ?초과/,
	// Spanish, Portuguese, Italian, French
	/\berr(?:or|o|ore) intern[oa]\b/,
	/\berreur (?:interne|(?:du )?serveur)\b/,
	// German
	/\b(?:interner|server-?)[ -]?(?:server)?fehler\b/,
	// Russian
	/ошибка (?:на )?сервер/,
);

/** What a program says that did not expect a value, such as the response of the server behind it. */
const CRASH = anyOf(
	/\bpanic: /, // Go
	/\bnil pointer\b/, // Go
	/\bNullPointerException\b/, // Java
	/\bobject reference not set\b/, // .NET
	/\bcannot read propert/, // Node.js
	/'NoneType' object\b/, // Python
	/\bKeyError: '(?:id|\w+_id|data|output|url|status)'/, // Python
	/\blist index out of range\b/, // Python
);

const OF_JOB = part(
	'the',
	'this',
	'your',
	'latest',
	'current',
	'video',
	'generation',
	'task',
	'job',
	'provider',
	'upstream',
);
/** What could not be done when the status of a job was requested. */
const CHECK = anyOf(
	String.raw`\b(?:fetch|query|get|poll|retriev)\w* (?:${OF_JOB}(?:'s)? ){0,4}(?:status|state|progress|tasks?|jobs?|upstream)\b`,
	/\bcheck(?:ing)? (?:\w+ ){0,3}status\b/,
	/\b(?:status (?:check|query|request)|query|poll|polling) (?:has |was )?(?:failed|timed out|error)/,
	// Chinese
	/(?:查询|获取)[^，。]{0,8}(?:状态|任务|进度)/,
);
const NOT_DONE = anyOf(
	/fail|error|time-?d? ?out|unable|could not|couldn't|cannot|can't/,
	/失败|超时|错误|异常/,
);

/** What a server says of a job that it does not have. Go: "failed to get task: record not found". */
const NO_JOB = anyOf(/\bnot found\b/, /\b(?:not|n't) exist\b/, /不存在/);

/** What a parser writes about a request that it could not read. */
const UNREAD_REQUEST = anyOf(
	/\bdeseriali[sz]e\b/, // Rust
	/\bcannot unmarshal\b/, // Go
	/\binvalid character '-'/, // Go
	/\b(?:malformed|invalid) json\b/,
	/\bpars(?:e|ing) (?:the )?request body\b/,
);

/** What a parser writes about JSON that does not begin as JSON, or has no end. */
const UNREAD_JSON = anyOf(
	/\bexpecting value: line 1 column 1\b/, // Python
	/\bunexpected end of JSON\b/, // Node.js, Go
	/\bunexpected token\b/, // Node.js
);

const PLAIN_HTTP = anyOf(
	/plain http request was sent to https/, // nginx
	/http request to an https server/, // Go
);
const BEFORE_THE_API = anyOf(PLAIN_HTTP, /request header or cookie too large/); // nginx

/** Reports whether a text is about a fault of the server, after which a video may exist, and not about the request. */
export function meansServerFault(texts: string[]): boolean {
	return matches(texts, SERVER_FAULT);
}

/** Reports whether a text is about a crash of the server, which is no refusal of what was requested. */
export function meansCrash(texts: string[]): boolean {
	return matches(texts, CRASH);
}

/** Reports whether a text says that the status of a job could not be read, which is no failure of the job. */
export function meansFailedCheck(texts: string[]): boolean {
	return texts.some((text) => CHECK.test(text) && NOT_DONE.test(text));
}

/** Reports whether a text says that there is no such job, so that its status cannot be read later either. */
export function meansNoJob(texts: string[]): boolean {
	return matches(texts, NO_JOB);
}

/** Reports whether a text is about a request that was not read, so that nothing was done, and not about a response. */
export function meansUnreadRequest(text: string): boolean {
	return UNREAD_REQUEST.test(text) && !/response/i.test(text);
}

/**
 * Reports whether a text is about JSON that could not be read. If the request was JSON, this JSON is the response of the server
 * behind a relay.
 */
export function meansUnreadJson(texts: string[]): boolean {
	return matches(texts, UNREAD_JSON);
}

/** Reports whether a web server in front of the API refused the connection or the headers. */
export function isBeforeTheApi(page: string): boolean {
	return BEFORE_THE_API.test(page);
}

/** Reports whether a web server received `http://` where it expects `https://`. */
export function meansPlainHttp(words: string): boolean {
	return PLAIN_HTTP.test(words);
}
