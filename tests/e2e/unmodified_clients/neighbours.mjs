// What calls a function and what it asks, with the AWS SDK for JavaScript, version 3, as it is.
import assert from "node:assert";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.env.CLIENTS + "/node/");
const dynamodb = require("@aws-sdk/client-dynamodb");
const events = require("@aws-sdk/client-eventbridge");
const kinesis = require("@aws-sdk/client-kinesis");
const lambda = require("@aws-sdk/client-lambda");
const s3 = require("@aws-sdk/client-s3");
const { getSignedUrl } = require("@aws-sdk/s3-request-presigner");
const scheduler = require("@aws-sdk/client-scheduler");
const secrets = require("@aws-sdk/client-secrets-manager");
const sns = require("@aws-sdk/client-sns");
const sqs = require("@aws-sdk/client-sqs");
const ssm = require("@aws-sdk/client-ssm");
const streams = require("@aws-sdk/client-dynamodb-streams");

const functions = new lambda.LambdaClient({});
const queues = new sqs.SQSClient({});
const objects = new s3.S3Client({});
const tables = new dynamodb.DynamoDBClient({});
const buses = new events.EventBridgeClient({});
const topics = new sns.SNSClient({});
const role = "arn:aws:iam::000000000000:role/any";
const quick = { minDelay: 0.1, maxDelay: 0.2, maxWaitTime: 60 };
const FunctionName = "shop";

const attributesOf = async (QueueUrl) => {
  const { Attributes } = await queues.send(
    new sqs.GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
  return Attributes.QueueArn;
};
/** The next message of a queue. */
const next = async (QueueUrl) => {
  for (let tries = 0; tries < 3; tries++) {
    const { Messages } = await queues.send(new sqs.ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }));
    if (!Messages) continue;
    const [message] = Messages;
    await queues.send(new sqs.DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
    return JSON.parse(message.Body);
  }
  throw new Error(`nothing came to ${QueueUrl}`);
};
const allow = (StatementId, Principal, SourceArn, more = {}) => functions.send(new lambda.AddPermissionCommand({
  FunctionName, StatementId, Action: "lambda:InvokeFunction", Principal, SourceArn, ...more }));

// Layers, versions, aliases, policies, settings.
const zip = readFileSync(process.env.PACKAGE);
const layer = await functions.send(new lambda.PublishLayerVersionCommand({
  LayerName: "shared", Content: { ZipFile: zip }, CompatibleRuntimes: [process.env.RUNTIME] }));
const made = await functions.send(new lambda.CreateFunctionCommand({
  FunctionName, Runtime: process.env.RUNTIME, Handler: "app.handler", Role: role, Code: { ZipFile: zip },
  Layers: [layer.LayerVersionArn], Publish: true }));
assert.equal(made.Version, "1");
await lambda.waitUntilFunctionActiveV2({ client: functions, ...quick }, { FunctionName });
const alias = await functions.send(
  new lambda.CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1" }));
await functions.send(new lambda.UpdateAliasCommand({ FunctionName, Name: "live", Description: "what is sold" }));
await assert.rejects(
  functions.send(new lambda.CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1" })),
  { name: "ResourceConflictException" });
const { Payload } = await functions.send(
  new lambda.InvokeCommand({ FunctionName, Qualifier: "live", Payload: '{"a":1}' }));
assert.deepEqual(JSON.parse(Payload.transformToString()), { a: 1 });
await functions.send(
  new lambda.PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 5 }));
await functions.send(new lambda.DeleteFunctionConcurrencyCommand({ FunctionName }));

// A URL of the function, open to everybody.
const { FunctionUrl } = await functions.send(new lambda.CreateFunctionUrlConfigCommand({
  FunctionName, AuthType: "NONE", Cors: { AllowOrigins: ["*"] } }));
await functions.send(new lambda.AddPermissionCommand({
  FunctionName, StatementId: "url", Action: "lambda:InvokeFunctionUrl", Principal: "*", FunctionUrlAuthType: "NONE" }));
await functions.send(new lambda.AddPermissionCommand({
  FunctionName, StatementId: "by-url", Action: "lambda:InvokeFunction", Principal: "*", InvokedViaFunctionUrl: true }));
const asked = new URL(FunctionUrl);
assert.ok(asked.hostname.includes(".lambda-url."), FunctionUrl);

