/** The workbook as a reader of ECMA-376 would take it apart. */
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { workbookOf } from '../../shared/base/spreadsheet.ts';

const risky = ['=1+1', "+cmd|' /C calc'!A0", '@SUM(A1)', '-2', '\t=1', '<b>&"\u0001'];

test('every text is a text, whatever it begins with; numbers are numbers', () => {
  const bytes = workbookOf([
    { name: '考核材料/第1页', widths: [10, 20], rows: [['项目', '数'], ...risky.map((text, n) => [text, n])] },
    { name: '来源', widths: [], rows: [['x'], [null, 'y']] },
  ]);
  const files = unzipSync(bytes);
  const read = (name: string) => strFromU8(files[name] ?? new Uint8Array());
  expect(Object.keys(files).sort()).toEqual([
    '[Content_Types].xml',
    '_rels/.rels',
    'xl/_rels/workbook.xml.rels',
    'xl/styles.xml',
    'xl/workbook.xml',
    'xl/worksheets/sheet1.xml',
    'xl/worksheets/sheet2.xml',
  ]);
  const sheet = read('xl/worksheets/sheet1.xml');
  expect(sheet).not.toContain('<f>');
  expect(sheet.match(/t="inlineStr"/g)).toHaveLength(2 + risky.length);
  expect(sheet).toContain('<c r="A2" s="0" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>');
  expect(sheet).toContain('<c r="B3" s="0"><v>1</v></c>');
  // A control character is none that XML can carry.
  expect(sheet).toContain('&lt;b&gt;&amp;&quot;</t>');
  expect(read('xl/worksheets/sheet2.xml')).toContain('<row r="2"><c r="B2"');
  expect(read('xl/workbook.xml')).toContain('<sheet name="考核材料 第1页" sheetId="1" r:id="rId1"/>');
});

test('the same content gives the same bytes', () => {
  const sheets = [{ name: 'a', widths: [8], rows: [['b'], [1]] }];
  expect(workbookOf(sheets)).toEqual(workbookOf(sheets));
});
