import { isNameOf } from '../../../nodes/Lumenfall/parameters/sceneNames';
import { isData, scenesInText } from '../../../nodes/Lumenfall/parameters/sceneText';

test.each<[string, string, unknown[]]>([
	['headings', 'Scene 1\nA boat\nScene 2\nA storm', ['A boat', 'A storm']],
	['paragraphs', 'A boat\nsails\n\nA storm', ['A boat\nsails', 'A storm']],
])('%s are read the same with the line ends of Windows', (_, text, scenes) => {
	expect(scenesInText(text)).toEqual(scenes);
	expect(scenesInText(text.replaceAll('\n', '\r\n'))).toEqual(scenes);
});

test('a long text with brackets is quickly found to be no name', () => {
	const start = process.cpuUsage();
	expect(isNameOf('('.repeat(200_000))).toBe(false);
	expect(isData(`prompt, ${'('.repeat(200_000)}`)).toBe(false);
	expect(process.cpuUsage(start).user).toBeLessThan(2_000_000);
});
