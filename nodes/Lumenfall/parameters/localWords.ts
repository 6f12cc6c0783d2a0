/** What spreadsheets, people and keyboards in other languages write instead of `true`, `8 seconds`, `Scene`, `July` and `8`. */

/** Also the values of Excel in these languages: WAHR, VRAI, SANT, PRAWDA, ИСТИНА. */
export const YES = [
	...['true', 'yes', 'y', 't', 'on', 'ok', 'okay', 'enabled', 'enable', 'active', 'checked'],
	...[
		'✓',
		'✔',
		'✅',
		'☑',
		'👍',
		'wahr',
		'ja',
		'j',
		'vrai',
		'oui',
		'verdadero',
		'sí',
		'si',
		'vero',
		'sì',
		'verdadeiro',
		'sim',
	],
	...['waar', 'sant', 'sann', 'sand', 'tosi', 'kyllä', 'prawda', 'tak', 'pravda', 'ano', 'áno'],
	...['igaz', 'igen', 'adevărat', 'da', 'doğru', 'evet', 'истина', 'да', 'істина', 'так', 'ναι'],
	...['αληθές', 'はい', '有', '真', '是', '是的', '예', '네', '참', 'نعم', 'بله', 'ya', 'benar'],
	...['כן', 'हाँ', 'हां', 'có', 'ใช่'],
];
export const NO = [
	...['false', 'no', 'n', 'f', 'off', 'disabled', 'disable', 'inactive', 'unchecked'],
	...[
		'✗',
		'✘',
		'✕',
		'✖',
		'❌',
		'❎',
		'☐',
		'👎',
		'falsch',
		'nein',
		'faux',
		'non',
		'falso',
		'não',
		'nao',
		'onwaar',
		'nee',
		'falskt',
		'nej',
	],
	...['usann', 'nei', 'falsk', 'epätosi', 'ei', 'fałsz', 'nie', 'nepravda', 'ne', 'hamis', 'nem'],
	...['fals', 'nu', 'yanlış', 'yanliş', 'hayır', 'hayir', 'ложь', 'нет', 'хибність', 'ні'],
	...[
		'όχι',
		'ψευδές',
		'いいえ',
		'無',
		'无',
		'偽',
		'假',
		'否',
		'不',
		'不是',
		'아니요',
		'아니오',
		'거짓',
	],
	...['لا', 'خیر', 'tidak', 'salah', 'לא', 'नहीं', 'không', 'ไม่'],
];

/** Units behind or before a number. */
export const UNITS = {
	seconds:
		/\s*(?:-?(?:s|secs?|seconds?)|sek|sekunden?|secondes?|segundos?|segs?|second[io]|secunde?|seconden|sekund(?:er|y|i)?|sekuntia|сек|секунд[аиы]?|с|δευτερόλεπτα|saniye|sn|másodperc|detik|giây|ثانية|ثوان[ي]?|שניות|सेकंड|วินาที|秒钟?|초|″|′′|"|'')\.?$/iu,
	days: /\s*(?:d|days?|tage?|jours?|d[ií]as?|giorn[io]|dag(?:en)?|дн(?:я|ей)|день|天|日|일)\.?$/iu,
	hours:
		/\s*(?:h|hrs?|hours?|std|stunden?|heures?|horas?|or[ae]|uur|uren|час(?:а|ов)?|ч|小时|時間|시간)\.?$/iu,
	minutes:
		/\s*(?:m|mins?|minutes?|minuten?|minutos?|minut[io]|minuut|минут[аы]?|мин|分钟?|분)\.?$/iu,
	factor: /^[x×]\s*|\s*[x×]$/iu,
	usd: /^(?:us[\s-]?)?\$\s*|^usd\s*|\s*(?:us[\s-]?)?\$$|\s*usd$|\s*(?:us[- ])?d[oó]ll?ar(?:s|es)?\.?$/giu,
};
export type Unit = keyof typeof UNITS;

/** Languages whose names of months, long or short, do not contradict each other. */
const MONTH_LANGUAGES = [
	...['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'nb', 'pl', 'cs', 'tr', 'ru', 'uk'],
];

/** Returns the month with this name, from 1 to 12: `July`, `juil.`, `Juli`. */
export function monthNamed(name: string): number | undefined {
	const plain = (word: string) =>
		word
			.normalize('NFKD')
			.replace(/[\p{M}.]/gu, '')
			.toLowerCase();
	const wanted = plain(name);
	for (const language of MONTH_LANGUAGES)
		for (const month of ['long', 'short'] as const) {
			// With the day, because the name of the month has another form then in Slavic languages.
			const format = new Intl.DateTimeFormat(language, { day: 'numeric', month, timeZone: 'UTC' });
			for (let index = 0; index < 12; index++) {
				const parts = format.formatToParts(Date.UTC(2026, index, 1));
				const named = parts.find(({ type }) => type === 'month')?.value ?? '';
				if (plain(named) === wanted) return index + 1;
			}
		}
	return undefined;
}

/** The zeros of other digits: Arabic, Persian, Devanagari, Bengali, Thai. */
const ZEROS = ['٠', '۰', '०', '০', '๐'].map((zero) => zero.charCodeAt(0));

/** Replaces digits and signs of other scripts, and of full width, by ordinary ones. */
export function plainDigits(text: string): string {
	return text.normalize('NFKC').replace(/\p{Nd}/gu, (digit) => {
		const code = digit.charCodeAt(0);
		const zero = ZEROS.find((one) => code >= one && code <= one + 9);
		return zero === undefined ? digit : String(code - zero);
	});
}

/** Names of the shapes that the form has: `Landscape (16:9)`, `Portrait (9:16)` and `Square (1:1)`. */
export const SHAPES: Record<string, string[]> = {
	'16:9': [
		...[
			'landscape',
			'horizontal',
			'horizontale',
			'widescreen',
			'querformat',
			'breitbild',
			'paysage',
		],
		...['apaisado', 'paisagem', 'orizzontale', 'liggend', 'liggande', 'landskap', 'yatay'],
		...['горизонтальный', 'горизонтальное', '横屏', '横向', '横長', '가로', '가로형'],
	],
	'9:16': [
		...[
			'portrait',
			'vertical',
			'verticale',
			'upright',
			'hochformat',
			'hochkant',
			'retrato',
			'verticaal',
		],
		...['ritratto', 'staand', 'stående', 'dikey', 'вертикальный', 'вертикальное', 'портретный'],
		...['竖屏', '竖向', '縦長', '縦型', '세로', '세로형'],
	],
	'1:1': [
		...['square', 'quadrat', 'quadratisch', 'carré', 'carre', 'cuadrado', 'quadrado', 'quadrato'],
		...[
			'vierkant',
			'kvadrat',
			'kvadratisk',
			'квадрат',
			'квадратный',
			'正方形',
			'方形',
			'정사각형',
			'kare',
		],
	],
};
