// Tells whoever works at the console that somebody waits: by the browser, by the tab's title, and by a sound where it is wanted.
import { isBoolean, recall, remember } from "../../shared/storage";

export type Permission = NotificationPermission | "none";

export const permission = (): Permission => (typeof Notification === "undefined" ? "none" : Notification.permission);

/** Asks the browser, which asks the person; only ever after a click. */
export async function allow(): Promise<Permission> {
  return typeof Notification === "undefined" ? "none" : Notification.requestPermission();
}

export const sound = (): boolean => recall("local", "inbox.sound", false, isBoolean);
export const setSound = (on: boolean): void => remember("local", "inbox.sound", on);

export function show(title: string, body: string, tag: string, onOpen: () => void): void {
  if (sound()) beep();
  if (permission() !== "granted") return;
  try {
    const note = new Notification(title, { body, tag });
    note.onclick = () => {
      window.focus();
      onOpen();
      note.close();
    };
  } catch {
    // Some phones have the class and no way to use it; the title counts all the same.
  }
}

function beep(): void {
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  volume.gain.setValueAtTime(0.08, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.4);
  tone.frequency.value = 660;
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.4);
  tone.onended = () => void audio.close();
}

const COUNTED = /^\(\d+\) /;

/** The title of a tab with how many wait in front. */
export const counted = (title: string, waiting: number): string =>
  (waiting > 0 ? `(${waiting}) ` : "") + title.replace(COUNTED, "");
