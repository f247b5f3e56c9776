import { type Ink, inkOf } from './inks';

/** Shapes of a chart without any style: on a page they get classes, in a PDF colours. */
export interface Drawing {
  width: number;
  height: number;
  shapes: Shape[];
}

export type Shape = Path | Circle | Text;

interface Looks {
  fill?: Ink;
  stroke?: Ink;
  strokeWidth?: number;
  dash?: number[];
  /** Six numbers of a matrix. */
  transform?: readonly number[];
}
export interface Path extends Looks {
  kind: 'path';
  d: string;
}
export interface Circle extends Looks {
  kind: 'circle';
  x: number;
  y: number;
  radius: number;
}
export interface Text extends Looks {
  kind: 'text';
  /** Of its middle line. */
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
  size: number;
  bold: boolean;
  words: string;
}

const ELEMENT = /<(path|rect|circle|polygon|polyline|text)\s([^>]*?)(?:\/>|>([^<]*)<)/g;
const ATTRIBUTE = /([\w-]+)="([^"]*)"/g;

/**
 * The shapes in what ECharts drew. It writes flat SVG: paths, rectangles, circles, polygons and texts one after the other, with styles and hover
 * rules that a strict content policy refuses; only what is known here is taken over.
 */
export function drawingOf(svg: string, width: number, height: number): Drawing {
  const drawn = svg.replace(/<defs[\s\S]*?<\/defs>/g, '').replace(/<style[\s\S]*?<\/style>/g, '');
  const shapes = [...drawn.matchAll(ELEMENT)].flatMap(([, name, attributes = '', words = '']): Shape[] => {
    const values = Object.fromEntries([...attributes.matchAll(ATTRIBUTE)].map(([, key, value]) => [key, value]));
    const shape = shapeOf(name as string, values as Values, words);
    return shape && (shape.fill || shape.stroke) ? [shape] : [];
  });
  return { width, height, shapes };
}

type Values = Record<string, string | undefined>;

function shapeOf(name: string, values: Values, words: string): Shape | undefined {
  const looks = looksOf(values);
  const number = (key: string) => Number(values[key] ?? 0);
  if (name === 'path') return { kind: 'path', d: values.d ?? '', ...looks };
  if (name === 'circle') return { kind: 'circle', x: number('cx'), y: number('cy'), radius: number('r'), ...looks };
  if (name === 'rect') {
    const [x, y, width, height] = ['x', 'y', 'width', 'height'].map(number) as [number, number, number, number];
    return { kind: 'path', d: `M${x} ${y}h${width}v${height}h${-width}Z`, ...looks };
  }
  if (name !== 'text') return { kind: 'path', d: `M${values.points}${name === 'polygon' ? 'Z' : ''}`, ...looks };
  return textOf(values, words, looks);
}

function looksOf(values: Values): Looks {
  const [fill, stroke] = [inkOf(values.fill), inkOf(values.stroke)];
  const dash = values['stroke-dasharray']?.split(/[ ,]+/).map(Number);
  const transform = matrixOf(values.transform);
  return {
    ...(fill && { fill }),
    ...(stroke && { stroke, strokeWidth: Number(values['stroke-width'] ?? 1) }),
    ...(dash && { dash }),
    ...(transform && { transform }),
  };
}

function textOf(values: Values, words: string, { fill, transform }: Looks): Text {
  const style = values.style ?? '';
  const [dx, dy] = [transform?.[4] ?? 0, transform?.[5] ?? 0];
  const anchor = values['text-anchor'];
  return {
    kind: 'text',
    x: rounded(Number(values.x ?? 0) + dx),
    y: rounded(Number(values.y ?? 0) + dy),
    anchor: anchor === 'middle' || anchor === 'end' ? anchor : 'start',
    size: Number(/([\d.]+)px/.exec(style)?.[1] ?? 12),
    bold: /\bbold\b/.test(style),
    words: unescaped(words),
    ...(fill && { fill }),
  };
}

function matrixOf(transform: string | undefined): number[] | undefined {
  const [, kind, inside = ''] = /^(matrix|translate)\(([^)]*)\)/.exec(transform ?? '') ?? [];
  const numbers = inside.split(/[ ,]+/).map(Number);
  if (kind === 'matrix') return numbers;
  return kind === 'translate' ? [1, 0, 0, 1, numbers[0] ?? 0, numbers[1] ?? 0] : undefined;
}

const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
const unescaped = (text: string) => text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);
const rounded = (value: number) => Math.round(value * 10) / 10;
