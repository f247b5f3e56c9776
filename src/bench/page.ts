import type { Scene } from './scene';

/** One request of the benchmark. */
export interface BenchRequest {
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body?: string;
}

export interface BenchPage {
  page: string;
  /** The n-th request: pages of learners go round among them. */
  request(scene: Scene, n: number): BenchRequest;
  status: number;
  /** Everyone visits once before measuring, so that what a first visit writes is written. */
  visitFirst?: boolean;
  /** Called with each answer, for requests that depend on the one before. */
  answered?(request: BenchRequest, status: number, body: string): void;
}
