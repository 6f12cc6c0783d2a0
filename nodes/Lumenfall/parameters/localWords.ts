/** What spreadsheets, people and keyboards in other languages write instead of `true`, `8 seconds`, `Scene`, `July` and `8`. */

/** Also the values of Excel in these languages: WAHR, VRAI, SANT, PRAWDA, ИСТИНА. */
export const YES = [
	...['true', 'yes', 'y', 't', 'on', 'enabled', 'enable', 'checked', '✓', '✔', '✅', '☑'],
	...['wahr', 'ja', 'vrai', 'oui', 'verdadero', 'sí', 'si', 'vero', 'sì', 'verdadeiro', 'sim'],
	...['waar', 'sant', 'sann', 'sand', 'tosi', 'kyllä', 'prawda', 'tak', 'pravda', 'ano', 'áno'],
	...['igaz', 'igen', 'adevărat', 'doğru', 'evet', 'истина', 'да', 'істина', 'так', 'ναι'],
	...['αληθές', 'はい', '真', '是', '예', '네', '참', 'نعم', 'ya', 'benar'],
];
export const NO = [
	...['false', 'no', 'n', 'f', 'off', 'disabled', 'disable', 'unchecked', '✗', '✘', '❌', '☐'],
	...['falsch', 'nein', 'faux', 'non', 'falso', 'não', 'nao', 'onwaar', 'nee', 'falskt', 'nej'],
	...['usann', 'nei', 'falsk', 'epätosi', 'ei', 'fałsz', 'nie', 'nepravda', 'ne', 'hamis', 'nem'],
	...['fals', 'nu', 'yanlış', 'yanliş', 'hayır', 'hayir', 'ложь', 'нет', 'хибність', 'ні'],
	...['όχι', 'ψευδές', 'いいえ', '偽', '假', '否', '아니요', '아니오', '거짓', 'لا'],
	...['tidak', 'salah'],
];

/** Units behind or before a number. */
export const UNITS = {
	seconds:
		/\s*(?:s|secs?|seconds?|sek|sekunden?|secondes?|segundos?|segs?|second[io]|seconden|sekund(?:er|y)?|сек|секунд[аы]?|с|秒钟?|초)\.?$/iu,
	hours:
		/\s*(?:h|hrs?|hours?|std|stunden?|heures?|horas?|or[ae]|uur|uren|час(?:а|ов)?|ч|小时|時間|시간)\.?$/iu,
	minutes:
		/\s*(?:m|mins?|minutes?|minuten?|minutos?|minut[io]|minuut|минут[аы]?|мин|分钟?|분)\.?$/iu,
	factor: /^[x×]\s*|\s*[x×]$/iu,
	usd: /^(?:us\s?)?\$\s*|^usd\s*|\s*(?:us\s?)?\$$|\s*usd$|\s*(?:us[- ])?dollars?$/giu,
};
export type Unit = keyof typeof UNITS;

/** Words before the number of a scene, as parts of a regular expression. */
export const SCENE_WORDS = [
	...['scene', 'shot', 'clip', 'part', 'szene', 'sc[eè]ne', 'escena', 'cena', 'scena', 'сцена'],
	...['场景', '镜头', 'シーン', '장면'],
];

/** Languages whose names of months, long or short, do not contradict each other. */
const MONTH_LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'nb'];

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
			const format = new Intl.DateTimeFormat(language, { month, timeZone: 'UTC' });
			for (let index = 0; index < 12; index++)
				if (plain(format.format(Date.UTC(2026, index, 1))) === wanted) return index + 1;
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
