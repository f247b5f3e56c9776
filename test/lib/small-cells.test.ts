import { hideSmallCells } from '../../src/lib/small-cells';

it('shows what is large, and what is empty', () => {
  expect(hideSmallCells([[5, 0, 12]], 5)).toEqual([[5, 0, 12]]);
});

it('hides a small cell and the next smallest with it, also by column', () => {
  expect(hideSmallCells([[2, 6, 9]], 5)).toEqual([[null, null, 9]]);
  expect(
    hideSmallCells(
      [
        [2, 6, 9],
        [7, 8, 9],
        [9, 9, 9],
      ],
      5,
    ),
  ).toEqual([
    [null, null, 9],
    [null, null, 9],
    [9, 9, 9],
  ]);
});

it('hides more when those hidden are together too few', () => {
  expect(hideSmallCells([[1, 2, 9, 20]], 5)).toEqual([[null, null, null, 20]]);
});
