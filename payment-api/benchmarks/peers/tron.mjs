// TronWeb has no reader for TronGrid's account history: its user parses the JSON, and takes TronWeb's own functions for memo, addresses and
// the check that the signed bytes are those of the transaction's id. JSON.parse alone, without any check, beside it.
import { TronWeb, utils } from 'tronweb';
import { compare, order, page } from './measure.mjs';

function rows() {
  return JSON.parse(page.toString('utf8')).data;
}

function isSigned(row) {
  const detail = row.detail;
  const value = detail.raw_data.contract[0].parameter.value;
  return utils.transaction.txCheck(detail)
    && TronWeb.address.fromHex(value.contract_address) === row.token_info.address
    && TronWeb.address.fromHex('41' + value.data.slice(32, 72)) === order.recipient
    && BigInt('0x' + value.data.slice(72)) === BigInt(order.units);
}

function pays(row) {
  return row.to === order.recipient && row.value === order.units && TronWeb.toUtf8(row.detail.raw_data.data) === order.order
    && row.detail.ret[0].contractRet === 'SUCCESS';
}

// Memo first, so that only the row of the order is checked, as ours does.
const tronweb = () => rows().find((row) => pays(row) && isSigned(row))?.transaction_id;
const tronwebEveryRow = () => rows().filter((row) => utils.transaction.txCheck(row.detail)).find((row) => pays(row) && isSigned(row))?.transaction_id;
const json = () => {
  const memo = Buffer.from(order.order).toString('hex');
  return rows().find((row) => row.to === order.recipient && row.value === order.units && row.detail.raw_data.data === memo)?.transaction_id;
};

await compare({ tronweb, tronwebEveryRow, json });
