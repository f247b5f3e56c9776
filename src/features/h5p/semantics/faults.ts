import type { Field } from './field';
import { isShown } from './show-when';
import { isObject, type Params, type Path, type Shelf, type Spot, spotsByName } from './walk';

/** What has to be mended before a content can be played: where, and a message. */
export interface FieldFault {
  path: Path;
  /** The part of the message's key after `h5pForm.fault.`. */
  key: string;
  values: Record<string, string | number>;
}

/** Everything that the semantics ask for and the content does not have. Words that all contents share may be left empty. */
export function faultsOf(params: Params, folder: string, shelf: Shelf): FieldFault[] {
  const spots = spotsByName(params, folder, shelf);
  return [...spots.values()].flatMap((spot) => {
    if (spot.field.hidden || spot.field.common || !isShown(spot, spots)) return [];
    const fault = faultOf(spot);
    return fault ? [{ path: spot.path, ...fault }] : [];
  });
}

function faultOf({ field, value }: Spot): Omit<FieldFault, 'path'> | undefined {
  switch (field.kind) {
    case 'text': {
      if (typeof value !== 'string' || isEmpty(value)) return needed(field, value);
      const max = field.maxLength;
      return max && value.length > max ? { key: 'tooLong', values: { max } } : undefined;
    }
    case 'number':
      return numberFault(field, value);
    case 'select':
      if (value === undefined || value === '') return needed(field, value);
      return field.options.some((option) => option.value === String(value)) ? undefined : { key: 'choose', values: {} };
    case 'list': {
      const items = Array.isArray(value) ? value.length : 0;
      if (items < field.min && !field.optional) return { key: 'tooFew', values: { min: field.min } };
      return field.max && items > field.max ? { key: 'tooMany', values: { max: field.max } } : undefined;
    }
    case 'library':
      return isObject(value) && typeof value.library === 'string' ? undefined : needed(field, value);
    case 'media':
      return isObject(value) || (Array.isArray(value) && value.length > 0) ? undefined : needed(field, value);
    default:
      return undefined;
  }
}

function needed({ kind, optional, default: given }: Field, value: unknown): Omit<FieldFault, 'path'> | undefined {
  // What is absent is the library's default; only what was emptied is missing.
  if (optional || (value === undefined && given !== undefined)) return undefined;
  return { key: kind === 'text' ? 'write' : kind === 'media' ? 'file' : 'choose', values: {} };
}

function numberFault(field: Extract<Field, { kind: 'number' }>, value: unknown): Omit<FieldFault, 'path'> | undefined {
  if (value === undefined || value === null || value === '') {
    const fault = needed(field, value);
    return fault && { key: 'number', values: {} };
  }
  const number = Number(value);
  if (!Number.isFinite(number)) return { key: 'number', values: {} };
  if (field.min !== undefined && number < field.min) return { key: 'small', values: { min: field.min } };
  if (field.max !== undefined && number > field.max) return { key: 'large', values: { max: field.max } };
  return undefined;
}

/** Nothing that a reader would see or hear. */
function isEmpty(text: string): boolean {
  if (/<(img|audio|video|hr)\b/i.test(text)) return false;
  return text.replace(/<[^>]*>|&nbsp;/g, '').trim() === '';
}
