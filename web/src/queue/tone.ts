import { isOn } from '../parts/settings';

const TONE_HZ = 880;
const TONE_SECONDS = 0.18;

let sound: AudioContext | null = null;

/** One short tone; it needs that somebody has touched the page before. */
export async function ring(): Promise<boolean> {
  if (!isOn('sound')) return true;
  sound ??= new AudioContext();
  await Promise.race([sound.resume(), new Promise((resolve) => setTimeout(resolve, 300))]);
  if (sound.state !== 'running') return false;
  const [tone, volume] = [sound.createOscillator(), sound.createGain()];
  const end = sound.currentTime + TONE_SECONDS;
  tone.frequency.value = TONE_HZ;
  volume.gain.setValueAtTime(0.2, sound.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, end);
  tone.connect(volume).connect(sound.destination);
  tone.start();
  tone.stop(end);
  return true;
}
