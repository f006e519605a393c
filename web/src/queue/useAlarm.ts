import { useEffect, useRef, useState } from 'react';
import type { QueueItem } from '../api/client';
import { isOn } from '../parts/settings';
import { useWords } from '../words';

const AGAIN_MS = 60_000;
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

/**
 * Tells of class A that comes in while the page is open: a tone at once and each minute until somebody has taken it, and the
 * number in the title.
 * @param isQuiet in a call nobody is disturbed
 * @returns how many are new, and whether the browser lets nothing be heard
 */
export function useAlarm(items: readonly QueueItem[], isLoaded: boolean, isQuiet: boolean) {
  const { name } = useWords();
  const [isBlocked, setBlocked] = useState(false);
  const seen = useRef<Set<string> | null>(null);
  const untaken = items
    .filter((item) => item.class === 'A' && item.status === 'requested')
    .map(({ id }) => id);
  const joined = untaken.join(' ');
  const [fresh, setFresh] = useState<readonly string[]>([]);

  useEffect(() => {
    if (!isLoaded) return;
    const now = joined === '' ? [] : joined.split(' ');
    const known = (seen.current ??= new Set(now));
    // Told apart before they are known: React asks for the next state later.
    const come = now.filter((id) => !known.has(id));
    for (const id of now) known.add(id);
    setFresh((before) => [...before.filter((id) => now.includes(id)), ...come]);
  }, [joined, isLoaded]);

  const hasFresh = fresh.length > 0 && !isQuiet;
  const latest = fresh.at(-1);
  useEffect(() => {
    if (!hasFresh) return;
    const tell = () => void ring().then((isHeard) => setBlocked(!isHeard));
    tell();
    const timer = setInterval(tell, AGAIN_MS);
    return () => clearInterval(timer);
  }, [hasFresh, latest]);

  useEffect(() => {
    document.title = untaken.length > 0 ? `(${untaken.length}) ◆ ${name}` : name;
  }, [untaken.length, name]);
  return { fresh: fresh.length, isBlocked };
}