// What was asked for asynchronously goes to a queue, with what came of it.
const { QueueUrl: done } = await queues.send(new sqs.CreateQueueCommand({ QueueName: "done" }));
await functions.send(new lambda.PutFunctionEventInvokeConfigCommand({
  FunctionName, MaximumRetryAttempts: 0, DestinationConfig: { OnSuccess: { Destination: await attributesOf(done) } } }));
const told = async () => (await next(done)).requestPayload;

// SNS, S3 and EventBridge call it.
const { TopicArn } = await topics.send(new sns.CreateTopicCommand({ Name: "orders" }));
await allow("topic", "sns.amazonaws.com", TopicArn);
await topics.send(new sns.SubscribeCommand({ TopicArn, Protocol: "lambda", Endpoint: made.FunctionArn.replace(/:1$/, "") }));
await topics.send(new sns.PublishCommand({ TopicArn, Message: "of a topic", MessageAttributes: {
  kind: { DataType: "String", StringValue: "order" } } }));
const { Sns: message } = (await told()).Records[0];
assert.equal(message.Message, "of a topic");
assert.deepEqual(message.MessageAttributes, { kind: { Type: "String", Value: "order" } });

const Bucket = "shop-bucket";
await objects.send(new s3.CreateBucketCommand({ Bucket }));
await s3.waitUntilBucketExists({ client: objects, ...quick }, { Bucket });
await allow("bucket", "s3.amazonaws.com", `arn:aws:s3:::${Bucket}`, { SourceAccount: "000000000000" });
await objects.send(new s3.PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: {
  LambdaFunctionConfigurations: [{
    LambdaFunctionArn: alias.AliasArn.replace(/:live$/, ""), Events: ["s3:ObjectCreated:*"],
    Filter: { Key: { FilterRules: [{ Name: "prefix", Value: "orders/" }] } } }] } }));
await objects.send(new s3.PutObjectCommand({ Bucket, Key: "orders/1", Body: "one" }));
assert.equal((await told()).Records[0].s3.object.key, "orders/1");
const get = await getSignedUrl(objects, new s3.GetObjectCommand({ Bucket, Key: "orders/1" }), { expiresIn: 60 });
assert.equal(await (await fetch(get)).text(), "one");
const put = await getSignedUrl(objects, new s3.PutObjectCommand({ Bucket, Key: "two" }), { expiresIn: 60 });
const answer = await fetch(put, { method: "PUT", body: "two" });
assert.equal(answer.status, 200, await answer.text());
const { Body } = await objects.send(new s3.GetObjectCommand({ Bucket, Key: "two" }));
assert.equal(await Body.transformToString(), "two");
await assert.rejects(objects.send(new s3.GetObjectCommand({ Bucket, Key: "none" })), { name: "NoSuchKey" });

const { RuleArn } = await buses.send(
  new events.PutRuleCommand({ Name: "orders", EventPattern: JSON.stringify({ source: ["shop"] }) }));
await allow("rule", "events.amazonaws.com", RuleArn);
await buses.send(new events.PutTargetsCommand({
  Rule: "orders", Targets: [{ Id: "shop", Arn: alias.AliasArn.replace(/:live$/, "") }] }));
const { FailedEntryCount } = await buses.send(new events.PutEventsCommand({
  Entries: [{ Source: "shop", DetailType: "order", Detail: JSON.stringify({ number: 3 }) }] }));
assert.equal(FailedEntryCount, 0);
assert.deepEqual((await told()).detail, { number: 3 });

const schedules = new scheduler.SchedulerClient({});
await schedules.send(new scheduler.CreateScheduleCommand({
  Name: "closing", FlexibleTimeWindow: { Mode: "OFF" }, ActionAfterCompletion: "DELETE",
  ScheduleExpression: `at(${new Date(Date.now() + 1500).toISOString().slice(0, 19)})`,
  Target: { Arn: alias.AliasArn.replace(/:live$/, ""), RoleArn: role, Input: JSON.stringify({ number: 4 }) } }));
assert.deepEqual(await told(), { number: 4 });

