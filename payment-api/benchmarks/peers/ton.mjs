// tonapi's own client, given the bytes by its fetch, and the search that its user writes. JSON.parse alone beside it.
import { Address } from '@ton/core';
import { TonApiClient } from '@ton-api/client';
import { compare, order, page } from './measure.mjs';

const client = new TonApiClient({
  fetch: async () => new Response(page, { status: 200, headers: { 'content-type': 'application/json' } })
});
const recipient = Address.parse(order.recipient);
const units = BigInt(order.units);

async function sdk() {
  const { transactions } = await client.blockchain.getBlockchainAccountTransactions(recipient, { limit: 100 });
  return transactions.find((transaction) => {
    const message = transaction.inMsg;
    return transaction.success && message !== undefined && message.value === units && message.decodedBody?.text === order.order
      && message.destination.address.equals(recipient);
  })?.hash;
}

function json() {
  return JSON.parse(page.toString('utf8')).transactions.find(({ success, in_msg: message }) =>
    success && message?.value === Number(order.units) && message.decoded_body?.text === order.order
      && message.destination.address === order.recipient)?.hash;
}

await compare({ sdk, json });
