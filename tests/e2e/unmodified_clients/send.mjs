// Sends texts to a queue, a stream or a table, with the AWS SDK for JavaScript, version 3, as it is.
import assert from "node:assert";
import { createRequire } from "node:module";

const require = createRequire(process.env.PROCESSORS + "/node/");
const [kind, where, ...texts] = process.argv.slice(2);

const senders = {
  async sqs(group) {
    const { SQSClient, SendMessageBatchCommand } = require("@aws-sdk/client-sqs");
    const Entries = texts.map((MessageBody, at) => ({ Id: `${at}`, MessageBody, ...group }));
    const sent = await new SQSClient({}).send(new SendMessageBatchCommand({ QueueUrl: where, Entries }));
    assert.equal(sent.Successful.length, texts.length);
  },
  fifo: () => senders.sqs({ MessageGroupId: "g" }),
  async kinesis() {
    const { KinesisClient, PutRecordsCommand } = require("@aws-sdk/client-kinesis");
    const Records = texts.map((text) => ({ PartitionKey: "k", Data: Buffer.from(text) }));
    const { NodeHttpHandler } = require("@smithy/node-http-handler");
    const client = new KinesisClient({ requestHandler: new NodeHttpHandler() });
    const sent = await client.send(new PutRecordsCommand({ StreamName: where, Records }));
    assert.equal(sent.FailedRecordCount, 0);
  },
  async dynamodb() {
    const { DynamoDBClient, PutItemCommand } = require("@aws-sdk/client-dynamodb");
    const client = new DynamoDBClient({});
    for (const text of texts) {
      await client.send(new PutItemCommand({ TableName: where, Item: { k: { S: text } } }));
    }
  },
};
await senders[kind]();
