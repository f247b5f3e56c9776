import type { Words } from '../features/processes/words';

/** A process of the demo, as it is told. */
export interface ProcessStory {
  keeper: string;
  template: string;
  hasLevels: boolean;
  visibility: 'public' | 'organisation';
  title: Words;
  question: Words;
  texts: { level: string; kind: string; title: Words; body: Words }[];
  decisions: {
    level: string;
    days: number;
    what: string;
    why: string;
    decided_by: string;
    parties: string[];
    revises?: number;
  }[];
  topics: { key: string; area: string; name: Words }[];
  sessions: {
    kind: string;
    days: number;
    title: Words;
    plan: string;
    notes: string;
    outcomes: string;
    brought: [topic: string, party: string, body: string][];
  }[];
  comments: { text: number; days: number; name: string; body: string; state: string; reply: string; changed: string }[];
  results: {
    goal: Words;
    title: Words;
    owner: string;
    status: string;
    actions: [party: string, body: string, done: boolean][];
    progress: [party: string, status: string, body: string, days: number][];
  }[];
  parties: [party: string, kind: string, people: number, level: string][];
  phases: [phase: string, learned: string][];
  first: [step: string, done: boolean][];
  targets: [title: string, target: number, counted: string, actual?: number][];
  discussion: { title: string; address: string; summary: string };
  review: string;
}
