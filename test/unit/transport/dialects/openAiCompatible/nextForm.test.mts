import type {
	RequestForm,
	SentForm,
} from '../../../../../nodes/Lumenfall/transport/dialects/dialect';
import { nextForm } from '../../../../../nodes/Lumenfall/transport/dialects/openAiCompatible/nextForm';

const WANTS_TEXT =
	'json: cannot unmarshal object into Go struct field .input_reference of type string';
const WANTS_NUMBER = 'cannot unmarshal string into Go struct field .seconds of type int';
const WANTS_FILE = '{"loc":["body","input_reference"],"msg":"Expected UploadFile"}';

type FormRow = [words: string, sent: Omit<SentForm, 'form'>, next: RequestForm | undefined];
const allOf = (words: string[], sent: FormRow[1], next: FormRow[2]) =>
	words.map((one): FormRow => [one, sent, next]);

test.each<FormRow>([
	[WANTS_NUMBER, { isMultipart: false }, { secondsAsNumber: true }],
	...allOf(
		[
			"Invalid type for 'seconds': expected an integer, but got a string instead.",
			'{"loc":["body","seconds"],"msg":"Input should be a valid integer"}',
			'Expected number, received string',
			'seconds: invalid type: string "8", expected u32 at line 1',
			'$.seconds: string found, integer expected',
			'"8" is not of type "integer"',
			'Cannot deserialize value of type `java.lang.Integer` from String "8"',
			'strconv.Atoi: parsing "8s"',
			'{"seconds":["A valid integer is required."]}',
			`Invalid value at 'seconds' (TYPE_INT32), "8"`,
			'seconds 必须是整数',
			'Cannot deserialize value of type `int` from String "8": not a valid `int` value',
			"Invalid type for 'seconds': expected one of 4, 8, or 12, but got a string instead.",
			"'<=' not supported between instances of 'str' and 'int'",
			'seconds.toFixed is not a function',
			'dto.VideoRequest.Seconds: readUint64: unexpected character: "',
			'Cannot coerce String value ("8") to java.lang.Integer',
			'invalid type: string "8", expected a positive integer',
			'seconds has wrong type',
			'Invalid data type for seconds',
			'seconds 参数类型错误',
			'seconds muss eine Ganzzahl sein',
			'seconds deve ser um número inteiro',
		],
		{ isMultipart: false },
		{ secondsAsNumber: true },
	),
	// The refused value is among the right ones.
	...allOf(
		[
			'[{"type":"literal_error","loc":["body","seconds"],"msg":"Input should be 4, 8 or 12"}]',
			'seconds: Invalid option: expected one of 4|8|12',
			'seconds must be one of the following values: 4, 8, 12',
			'"seconds" must be one of [4, 8, 12]',
			'duration must be 5 or 8',
		],
		{ isMultipart: false, seconds: 8 },
		{ secondsAsNumber: true },
	),
	...allOf(
		[
			"Invalid value: '8'. Supported values for seconds are: '4', '8', and '12'.",
			'seconds must be 5 or 10',
			'Invalid seconds: 8. Must be one of 4, 12.',
			'seconds must be one of 4, 12 (got 8)',
			'duration 8 is not supported for 1280x720',
		],
		{ isMultipart: false, seconds: 8 },
		undefined,
	),
	...allOf(
		[
			"Invalid type for 'input_reference': expected a string, but got an object instead.",
			'{"loc":["body","input_reference"],"msg":"Input should be a valid string"}',
			'Expected string, received object',
			'invalid type: map, expected a string at line 1',
			'input_reference must be a valid URL',
			'input_reference must be base64 encoded image or a URL',
			'input_reference must be a base64 data URI or https URL',
			"Invalid value at 'input_reference' (TYPE_STRING), Starting an object on a scalar field",
			"{'image_url': 'https://a.example'} is not of type 'string'",
			"Unknown parameter: 'input_reference.image_url'.",
			'input_reference.startsWith is not a function',
			"'dict' object has no attribute 'startswith'",
			'Invalid URL: [object Object]',
			'expected str, bytes or os.PathLike object, not dict',
			'the JSON object must be str, bytes or bytearray, not dict',
			"argument should be a bytes-like object or ASCII string, not 'dict'",
			"'dict' object has no attribute 'strip'",
			'input_reference.match is not a function',
			'input_reference 必须是字符串',
			'image.startsWith is not a function',
			'n.startsWith is not a function',
			"Unrecognized key(s) in object: 'image_url'",
			"Additional properties are not allowed ('image_url' was unexpected)",
		],
		{ isMultipart: false, image: 'url' },
		{ imageAsText: true },
	),
	...allOf(
		[
			'Invalid JSON',
			'request body is not valid json',
			'Content-Type must be application/json',
			'Malformed request body',
			'body could not be parsed',
			'Unsupported Media Type',
			'Expecting value: line 1 column 1 (char 0)',
			'Missing required parameter: model',
			'prompt is required',
			'Request body is empty',
			'请求体解析失败',
			'prompt 不能为空',
			'Invalid input: expected string, received undefined prompt',
			'Input should be a valid dictionary or object to extract fields from',
			'There was a problem in the JSON you submitted',
			"'-' is an invalid start of a value. Path: $ | LineNumber: 0",
			"Did not attempt to load JSON data because the request Content-Type was not 'application/json'.",
			'The browser (or proxy) sent a request that this server could not understand.',
			'Invalid request payload',
			'Bad JSON',
			'only application/json is supported',
			'Prompt must not be empty',
			'prompt field cannot be blank',
			'缺少参数 prompt',
			'JSON 解析失败',
			'请使用 application/json',
			'请求格式错误',
		],
		{ isMultipart: true, image: 'file' },
		{ body: 'json' },
	),
	...allOf(
		[
			'multipart/form-data required',
			"request Content-Type isn't multipart/form-data",
			'no multipart boundary param in Content-Type',
			'missing form body',
			'Multipart: Boundary not found',
		],
		{ isMultipart: false },
		{ body: 'multipart' },
	),
	// The value is wrong, and no other form of it is right. A server that ignores that form would make a video without the image.
	...allOf(
		[
			'https://x.example/a.png is not a valid image URL',
			'input_reference.image_url is not a valid URL',
			'Provided image is not a valid URI',
			'Invalid type of reference image: only image/png and image/jpeg are supported',
			'image: wrong type, expected jpeg or png',
			'image 类型错误，仅支持 jpg/png',
			'Invalid request payload: duration must be at most 10',
			'Request payload validation failed: model is not supported',
			'请求格式错误：时长不支持',
		],
		{ isMultipart: false, image: 'url' },
		undefined,
	),
	// In a form, the image is a file.
	[
		'multipart/form-data required',
		{ isMultipart: false, image: 'url' },
		{ body: 'multipart', imageAsFile: 'ifPossible' },
	],
	[WANTS_TEXT, { isMultipart: false, image: 'url' }, { imageAsText: true }],
	[WANTS_TEXT, { isMultipart: true, image: 'url' }, { imageAsText: true }],
	[WANTS_TEXT, { isMultipart: true, image: 'file' }, { body: 'json', imageAsText: true }],
	[WANTS_TEXT, { isMultipart: false }, undefined],
	[WANTS_FILE, { isMultipart: true, image: 'url' }, { imageAsFile: true }],
	[WANTS_FILE, { isMultipart: false, image: 'url' }, { imageAsFile: true }],
	[WANTS_FILE, { isMultipart: true, image: 'file' }, undefined],
	['Invalid image file provided', { isMultipart: false, image: 'url' }, undefined],
	["Invalid value: '10'. Supported values are: '4', '8'.", { isMultipart: false }, undefined],
	['The prompt is too long', { isMultipart: false }, undefined],
	['reference image is required for this model', { isMultipart: false }, undefined],
	['Image file is too large', { isMultipart: false, image: 'url' }, undefined],
	[
		'input_reference must be an uploaded image file (JPEG, PNG or WebP, max 20 MB)',
		{ isMultipart: true, image: 'url' },
		{ imageAsFile: true },
	],
	['Please provide the prompt', { isMultipart: false }, { body: 'multipart' }],
	['no such file or directory: /tmp/x', { isMultipart: false, image: 'url' }, undefined],
	['too many running tasks: the number of seconds', { isMultipart: false }, undefined],
	...allOf(
		[
			"Value error, Expected UploadFile, received: <class 'str'> input_reference",
			"Invalid type for 'input_reference': expected a file, but got an object instead.", // OpenAI
			'input_reference must be a file upload; got invalid type',
			'input_reference: The submitted data was not a file. Check the encoding type on the form.',
			'http: no such file',
			'input_reference is only supported with multipart/form-data requests',
			'Please use multipart/form-data when providing input_reference',
		],
		{ isMultipart: false, image: 'url' },
		{ imageAsFile: true },
	),
	...allOf(
		[
			'There was an error parsing the body',
			'body must be object',
			"'utf-8' codec can't decode byte 0x89 in position 120",
			'failed to bind request body',
			'Malformed input request: #: required key [prompt] not found',
		],
		{ isMultipart: true, image: 'file' },
		{ body: 'json' },
	),
	...allOf(
		[
			'Image text contains prohibited content',
			'The reference image was flagged: must be a string of approved words',
			'input image contains text',
			'Failed to download image: 403',
			'image file type not supported',
			'Invalid type of image: image/heic',
			'The payload of the image could not be understood',
			'negative_prompt must not be empty',
		],
		{ isMultipart: true, image: 'file' },
		undefined,
	),
])('a refusal that says %j of %j is followed by %j', (words, sent, expected) => {
	expect(nextForm({ form: {}, ...sent }, { httpStatus: 400, words })).toEqual(expected);
});

test('a server that supports only JSON receives JSON next, and each form is tried once', () => {
	const sent = { form: {}, isMultipart: true };
	const refusal = { httpStatus: 400, words: 'Invalid JSON' };
	expect(nextForm(sent, refusal)).toEqual({ body: 'json' });
	expect(nextForm({ form: { body: 'json' }, isMultipart: false }, refusal)).toBeUndefined();
});
