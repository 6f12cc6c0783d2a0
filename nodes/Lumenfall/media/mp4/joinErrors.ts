/** All errors of joining, one function per message. The node converts them into its own errors. */
import { isDamage } from './box/readBoxes';
import { MAX_SAMPLES, MAX_SECONDS } from './limits';

/** Why clips cannot be joined, as text for the user. Contains no content of a file. */
export class JoinError extends Error {
	constructor(
		message: string,
		/** What the user can do. */
		readonly advice: string,
	) {
		super(message);
		this.name = 'JoinError';
	}
}

/** Returns what to throw for an error while a file was read: `damaged` if the file is damaged, else the error itself. */
export function asJoinError(error: unknown, damaged: JoinError): unknown {
	return isDamage(error) ? damaged : error;
}

const NEW_COPY = 'Download or generate the clip again.';
const SAME_SETTINGS =
	"Generate all clips with the same 'Model', 'Resolution' and 'Aspect Ratio', or leave this clip out.";
const REENCODE = 'Convert the clip to an MP4 file with H.264 video and AAC sound first.';

const OTHER_SOUND =
	"Set 'If Sound Differs' to 'Leave Out' to make this clip silent, or set 'Sound' to 'None' or 'From a File'.";

const HOURS = `${MAX_SECONDS / 3600} hours`;
const FRAMES = `${MAX_SAMPLES.toLocaleString('en-US')} frames`;

/** Each creates the error of one situation. `clip` and `file` are names for the user, e.g. `Clip 2 (boat.mp4)`. */
export const joinErrors = {
	noClips: () =>
		new JoinError('There are no clips to join', 'Use at least one item with a video file.'),

	notMp4: (clip: string, found: string) =>
		new JoinError(`${clip} is not an MP4 file: it is ${found}`, REENCODE),
	noIndex: (clip: string) =>
		new JoinError(`${clip} has no index ('moov' box), so the file is incomplete`, NEW_COPY),
	truncated: (clip: string) =>
		new JoinError(`${clip} is incomplete: the file ends before its last frame`, NEW_COPY),
	damaged: (clip: string) =>
		new JoinError(`${clip} is damaged: its index cannot be read`, NEW_COPY),
	changed: (clip: string) =>
		new JoinError(`${clip} changed while it was read`, 'Run the workflow again.'),
	encrypted: (clip: string) =>
		new JoinError(
			`${clip} is encrypted (DRM), and encrypted clips cannot be joined`,
			'Use a copy without encryption.',
		),
	noVideo: (clip: string) =>
		new JoinError(`${clip} has no video track`, 'Use video files only, or remove this file.'),
	unsupportedVideo: (clip: string, codec: string) =>
		new JoinError(`${clip} is ${codec} video; only H.264, H.265 and AV1 can be joined`, REENCODE),
	noKeyFrame: (clip: string) =>
		new JoinError(
			`${clip} does not start with a key frame, so its beginning cannot be decoded`,
			REENCODE,
		),
	severalEdits: (clip: string) =>
		new JoinError(
			`${clip} plays parts of its file in another order or at another speed (edit list), which joining cannot keep`,
			REENCODE,
		),
	hiddenStart: (clip: string, seconds: number) =>
		new JoinError(
			`${clip} hides its first ${seconds.toFixed(2)} seconds (it was cut without re-encoding), which only the first clip of a joined video can do`,
			'Make it the first clip, or cut it with re-encoding.',
		),
	tooLong: (clip: string) =>
		new JoinError(
			`${clip} is too long or has impossible times; a clip can have up to ${HOURS} and ${FRAMES}`,
			'Use a shorter clip.',
		),

	movieTooLong: () =>
		new JoinError(
			`The joined video would be too long; the limit is ${HOURS} or ${FRAMES}`,
			'Join fewer clips.',
		),
	movieTooLarge: (bytes: number) =>
		new JoinError(
			`The joined video would be ${(Math.ceil((bytes * 10) / 1024 ** 3) / 10).toFixed(1)} GB; the limit is 4 GB`,
			'Join fewer clips, or clips of a lower resolution.',
		),

	/** Two clips differ in something that must be the same in the whole video, such as the size. */
	different: (clip: string, what: string, value: string, first: string, firstValue: string) =>
		new JoinError(
			`${clip} has ${what} ${value}, but ${first} has ${firstValue}; this must be the same in all joined clips`,
			SAME_SETTINGS,
		),
	differentSound: (clip: string, sound: string, first: string, firstSound: string) =>
		new JoinError(
			`${clip} has sound in ${sound}, but ${first} in ${firstSound}; joined clips must have the same sound format`,
			OTHER_SOUND,
		),
	unsupportedSound: (clip: string, sound: string) =>
		new JoinError(
			`${clip} has sound in ${sound}; only AAC, Opus and MP3 can be joined`,
			OTHER_SOUND,
		),

	soundFileType: (file: string, found: string) =>
		new JoinError(
			`${file} is ${found}; the sound of a joined video must be an AAC or MP3 file`,
			'Ask your speech or music service for AAC (best) or MP3, or convert the file first.',
		),
	soundFileDamaged: (file: string) =>
		new JoinError(
			`${file} is damaged: it contains no sound that can be read`,
			'Download or generate the sound again.',
		),
	soundFileTooLong: (file: string) =>
		new JoinError(`${file} is longer than ${HOURS}`, 'Use a shorter sound file.'),
};
