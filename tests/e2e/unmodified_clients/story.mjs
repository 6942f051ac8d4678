// The story of a VPC function, told with the AWS SDK for JavaScript, version 3, as it is.
import assert from "node:assert";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.env.CLIENTS + "/node/");
const ec2 = require("@aws-sdk/client-ec2");
const iam = require("@aws-sdk/client-iam");
const lambda = require("@aws-sdk/client-lambda");
const logs = require("@aws-sdk/client-cloudwatch-logs");

const network = new ec2.EC2Client({});
const functions = new lambda.LambdaClient({});
const identities = new iam.IAMClient({});
const groupsOfLogs = new logs.CloudWatchLogsClient({});
const quick = { minDelay: 0.1, maxDelay: 0.2, maxWaitTime: 60 };

const { Vpc: vpc } = await network.send(new ec2.CreateVpcCommand({ CidrBlock: "10.40.0.0/16" }));
await ec2.waitUntilVpcAvailable({ client: network, ...quick }, { VpcIds: [vpc.VpcId] });
const { Subnet: subnet } = await network.send(
  new ec2.CreateSubnetCommand({ VpcId: vpc.VpcId, CidrBlock: "10.40.1.0/24" }));
const { GroupId: group } = await network.send(
  new ec2.CreateSecurityGroupCommand({ VpcId: vpc.VpcId, GroupName: "shop", Description: "of the shop" }));
await network.send(new ec2.AuthorizeSecurityGroupIngressCommand({
  GroupId: group,
  IpPermissions: [{ IpProtocol: "tcp", FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: "10.0.0.0/8" }] }],
}));
const trust = { Version: "2012-10-17", Statement: [{
  Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] };
const { Role: role } = await identities.send(
  new iam.CreateRoleCommand({ RoleName: "shop", AssumeRolePolicyDocument: JSON.stringify(trust) }));
await identities.send(new iam.AttachRolePolicyCommand({
  RoleName: "shop", PolicyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole" }));

const made = await functions.send(new lambda.CreateFunctionCommand({
  FunctionName: "shop", Runtime: process.env.RUNTIME, Handler: "app.handler", Role: role.Arn,
  Code: { ZipFile: readFileSync(process.env.PACKAGE) },
  VpcConfig: { SubnetIds: [subnet.SubnetId], SecurityGroupIds: [group] },
}));
assert.equal(made.VpcConfig.VpcId, vpc.VpcId);
await lambda.waitUntilFunctionActiveV2({ client: functions, ...quick }, { FunctionName: "shop" });
const answer = await functions.send(new lambda.InvokeCommand({
  FunctionName: "shop", Payload: JSON.stringify({ a: 1 }), LogType: "Tail" }));
assert.equal(answer.FunctionError, undefined, answer.Payload.transformToString());
assert.deepEqual(JSON.parse(answer.Payload.transformToString()), { a: 1 });
assert.match(Buffer.from(answer.LogResult, "base64").toString(), /REPORT RequestId/);

const ofGroup = { Filters: [{ Name: "group-id", Values: [group] }] };
const { NetworkInterfaces: enis } = await network.send(new ec2.DescribeNetworkInterfacesCommand(ofGroup));
assert.equal(enis.length, 1);
assert.equal(enis[0].InterfaceType, "lambda");
assert.equal(enis[0].SubnetId, subnet.SubnetId);
await assert.rejects(
  network.send(new ec2.DeleteSecurityGroupCommand({ GroupId: group })), { name: "DependencyViolation" });
const printed = await logs.paginateFilterLogEvents(
  { client: groupsOfLogs }, { logGroupName: "/aws/lambda/shop" }).next();
assert.ok(printed.value.events.some((event) => event.message.startsWith("START RequestId")));

await functions.send(new lambda.UpdateFunctionConfigurationCommand({
  FunctionName: "shop", VpcConfig: { SubnetIds: [], SecurityGroupIds: [] } }));
await lambda.waitUntilFunctionUpdatedV2({ client: functions, ...quick }, { FunctionName: "shop" });
await assert.rejects(
  functions.send(new lambda.GetFunctionUrlConfigCommand({ FunctionName: "shop" })),
  { name: "ResourceNotFoundException" });
await functions.send(new lambda.DeleteFunctionCommand({ FunctionName: "shop" }));
await assert.rejects(
  functions.send(new lambda.GetFunctionCommand({ FunctionName: "shop" })), { name: "ResourceNotFoundException" });
for (;;) {
  // Lambda's ENI goes a while after the last function that uses it.
  const left = await network.send(new ec2.DescribeNetworkInterfacesCommand(ofGroup));
  if (left.NetworkInterfaces.length === 0) break;
  await new Promise((resolve) => setTimeout(resolve, 100));
}
await network.send(new ec2.DeleteSecurityGroupCommand({ GroupId: group }));
await network.send(new ec2.DeleteSubnetCommand({ SubnetId: subnet.SubnetId }));
await network.send(new ec2.DeleteVpcCommand({ VpcId: vpc.VpcId }));
console.log("told");
