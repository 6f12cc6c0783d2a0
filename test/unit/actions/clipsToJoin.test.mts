import { findClipsToJoin } from '../../../nodes/Lumenfall/actions/video/storyboard/clipsToJoin';

const clip = (seconds: number | undefined, requestedSeconds = 4) => ({ seconds, requestedSeconds });

test('clips of the added parts are joined one after the other', () => {
	expect(findClipsToJoin([clip(4), clip(4), clip(5, 5)])).toEqual([
		{ last: 0, offsets: [0] },
		{ last: 1, offsets: [0] },
		{ last: 2, offsets: [0] },
	]);
});

test('a clip that contains the whole video so far replaces it', () => {
	expect(findClipsToJoin([clip(4), clip(8), clip(13, 5)])).toEqual([
		{ last: 2, offsets: [0, 4, 8] },
	]);
});

test('a whole video may come after added parts, and before them', () => {
	expect(findClipsToJoin([clip(4), clip(4), clip(12)])).toEqual([{ last: 2, offsets: [0, 4, 8] }]);
	expect(findClipsToJoin([clip(4), clip(8), clip(4)])).toEqual([
		{ last: 1, offsets: [0, 4] },
		{ last: 2, offsets: [0] },
	]);
});

test('a server that rounds the length is understood', () => {
	expect(findClipsToJoin([clip(4.04), clip(7.9)])).toEqual([{ last: 1, offsets: [0, 4.04] }]);
	expect(findClipsToJoin([clip(4.04), clip(5)])).toHaveLength(2);
});

test('a longer scene is not taken for the whole video', () => {
	expect(findClipsToJoin([clip(4), clip(8, 8)])).toHaveLength(2);
});

test('a length that is unknown is that of the added part', () => {
	expect(findClipsToJoin([clip(undefined), clip(undefined), clip(4)])).toHaveLength(3);
});
