import { anyOf, anyWordOf, part } from '../../../errors/textPatterns';

/**
 * Words with which servers refuse the form of a request: FastAPI and pydantic, Go's encoding/json, zod, serde, OpenAI and
 * others. `nextForm.ts` decides with them. `errors/textPatterns.ts` says how to add a phrase.
 */

/** Which field a message is about. */
export const OF_SECONDS = anyOf(/\bseconds\b/, /\bduration\b/);
export const OF_IMAGE = anyOf(/input_reference/, /\breference\b/, /\bimage\b/);

export const REQUIRES_NUMBER = anyOf(
	/\bint(?:eger)?\b/,
	/\b(?:TYPE_)?int32\b/,
	/\bint64\b/,
	/\bnumber\b/,
	/\bnumeric\b/,
	/\bfloat(?:64)?\b/,
	/\b[iu](?:32|64)\b/, // serde
	/\b(?:got|received|found) (?:an? )?str(?:ing)?\b/,
	// Chinese
	/整数|数字/,
	// Portuguese and Spanish, German, Italian, French
	/\bn[úu]mero\b/,
	/\bganzzahl\b/,
	/\bintero\b|\bentier\b/,
);

/** The type of a value, without saying which one is right. */
export const WRONG_TYPE = anyOf(
	/\b(?:wrong|invalid|incorrect) (?:data |value )?type\b/,
	/\btype mismatch\b/,
	// Chinese
	/类型(?:错误|不正确|不匹配|有误)/,
);

export const REQUIRES_TEXT = anyOf(
	/\bstring\b/,
	/\bstr\b/,
	/\bTYPE_STRING\b/, // Google
	/\bas text\b/,
	/\b(?:must be|expected|should be|requires) (?:an? )?text\b/,
	/\b(?:must be|expected|should be) (?:an? )?(?:valid |public |https? )?(?:url|uri|data ur[il]|base64)\b/,
	// Chinese
	/字符串/,
);

export const REQUIRES_FILE = anyOf(
	/\b(?:upload(?:ed)?|upload_?file|files?|binary)\b(?! (?:provided|found|type))/,
	/\b(?:use|only (?:supported|allowed|accepted) (?:with|as|in|for)) multipart/,
);
/** Other than `The file is too large`. */
export const MUST_BE_FILE = anyOf(/\bupload(?:ed)?\b/, /\b(?:must|should) be an? .{0,30}\bfile\b/);

/** Messages that often contain no field name. */
export const TEXT_INTO_NUMBER = anyOf(
	/unmarshal string .{0,200}\b(?:int|float)\d*/, // Go
	/strconv\.(?:Atoi|Parse)/, // Go
	/expected (?:an? )?(?:number|integer|int|float|[iu]\d+),? .{0,12}(?:received|got|found) (?:an? )?str/, // zod
	/type: string.{0,20} expected (?:an? )?(?:\w+ )?(?:number|integer|float|[iuf]\d+)/, // serde
	/not of type .{0,2}(?:integer|number)/, // JSON Schema
	/deserialize .{0,200}(?:Integer|int|Long|Double|Float|Number).{0,4} from String/, // Jackson
	/coerce String value .{0,40}(?:Integer|Long|Double|Float)/, // Jackson
	/'[<>]=?' not supported between instances of '(?:str|int)' and/, // Python
	/\.toFixed is not a function/, // Node.js
	/\bread(?:Ui|I)nt\d*: unexpected character/, // jsoniter
);
export const OBJECT_INTO_TEXT = anyOf(
	/unmarshal object .{0,200}\bstring\b/, // Go
	/expected (?:an? )?string,? .{0,12}(?:received|got|found) (?:an? )?(?:object|map|dict)/, // zod
	/type: (?:map|object).{0,5} expected (?:an? )?string/, // serde
	/\} is not of type 'string'/, // JSON Schema
	/deserialize .{0,200}String.{0,4} from (?:Object|START_OBJECT)/, // Jackson
	/\b(?:unknown|unsupported|unrecogni[sz]ed) (?:parameter|field|argument)s?:? .?input_reference\.image_url/, // Bifrost
	/\bimage_url\b.{0,5} was unexpected/, // JSON Schema
	/\bunrecognized key.{0,40}\bimage_url\b/, // zod
	/\[object Object\]/, // Node.js
	/\binput_reference\.\w+ is not a function/, // Node.js
	/\.startsWith is not a function/, // Node.js
	/'dict' object has no attribute/, // Python
	/\b(?:str|bytes|string)\b.{0,40}, not '?dict\b/, // Python
);
/** Go's text for a form without the file. */
export const NO_FILE_IN_FORM = /\bhttp: no such file\b/;

const TYPE = anyWordOf(
	/json/,
	/multipart/,
	/form.?data/,
	/content.type/,
	/media.type/,
	/(?:request|form) body/,
	/boundary/,
	/valid dictionary/, // pydantic
).source;
const TROUBLE = part(
	/invalid|not (?:a )?valid|malformed/,
	/pars(?:e|ed|ing)|decod(?:e|ed|ing)/,
	/expect(?:ed|ing)|must be|should be|requir/,
	/unsupported|isn't|(?:is|was) not|missing|empty|\bno\b/,
	/error|fail|problem/,
);
/** Words of a parser that received the other content type. */
export const OF_CONTENT_TYPE = anyOf(
	`${TROUBLE}.{0,40}${TYPE}`,
	`${TYPE}.{0,40}${TROUBLE}`,
	/\b(?:bad|only (?:\w+ )?(?:application\/)?) ?json\b/,
	/unexpected token/, // Node.js
	/'-' is an invalid start of a value/, // .NET
	/invalid character '-'/, // Go
	/expecting value: line 1/, // Python
	/codec can't decode/, // Python
	/\bbody (?:could not|cannot|can.t) be (?:parsed|decoded)/,
	/\bbody (?:should|must) be (?:an? )?(?:valid )?object/,
	/\bsent a request that this server could not understand\b/, // Flask
	/\b(?:invalid|malformed|bad) request payload[.!\s]*$/,
	/failed to (?:parse|decode|bind) (?:the )?(?:request|body)/,
	/\bparsing the (?:request )?(?:body|form)/,
	/boundary not found/,
	// Chinese
	/请求体/,
	/请求格式(?:错误|不正确|有误)[。.!！\s]*$/,
	/参数解析/,
	/(?:无效|错误|请使用)[^，。]{0,16}json/,
	/json[^，。]{0,6}(?:错误|失败|无效|有误|异常)/,
);

/** A server that did not read the body misses fields that every request has. */
export const MISSES_FIELD = anyOf(
	/\b(?:prompt|model)\b.{0,20}\b(?:is |are )?(?:required|missing|not provided|must be provided)/,
	/\b(?:prompt|model)\b (?:\w+ )?(?:cannot|can't|can not|must not|may not|should not) be (?:empty|blank|null)/,
	/\b(?:required|missing|must provide|provide|received undefined)\b.{0,30}\bprompt\b/,
	/\b(?:required|missing|must provide|provide|received undefined)\b.{0,30}\b(?<!\b(?:this|the|that|selected|chosen) )model\b/,
	// Chinese
	/(?:prompt|model|模型名称).{0,4}(?:不能为空|必填)/,
	/缺[少失][^，。]{0,8}(?:prompt|model)/,
);
