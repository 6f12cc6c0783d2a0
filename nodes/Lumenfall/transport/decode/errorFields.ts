/** The names of the fields in which servers describe an error, normalized, and the values that mean none. */

const named = (prefixes: string[], ends: string[]) =>
	prefixes.flatMap((prefix) => ends.map((end) => prefix + end));

const TEXT_OF_REASON = [
	...['message', 'msg', 'reason', 'reasons', 'detail', 'details'],
	...['description', 'desc', 'text', 'info', 'cause', 'string', 'str'],
];
/** Fields that contain an error and nothing else: if one of them is not empty, something went wrong. */
export const ERROR_FIELDS = [
	'error',
	'errors',
	'lasterror',
	'err',
	'failure',
	'exception',
	'fault',
];
export const REASON_FIELDS = [
	...named(['fail', 'failed', 'failure', 'error', 'err'], TEXT_OF_REASON),
	...named(['reject', 'rejected', 'rejection', 'refusal', 'block', 'blocked'], TEXT_OF_REASON),
	...['faultstring', 'incompletedetails', 'raimediafilteredreasons', 'raimediafilteredcount'],
	...['resultmessage', 'resultmsg', 'resultdesc'],
];
/** Fields that contain the reason after an error, and other text after a success. */
export const LOOSE_FIELDS = [
	...named(['status', 'taskstatus', 'jobstatus', 'state', 'moderation'], TEXT_OF_REASON),
	...['message', 'msg', 'detail', 'details', 'reason', 'moderationresult'],
];
/** Fields that rarely contain the reason, so only if there is no other. */
export const LAST_FIELDS = [
	...['cause', 'description', 'desc', 'info', 'text', 'title', 'remark', 'problem'],
	...['messageen', 'msgen', 'messagecn', 'msgcn'],
];
/** Fields in which a relay adds the error of the server behind it to its own. */
export const RAW_FIELDS = [
	...['rawmessage', 'rawerror', 'upstreamerror', 'providererror', 'originalerror'],
	...['originalmessage', 'innererror', 'cause'],
];
/** Fields in which a relay adds the whole response of the server behind it, or the request. */
export const RESPONSE_FIELDS = [
	...['response', 'data', 'body', 'metadata', 'providerresponse', 'upstreamresponse'],
];
export const CODE_FIELDS = [
	...['code', 'errorcode', 'errcode', 'failcode', 'failurecode', 'statuscode'],
	...['errno', 'errorno', 'retcode'],
];
/** Fields in which servers nest an error, but never a job. */
export const ERROR_CONTAINERS = [
	...['baseresp', 'responsemetadata', 'meta', 'head', 'header', 'generatevideoresponse'],
];
/** Their values also come with a success. */
export const REASON_CONTAINERS = ['metadata', 'promptfeedback'];

/** Lists of what is wrong with each parameter, next to a general message. */
export const DETAIL_FIELDS = [
	...['issues', 'errors', 'invalidparams', 'invalidfields', 'violations', 'validationerrors'],
];
/** Fields that name the parameter that an error is about. */
export const PARAMETER_FIELDS = ['param', 'parameter', 'field', 'path', 'property'];

/** Values that servers also send with successful responses. */
export const NO_REASON =
	/^\s*((((query|request|operation|task) )?success(ful(ly)?)?|succe+d(ed)?|ok(ay)?|null|none|nil|undefined|n\/?a|no errors?|(请求|操作|查询|提交)?成功|\{\}|\[\]|[.!])[\s.!]*)?$/i;
const phrase = (...names: string[]) =>
	new RegExp(String.raw`^\s*(http )?(\d{3}:? )?(${names.join('|')})\s*$`, 'i');
const SERVER_FAULTS = [
	'internal (server )?error',
	'bad gateway',
	'service unavailable',
	'gateway time-?out',
];
/** The name of a status that is a fault of the server. */
export const SERVER_FAULT_PHRASE = phrase(...SERVER_FAULTS);
/** The name of an HTTP status. Fastify, NestJS and Spring put it into `error`, and the reason into `message`. */
export const HTTP_PHRASE = phrase(
	...['bad request', 'unauthorized', 'payment required', 'forbidden', 'not found', 'conflict'],
	...['method not allowed', 'payload too large', 'not acceptable', 'gone', 'too many requests'],
	...['unprocessable( (entity|content))?', ...SERVER_FAULTS],
);
/** A code in words is an error only if it names one. */
export const NAMES_ERROR =
	/invalid|error|fail|denied|exceed|insufficient|not_?found|unauthori[sz]ed|forbidden|unsupported|missing|arrear/i;