// It is given what queues and streams hold; `done` has nothing of that, the log has.
const mapped = async (EventSourceArn, more) => {
  const { UUID } = await functions.send(
    new lambda.CreateEventSourceMappingCommand({ FunctionName, EventSourceArn, ...more }));
  for (;;) {
    const { State } = await functions.send(new lambda.GetEventSourceMappingCommand({ UUID }));
    if (State === "Enabled") return UUID;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
const { QueueUrl: given } = await queues.send(new sqs.CreateQueueCommand({ QueueName: "given" }));
const ofQueue = await mapped(await attributesOf(given), { BatchSize: 2, FunctionResponseTypes: ["ReportBatchItemFailures"] });
await queues.send(new sqs.SendMessageBatchCommand({ QueueUrl: given, Entries: [
  { Id: "a", MessageBody: "one" }, { Id: "b", MessageBody: "two" }] }));
for (;;) {
  const { Attributes } = await queues.send(new sqs.GetQueueAttributesCommand({ QueueUrl: given, AttributeNames: ["All"] }));
  if (Attributes.ApproximateNumberOfMessages === "0" && Attributes.ApproximateNumberOfMessagesNotVisible === "0") break;
  await new Promise((resolve) => setTimeout(resolve, 50));
}

const { TableDescription: table } = await tables.send(new dynamodb.CreateTableCommand({
  TableName: "orders", BillingMode: "PAY_PER_REQUEST",
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" } }));
await dynamodb.waitUntilTableExists({ client: tables, ...quick }, { TableName: "orders" });
const ofTable = await mapped(table.LatestStreamArn, { StartingPosition: "TRIM_HORIZON" });
await tables.send(new dynamodb.PutItemCommand({ TableName: "orders", Item: { id: { S: "5" }, of: { N: "2" } } }));
const changes = new streams.DynamoDBStreamsClient({});
const { StreamDescription } = await changes.send(
  new streams.DescribeStreamCommand({ StreamArn: table.LatestStreamArn }));
const { ShardIterator } = await changes.send(new streams.GetShardIteratorCommand({
  StreamArn: table.LatestStreamArn, ShardId: StreamDescription.Shards[0].ShardId, ShardIteratorType: "TRIM_HORIZON" }));
const { Records: changed } = await changes.send(new streams.GetRecordsCommand({ ShardIterator }));
assert.deepEqual(changed[0].dynamodb.NewImage, { id: { S: "5" }, of: { N: "2" } });
await assert.rejects(
  tables.send(new dynamodb.PutItemCommand({
    TableName: "orders", Item: { id: { S: "5" } }, ConditionExpression: "attribute_not_exists(id)" })),
  { name: "ConditionalCheckFailedException" });

const shards = new kinesis.KinesisClient({});
await shards.send(new kinesis.CreateStreamCommand({ StreamName: "clicks", ShardCount: 1 }));
await kinesis.waitUntilStreamExists({ client: shards, ...quick }, { StreamName: "clicks" });
const { StreamDescriptionSummary: clicks } = await shards.send(
  new kinesis.DescribeStreamSummaryCommand({ StreamName: "clicks" }));
const ofStream = await mapped(clicks.StreamARN, { StartingPosition: "TRIM_HORIZON" });
await shards.send(new kinesis.PutRecordCommand({ StreamName: "clicks", PartitionKey: "k", Data: Buffer.from("click") }));
const { ShardIterator: from } = await shards.send(new kinesis.GetShardIteratorCommand({
  StreamName: "clicks", ShardId: "shardId-000000000000", ShardIteratorType: "TRIM_HORIZON" }));
const { Records: clicked } = await shards.send(new kinesis.GetRecordsCommand({ ShardIterator: from }));
assert.equal(Buffer.from(clicked[0].Data).toString(), "click");
for (const UUID of [ofQueue, ofTable, ofStream]) {
  await functions.send(new lambda.DeleteEventSourceMappingCommand({ UUID }));
}

// What it is told by parameters and secrets.
const parameters = new ssm.SSMClient({});
await parameters.send(new ssm.PutParameterCommand({ Name: "/shop/rate", Value: "7", Type: "SecureString" }));
const { Parameter } = await parameters.send(
  new ssm.GetParameterCommand({ Name: "/shop/rate", WithDecryption: true }));
assert.equal(Parameter.Value, "7");
await assert.rejects(
  parameters.send(new ssm.GetParameterCommand({ Name: "/shop/none" })), { name: "ParameterNotFound" });
const kept = new secrets.SecretsManagerClient({});
await kept.send(new secrets.CreateSecretCommand({ Name: "key", SecretString: "s" }));
const { SecretString } = await kept.send(new secrets.GetSecretValueCommand({ SecretId: "key" }));
assert.equal(SecretString, "s");
await assert.rejects(
  queues.send(new sqs.GetQueueUrlCommand({ QueueName: "none" })), { name: "QueueDoesNotExist" });
console.log(FunctionUrl);
