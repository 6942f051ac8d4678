"""S3: buckets, objects and what is told of them, as boto3 and the aws CLI see them."""

import base64
import datetime
import hashlib
import http.client
import io
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
import zlib

import boto3.s3.transfer
import botocore.exceptions
import pytest

import functions

MB = 1 << 20


@pytest.fixture
def s3(server):
    return server.client("s3")


@pytest.fixture
def bucket(s3):
    s3.create_bucket(Bucket="things")
    return "things"


def refused(code, call, **arguments):
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**arguments)
    error = caught.value.response["Error"]
    assert error["Code"] == code, error
    return caught.value.response


def body(s3, key, bucket="things", **arguments):
    return s3.get_object(Bucket=bucket, Key=key, **arguments)["Body"].read()


def keys(answer):
    return [each["Key"] for each in answer.get("Contents", [])]


def test_buckets_are_made_found_and_removed_when_they_are_empty(server, s3):
    s3.create_bucket(Bucket="first")
    s3.create_bucket(Bucket="first")
    made = s3.create_bucket(
        Bucket="second", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    assert "second" in made["Location"]
    assert [each["Name"] for each in s3.list_buckets()["Buckets"]] == ["first", "second"]
    assert s3.get_bucket_location(Bucket="first")["LocationConstraint"] is None
    assert s3.get_bucket_location(Bucket="second")["LocationConstraint"] == "eu-west-1"
    head = s3.head_bucket(Bucket="second")
    assert head["BucketRegion"] == "eu-west-1"
    europe = server.client("s3", region="eu-west-1")
    for nowhere in ("us-east-1", "xx-nowhere-1"):
        refused("InvalidLocationConstraint", s3.create_bucket, Bucket="third",
                CreateBucketConfiguration={"LocationConstraint": nowhere})
    constrained = {"LocationConstraint": "eu-west-1"}
    refused("BucketAlreadyOwnedByYou", europe.create_bucket, Bucket="second",
            CreateBucketConfiguration=constrained)
    refused("IllegalLocationConstraintException", europe.create_bucket, Bucket="third")
    other = server.client("s3", account="000000000002")
    refused("BucketAlreadyExists", other.create_bucket, Bucket="first")
    assert other.list_buckets()["Buckets"] == []
    refused("AccessDenied", other.list_objects_v2, Bucket="first")
    refused("InvalidBucketName", s3.create_bucket, Bucket="No_Bucket")
    refused("404", s3.head_bucket, Bucket="missing")
    refused("NoSuchBucket", s3.list_objects_v2, Bucket="missing")
    refused("AccessDenied", s3.list_objects_v2, Bucket="first",
            ExpectedBucketOwner="000000000009")
    s3.put_object(Bucket="first", Key="a", Body=b"x")
    refused("BucketNotEmpty", s3.delete_bucket, Bucket="first")
    s3.delete_object(Bucket="first", Key="a")
    s3.delete_bucket(Bucket="first")
    refused("NoSuchBucket", s3.delete_bucket, Bucket="first")


def test_objects_are_put_read_in_ranges_and_deleted(s3, bucket):
    put = s3.put_object(
        Bucket=bucket, Key="a b/ü+.txt", Body=b"0123456789", ContentType="text/plain",
        CacheControl="no-cache", ContentDisposition="attachment", ContentLanguage="de",
        ContentEncoding="identity", Metadata={"one": "1", "two": "zwei"}, Tagging="k=v&l=",
    )
    assert put["ETag"] == f'"{hashlib.md5(b"0123456789").hexdigest()}"'
    assert put["ChecksumCRC32"] == base64.b64encode(
        zlib.crc32(b"0123456789").to_bytes(4, "big")).decode()
    assert put["ServerSideEncryption"] == "AES256"
    for call in (s3.get_object, s3.head_object):
        told = call(Bucket=bucket, Key="a b/ü+.txt")
        assert told["ContentLength"] == 10 and told["ETag"] == put["ETag"]
        assert told["ContentType"] == "text/plain" and told["CacheControl"] == "no-cache"
        assert told["ContentDisposition"] == "attachment" and told["ContentLanguage"] == "de"
        assert told["ContentEncoding"] == "identity"
        assert told["Metadata"] == {"one": "1", "two": "zwei"}
        assert told["AcceptRanges"] == "bytes" and "VersionId" not in told
        age = datetime.datetime.now(datetime.timezone.utc) - told["LastModified"]
        assert abs(age.total_seconds()) < 60
    key = "a b/ü+.txt"
    for header, part in [("bytes=2-4", b"234"), ("bytes=7-", b"789"), ("bytes=-2", b"89"),
                         ("bytes=5-500", b"56789")]:
        answer = s3.get_object(Bucket=bucket, Key=key, Range=header)
        assert answer["Body"].read() == part
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == 206, header
        assert answer["ContentRange"].endswith("/10")
    refused("InvalidRange", s3.get_object, Bucket=bucket, Key=key, Range="bytes=10-")
    told = s3.get_object(Bucket=bucket, Key=key, ResponseContentType="x/y")
    assert told["ContentType"] == "x/y"
    refused("NoSuchKey", s3.get_object, Bucket=bucket, Key="missing")
    refused("404", s3.head_object, Bucket=bucket, Key="missing")
    refused("KeyTooLongError", s3.put_object, Bucket=bucket, Key="k" * 1025, Body=b"")
    refused("MetadataTooLarge", s3.put_object, Bucket=bucket, Key="k", Body=b"",
            Metadata={"a": "x" * 2100})
    s3.put_object(Bucket=bucket, Key="empty")
    assert body(s3, "empty") == b""
    s3.delete_object(Bucket=bucket, Key=key)
    s3.delete_object(Bucket=bucket, Key=key)
    refused("NoSuchKey", s3.get_object, Bucket=bucket, Key=key)


def test_conditions_hold_reads_and_writes(s3, bucket):
    etag = s3.put_object(Bucket=bucket, Key="k", Body=b"1", IfNoneMatch="*")["ETag"]
    refused("PreconditionFailed", s3.put_object, Bucket=bucket, Key="k", Body=b"2",
            IfNoneMatch="*")
    refused("PreconditionFailed", s3.put_object, Bucket=bucket, Key="k", Body=b"2",
            IfMatch='"other"')
    refused("NoSuchKey", s3.put_object, Bucket=bucket, Key="none", Body=b"2", IfMatch=etag)
    assert body(s3, "k") == b"1"
    second = s3.put_object(Bucket=bucket, Key="k", Body=b"2", IfMatch=etag)["ETag"]
    refused("304", s3.get_object, Bucket=bucket, Key="k", IfNoneMatch=second)
    refused("PreconditionFailed", s3.get_object, Bucket=bucket, Key="k", IfMatch=etag)
    now = datetime.datetime.now(datetime.timezone.utc)
    hour = datetime.timedelta(hours=1)
    refused("304", s3.head_object, Bucket=bucket, Key="k", IfModifiedSince=now + hour)
    refused("412", s3.head_object, Bucket=bucket, Key="k", IfUnmodifiedSince=now - hour)
    assert body(s3, "k", IfModifiedSince=now - hour) == b"2"
    refused("PreconditionFailed", s3.delete_object, Bucket=bucket, Key="k", IfMatch=etag)


def test_bodies_are_held_against_their_checksums(server, s3, bucket):
    for algorithm, given in (("CRC32", None), ("CRC32C", "4waSgw=="), ("SHA1", None),
                             ("CRC64NVME", "rosUhgp5mIg="), ("SHA256", None)):
        # Two of them boto3 does not make by itself.
        with_sum = {f"Checksum{algorithm}": given} if given else {"ChecksumAlgorithm": algorithm}
        put = s3.put_object(Bucket=bucket, Key=algorithm, Body=b"123456789", **with_sum)
        told = s3.get_object(Bucket=bucket, Key=algorithm, ChecksumMode="ENABLED")
        assert told["Body"].read() == b"123456789"
        assert told[f"Checksum{algorithm}"] == put[f"Checksum{algorithm}"]
        assert told["ChecksumType"] == "FULL_OBJECT"
    refused("BadDigest", s3.put_object, Bucket=bucket, Key="k", Body=b"x",
            ChecksumSHA256=base64.b64encode(bytes(32)).decode())
    refused("BadDigest", s3.put_object, Bucket=bucket, Key="k", Body=b"x",
            ContentMD5=base64.b64encode(bytes(16)).decode())
    refused("InvalidDigest", s3.put_object, Bucket=bucket, Key="k", Body=b"x", ContentMD5="x")
    refused("NoSuchKey", s3.get_object, Bucket=bucket, Key="k")
    # What clients say who send no checksums of their own.
    plain = server.client("s3", request_checksum_calculation="when_required")
    assert "ChecksumCRC64NVME" in plain.put_object(Bucket=bucket, Key="k", Body=b"x")


def test_lists_are_paged_and_grouped(s3, bucket):
    names = ["a", "b/1", "b/2", "b/c/3", "ü/x", "z"]
    for name in names:
        s3.put_object(Bucket=bucket, Key=name, Body=b"x")
    assert keys(s3.list_objects_v2(Bucket=bucket)) == sorted(names, key=str.encode)
    grouped = s3.list_objects_v2(Bucket=bucket, Delimiter="/")
    assert keys(grouped) == ["a", "z"] and grouped["KeyCount"] == 4
    assert [each["Prefix"] for each in grouped["CommonPrefixes"]] == ["b/", "ü/"]
    within = s3.list_objects_v2(Bucket=bucket, Prefix="b/", Delimiter="/")
    assert keys(within) == ["b/1", "b/2"]
    assert [each["Prefix"] for each in within["CommonPrefixes"]] == ["b/c/"]
    for operation in ("list_objects_v2", "list_objects", "list_object_versions"):
        for size in (1, 2, 3):
            found, prefixes = [], []
            paginator = s3.get_paginator(operation)
            pages = paginator.paginate(Bucket=bucket, Delimiter="/",
                                       PaginationConfig={"PageSize": size})
            for page in pages:
                listed = page.get("Contents", []) or page.get("Versions", [])
                prefixed = page.get("CommonPrefixes", [])
                assert len(listed) + len(prefixed) <= size
                found += [each["Key"] for each in listed]
                prefixes += [each["Prefix"] for each in prefixed]
            assert (found, prefixes) == (["a", "z"], ["b/", "ü/"]), (operation, size)
    plain = [key for page in s3.get_paginator("list_objects").paginate(
        Bucket=bucket, PaginationConfig={"PageSize": 2}) for key in keys(page)]
    assert plain == sorted(names, key=str.encode)
    assert keys(s3.list_objects_v2(Bucket=bucket, StartAfter="b/2")) == ["b/c/3", "z", "ü/x"]
    refused("InvalidArgument", s3.list_objects_v2, Bucket=bucket, ContinuationToken="?")
    deleted = s3.delete_objects(Bucket=bucket, Delete={
        "Objects": [{"Key": name} for name in [*names, "none"]]})
    assert len(deleted["Deleted"]) == 7
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0


def test_versions_are_kept_behind_delete_markers(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"before")
    assert "Status" not in s3.get_bucket_versioning(Bucket=bucket)
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
    first = s3.put_object(Bucket=bucket, Key="k", Body=b"first")["VersionId"]
    second = s3.put_object(Bucket=bucket, Key="k", Body=b"second")["VersionId"]
    assert body(s3, "k") == b"second"
    assert body(s3, "k", VersionId=first) == b"first"
    assert body(s3, "k", VersionId="null") == b"before"
    gone = s3.delete_object(Bucket=bucket, Key="k")
    assert gone["DeleteMarker"] is True
    refused("NoSuchKey", s3.get_object, Bucket=bucket, Key="k")
    refused("MethodNotAllowed", s3.get_object, Bucket=bucket, Key="k",
            VersionId=gone["VersionId"])
    listed = s3.list_object_versions(Bucket=bucket)
    assert [each["VersionId"] for each in listed["Versions"]] == [second, first, "null"]
    assert [each["IsLatest"] for each in listed["DeleteMarkers"]] == [True]
    assert keys(s3.list_objects_v2(Bucket=bucket)) == []
    assert refused("BucketNotEmpty", s3.delete_bucket, Bucket=bucket)["Error"]["Message"] == (
        "The bucket you tried to delete is not empty. You must delete all versions in the bucket.")
    s3.delete_object(Bucket=bucket, Key="k", VersionId=gone["VersionId"])
    assert body(s3, "k") == b"second"
    s3.delete_object(Bucket=bucket, Key="k", VersionId=second)
    assert body(s3, "k") == b"first"
    refused("NoSuchVersion", s3.get_object, Bucket=bucket, Key="k", VersionId=second)
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Suspended"})
    assert s3.put_object(Bucket=bucket, Key="k", Body=b"null")["VersionId"] == "null"
    assert body(s3, "k", VersionId="null") == b"null"
    assert body(s3, "k", VersionId=first) == b"first"
    pages = s3.get_paginator("list_object_versions").paginate(
        Bucket=bucket, PaginationConfig={"PageSize": 1})
    found = [each["VersionId"] for page in pages for each in page["Versions"]]
    assert found == ["null", first]


def test_objects_come_in_parts(s3, bucket):
    whole = os.urandom(5 * MB) + b"the end"
    for algorithm, kind in ((None, None), ("CRC32", "COMPOSITE"), ("CRC32", "FULL_OBJECT"),
                            ("SHA256", "COMPOSITE")):
        given = {"ChecksumAlgorithm": algorithm} if algorithm else {}
        typed = {"ChecksumType": kind} if kind else {}
        upload = s3.create_multipart_upload(Bucket=bucket, Key="big", Metadata={"a": "b"},
                                            **given, **typed)
        of = {"Bucket": bucket, "Key": "big", "UploadId": upload["UploadId"]}
        parts = []
        for number, part in enumerate([whole[: 5 * MB], whole[5 * MB:]], 1):
            sent = s3.upload_part(PartNumber=number, Body=part, **of, **given)
            parts.append({"PartNumber": number, **{
                name: value for name, value in sent.items()
                if name == "ETag" or name == f"Checksum{algorithm}"}})
        assert [each["Size"] for each in s3.list_parts(**of)["Parts"]] == [5 * MB, 7]
        [under_way] = s3.list_multipart_uploads(Bucket=bucket)["Uploads"]
        assert under_way["UploadId"] == upload["UploadId"]
        refused("InvalidPart", s3.complete_multipart_upload, **of, MultipartUpload={
            "Parts": [{"PartNumber": 1, "ETag": '"00"'}]})
        refused("InvalidPartOrder", s3.complete_multipart_upload, **of, MultipartUpload={
            "Parts": parts[::-1]})
        done = s3.complete_multipart_upload(**of, MultipartUpload={"Parts": parts})
        digests = b"".join(hashlib.md5(part).digest() for part in (whole[:5 * MB], whole[5 * MB:]))
        assert done["ETag"] == f'"{hashlib.md5(digests).hexdigest()}-2"'
        if algorithm:
            assert done["ChecksumType"] == kind, algorithm
        if kind == "FULL_OBJECT":
            crc = base64.b64encode(zlib.crc32(whole).to_bytes(4, "big")).decode()
            assert done["ChecksumCRC32"] == crc
        refused("NoSuchUpload", s3.list_parts, **of)
        told = s3.get_object(Bucket=bucket, Key="big")
        assert told["Body"].read() == whole and told["Metadata"] == {"a": "b"}
        second = s3.get_object(Bucket=bucket, Key="big", PartNumber=2)
        assert second["Body"].read() == b"the end" and second["PartsCount"] == 2
        across = s3.get_object(Bucket=bucket, Key="big", Range=f"bytes={5 * MB - 3}-{5 * MB + 2}")
        assert across["Body"].read() == whole[5 * MB - 3: 5 * MB + 3]
    upload = s3.create_multipart_upload(Bucket=bucket, Key="copied")["UploadId"]
    of = {"Bucket": bucket, "Key": "copied", "UploadId": upload}
    copied = s3.upload_part_copy(CopySource=f"{bucket}/big", CopySourceRange="bytes=1-5242884",
                                 PartNumber=1, **of)
    s3.complete_multipart_upload(**of, MultipartUpload={
        "Parts": [{"PartNumber": 1, "ETag": copied["CopyPartResult"]["ETag"]}]})
    assert body(s3, "copied") == whole[1:5242885]
    upload = s3.create_multipart_upload(Bucket=bucket, Key="left")["UploadId"]
    of = {"Bucket": bucket, "Key": "left", "UploadId": upload}
    s3.upload_part(PartNumber=1, Body=b"x", **of)
    s3.abort_multipart_upload(**of)
    refused("NoSuchUpload", s3.upload_part, PartNumber=1, Body=b"x", **of)


def test_objects_are_copied_with_what_they_have(s3, bucket):
    s3.put_object(Bucket=bucket, Key="a", Body=b"x", ContentType="text/plain",
                  Metadata={"m": "1"}, Tagging="t=1")
    s3.copy_object(Bucket=bucket, Key="b c", CopySource=f"{bucket}/a")
    told = s3.get_object(Bucket=bucket, Key="b c")
    assert told["Body"].read() == b"x" and told["Metadata"] == {"m": "1"}
    assert told["ContentType"] == "text/plain" and told["TagCount"] == 1
    s3.copy_object(Bucket=bucket, Key="c", CopySource={"Bucket": bucket, "Key": "b c"},
                   MetadataDirective="REPLACE", Metadata={"n": "2"})
    assert s3.head_object(Bucket=bucket, Key="c")["Metadata"] == {"n": "2"}
    refused("InvalidRequest", s3.copy_object, Bucket=bucket, Key="a", CopySource=f"{bucket}/a")
    refused("NoSuchKey", s3.copy_object, Bucket=bucket, Key="d", CopySource=f"{bucket}/none")
    refused("PreconditionFailed", s3.copy_object, Bucket=bucket, Key="d",
            CopySource=f"{bucket}/a", CopySourceIfMatch='"none"')


def test_tags_and_configurations_are_told_as_they_were_put(s3, bucket):
    refused("NoSuchTagSet", s3.get_bucket_tagging, Bucket=bucket)
    tags = {"TagSet": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": ""}]}
    s3.put_bucket_tagging(Bucket=bucket, Tagging=tags)
    assert s3.get_bucket_tagging(Bucket=bucket)["TagSet"] == tags["TagSet"]
    s3.delete_bucket_tagging(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="k", Body=b"x", Tagging="x=1")
    assert s3.get_object_tagging(Bucket=bucket, Key="k")["TagSet"] == [{"Key": "x", "Value": "1"}]
    s3.put_object_tagging(Bucket=bucket, Key="k", Tagging=tags)
    assert s3.get_object_tagging(Bucket=bucket, Key="k")["TagSet"] == tags["TagSet"]
    s3.delete_object_tagging(Bucket=bucket, Key="k")
    assert s3.get_object_tagging(Bucket=bucket, Key="k")["TagSet"] == []
    rules = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"},
                        "BucketKeyEnabled": True}]}
    s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration=rules)
    told = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]
    assert told == rules
    assert s3.put_object(Bucket=bucket, Key="e", Body=b"")["ServerSideEncryption"] == "aws:kms"
    s3.delete_bucket_encryption(Bucket=bucket)
    block = {"BlockPublicAcls": True, "IgnorePublicAcls": False, "BlockPublicPolicy": True,
             "RestrictPublicBuckets": False}
    s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=block)
    assert s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"] == block
    s3.delete_public_access_block(Bucket=bucket)
    refused("NoSuchPublicAccessBlockConfiguration", s3.get_public_access_block, Bucket=bucket)
    controls = {"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]}
    s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls=controls)
    assert s3.get_bucket_ownership_controls(Bucket=bucket)["OwnershipControls"] == controls
    refused("NoSuchLifecycleConfiguration", s3.get_bucket_lifecycle_configuration, Bucket=bucket)
    lifecycle = [{"ID": "old", "Status": "Enabled", "Filter": {"Prefix": "tmp/"},
                  "Expiration": {"Days": 7}, "NoncurrentVersionExpiration": {"NoncurrentDays": 1}}]
    s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={
        "Rules": lifecycle})
    assert s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"] == lifecycle
    cors = [{"AllowedMethods": ["GET", "PUT"], "AllowedOrigins": ["*"], "MaxAgeSeconds": 3}]
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": cors})
    assert s3.get_bucket_cors(Bucket=bucket)["CORSRules"] == cors
    website = {"IndexDocument": {"Suffix": "index.html"}, "ErrorDocument": {"Key": "error.html"}}
    s3.put_bucket_website(Bucket=bucket, WebsiteConfiguration=website)
    answer = s3.get_bucket_website(Bucket=bucket)
    assert {name: answer[name] for name in website} == website
    assert "LoggingEnabled" not in s3.get_bucket_logging(Bucket=bucket)
    logging = {"LoggingEnabled": {"TargetBucket": bucket, "TargetPrefix": "logs/"}}
    s3.put_bucket_logging(Bucket=bucket, BucketLoggingStatus=logging)
    assert s3.get_bucket_logging(Bucket=bucket)["LoggingEnabled"] == logging["LoggingEnabled"]
    policy = json.dumps({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"AWS": "000000000002"}, "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{bucket}/*"}]})
    refused("NoSuchBucketPolicy", s3.get_bucket_policy, Bucket=bucket)
    s3.put_bucket_policy(Bucket=bucket, Policy=policy)
    assert s3.get_bucket_policy(Bucket=bucket)["Policy"] == policy
    refused("MalformedPolicy", s3.put_bucket_policy, Bucket=bucket, Policy="{}")
    s3.delete_bucket_policy(Bucket=bucket)
    acl = s3.get_bucket_acl(Bucket=bucket)
    assert acl["Grants"][0]["Permission"] == "FULL_CONTROL"
    assert acl["Grants"][0]["Grantee"]["ID"] == acl["Owner"]["ID"]
    s3.put_bucket_acl(Bucket=bucket, ACL="private")
    refused("NotImplemented", s3.put_bucket_acl, Bucket=bucket, ACL="public-read")
    refused("NotImplemented", s3.put_object, Bucket=bucket, Key="k", Body=b"",
            StorageClass="GLACIER")
    refused("ObjectLockConfigurationNotFoundError", s3.get_object_lock_configuration,
            Bucket=bucket)
    refused("ReplicationConfigurationNotFoundError", s3.get_bucket_replication, Bucket=bucket)
    assert s3.get_bucket_request_payment(Bucket=bucket)["Payer"] == "BucketOwner"


def test_a_policy_lets_another_account_in(server, s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    other = server.client("s3", account="000000000002")
    refused("AccessDenied", other.get_object, Bucket=bucket, Key="k")
    everybody = json.dumps({"Statement": [{
        "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{bucket}/*"}]})
    refused("AccessDenied", s3.put_bucket_policy, Bucket=bucket, Policy=everybody)
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_bucket_policy(Bucket=bucket, Policy=everybody)
    assert body(other, "k") == b"x"
    # A block that comes later keeps all others out, and nobody of the account.
    block = {"BlockPublicAcls": False, "IgnorePublicAcls": False, "BlockPublicPolicy": False,
             "RestrictPublicBuckets": True}
    s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=block)
    refused("AccessDenied", other.get_object, Bucket=bucket, Key="k")
    assert body(s3, "k") == b"x"
    s3.delete_bucket_policy(Bucket=bucket)
    refused("AccessDenied", other.get_object, Bucket=bucket, Key="k")
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Statement": [{
        "Effect": "Allow", "Principal": {"AWS": "000000000002"}, "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{bucket}/*"}]}))
    assert body(other, "k") == b"x"
    refused("AccessDenied", other.put_object, Bucket=bucket, Key="k", Body=b"y")
    errors = other.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "k"}]})["Errors"]
    assert [(it["Key"], it["Code"]) for it in errors] == [("k", "AccessDenied")]
    assert body(s3, "k") == b"x"


def test_where_iam_is_enforced_policies_of_users_and_buckets_decide(serve):
    server = serve("--iam", "enforce")
    s3, iam = server.client("s3"), server.client("iam")
    s3.create_bucket(Bucket="things")
    s3.put_object(Bucket="things", Key="open/k", Body=b"x")
    iam.create_user(UserName="reader")
    key = iam.create_access_key(UserName="reader")["AccessKey"]
    user = boto3.client("s3", endpoint_url=server.url, region_name="us-east-1",
                        aws_access_key_id=key["AccessKeyId"],
                        aws_secret_access_key=key["SecretAccessKey"])
    refused("AccessDenied", user.get_object, Bucket="things", Key="open/k")
    iam.put_user_policy(UserName="reader", PolicyName="p", PolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::things/open/*"}]}))
    assert body(user, "open/k") == b"x"
    # Who may not list what there is is not told what there is not.
    message = refused("AccessDenied", user.get_object, Bucket="things", Key="open/none")["Error"]["Message"]
    assert "s3:ListBucket on resource: arn:aws:s3:::things" in message
    refused("403", user.head_object, Bucket="things", Key="open/none")
    refused("AccessDenied", user.put_object, Bucket="things", Key="open/k", Body=b"y")
    refused("AccessDenied", user.list_objects_v2, Bucket="things")
    s3.put_bucket_policy(Bucket="things", Policy=json.dumps({"Statement": [
        {"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject",
         "Resource": "arn:aws:s3:::things/open/*"},
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:user/reader"},
         "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::things"}]}))
    refused("AccessDenied", user.get_object, Bucket="things", Key="open/k")
    assert keys(user.list_objects_v2(Bucket="things")) == ["open/k"]
    s3.put_bucket_policy(Bucket="things", Policy=json.dumps({"Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:user/reader"},
         "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::things"}]}))
    refused("NoSuchKey", user.get_object, Bucket="things", Key="open/none")
    refused("404", user.head_object, Bucket="things", Key="open/none")


def fetched(url, method="GET", data=None, **headers):
    """Asks as a client does that knows nothing of S3, and adds no header of its own."""
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc)
    connection.request(method, f"{parts.path}?{parts.query}", data, headers)
    answer = connection.getresponse()
    told = answer.status, answer.read()
    connection.close()
    return told


def test_presigned_urls_are_good_for_their_time_and_for_what_they_say(serve, tmp_path):
    keys = tmp_path / "keys"
    keys.write_text("[default]\naws_access_key_id = AKIDROOT\n"
                    "aws_secret_access_key = s3cret\n")
    server = serve("--listen=0.0.0.0:0", "--credentials", str(keys))
    url = server.url.replace("0.0.0.0", "127.0.0.1")
    owner = boto3.client("s3", endpoint_url=url, region_name="us-east-1",
                         aws_access_key_id="AKIDROOT", aws_secret_access_key="s3cret")
    owner.create_bucket(Bucket="things")
    for region, version in (("us-east-1", "s3"), ("us-east-1", "s3v4"), ("eu-west-1", "s3v4")):
        s3 = boto3.client("s3", endpoint_url=url, region_name=region,
                          aws_access_key_id="AKIDROOT", aws_secret_access_key="s3cret",
                          config=botocore.config.Config(signature_version=version))

        def presigned(operation, expires=60, **arguments):
            arguments = {"Bucket": "things", "Key": "a b/ü", **arguments}
            return s3.generate_presigned_url(operation, arguments, expires)

        put = presigned("put_object")
        assert fetched(put, "PUT", b"hello")[0] == 200, version
        assert fetched(presigned("get_object")) == (200, b"hello")
        status, text = fetched(presigned("get_object").replace("a%20b", "other"))
        assert (status, b"SignatureDoesNotMatch" in text) == (403, True)
        assert fetched(put)[0] == 403
        short = presigned("get_object", expires=1)
        time.sleep(2.1)
        status, text = fetched(short)
        assert (status, b"Request has expired" in text) == (403, True), version
        forged = presigned("get_object").replace("AKIDROOT", "AKIDNONE")
        status, text = fetched(forged)
        assert (status, b"InvalidAccessKeyId" in text) == (403, True)
    wrong = boto3.client("s3", endpoint_url=url, region_name="us-east-1",
                         aws_access_key_id="AKIDROOT", aws_secret_access_key="wrong")
    refused("SignatureDoesNotMatch", wrong.put_object, Bucket="things", Key="k", Body=b"x")
    refused("SignatureDoesNotMatch", wrong.list_objects_v2, Bucket="things")


def test_buckets_are_named_by_hosts_too(server, s3, bucket):
    s3.put_object(Bucket=bucket, Key="dir/k", Body=b"x")
    port = urllib.parse.urlsplit(server.url).port
    url = s3.generate_presigned_url("get_object", {"Bucket": bucket, "Key": "dir/k"})
    query = urllib.parse.urlsplit(url).query
    for host in (f"{bucket}.s3.us-east-1.localhost:{port}", f"{bucket}.localhost:{port}",
                 f"{bucket}.s3.amazonaws.com", f"{bucket}.s3.eu-west-1.amazonaws.com"):
        answer = fetched(f"http://127.0.0.1:{port}/dir/k?{query}", Host=host)
        assert answer == (200, b"x"), host
    answer = fetched(f"http://127.0.0.1:{port}/{bucket}/dir/k?{query}", Host="s3.amazonaws.com")
    assert answer == (200, b"x")
    assert fetched(f"http://127.0.0.1:{port}/dir/k?{query}", Host="ec2.amazonaws.com")[0] == 403
    before = boto3.client("s3", endpoint_url=f"http://localhost:{port}", region_name="us-east-1",
                          aws_access_key_id="000000000000", aws_secret_access_key="secret",
                          config=botocore.config.Config(s3={"addressing_style": "virtual"}))
    real = socket.getaddrinfo

    def resolve(host, *rest, **named):
        return real("127.0.0.1" if host.endswith("localhost") else host, *rest, **named)

    socket.getaddrinfo = resolve
    try:
        assert keys(before.list_objects_v2(Bucket=bucket)) == ["dir/k"]
        before.put_object(Bucket=bucket, Key="virtual", Body=io.BytesIO(b"y"))
    finally:
        socket.getaddrinfo = real
    assert body(s3, "virtual") == b"y"


def test_large_objects_stream_both_ways(server, s3, bucket, tmp_path):
    path = tmp_path / "large"
    block = os.urandom(MB)
    with open(path, "wb") as file:
        for _ in range(96):
            file.write(block)
    before = resident(server)
    s3.upload_file(str(path), bucket, "large",
                   Config=boto3.s3.transfer.TransferConfig(multipart_threshold=1 << 40))
    s3.download_file(bucket, "large", str(tmp_path / "back"),
                     Config=boto3.s3.transfer.TransferConfig(multipart_threshold=1 << 40))
    assert (tmp_path / "back").read_bytes() == path.read_bytes()
    assert resident(server) - before < 48 * MB
    s3.upload_file(str(path), bucket, "parts")
    s3.download_file(bucket, "parts", str(tmp_path / "again"))
    assert (tmp_path / "again").read_bytes() == path.read_bytes()


def resident(server):
    for line in pathlib.Path(f"/proc/{server.process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) << 10
    raise AssertionError("a process has memory")


def test_the_aws_cli_copies_syncs_and_removes(server, tmp_path):
    env = {**os.environ, "AWS_ENDPOINT_URL": server.url, "AWS_ACCESS_KEY_ID": "000000000000",
           "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1",
           "AWS_EC2_METADATA_DISABLED": "true"}

    def aws(*words):
        done = subprocess.run(["aws", "s3", *words], env=env, capture_output=True, text=True,
                              cwd=tmp_path)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout

    aws("mb", "s3://things")
    (tmp_path / "site/sub").mkdir(parents=True)
    for name in ("a.txt", "sub/b.txt"):
        (tmp_path / "site" / name).write_text(name)
    (tmp_path / "big").write_bytes(os.urandom(20 * MB))
    aws("sync", "site", "s3://things/site")
    assert aws("sync", "site", "s3://things/site") == ""
    aws("cp", "big", "s3://things/big")
    aws("cp", "s3://things/big", "back")
    assert (tmp_path / "back").read_bytes() == (tmp_path / "big").read_bytes()
    aws("cp", "s3://things/big", "s3://things/bigger")
    assert "site/" in aws("ls", "s3://things")
    assert "sub/b.txt" in aws("ls", "--recursive", "s3://things")
    url = aws("presign", "s3://things/site/a.txt").strip()
    assert fetched(url) == (200, b"a.txt")
    aws("mv", "s3://things/site/a.txt", "s3://things/moved.txt")
    aws("rm", "--recursive", "s3://things/site")
    assert "site/" not in aws("ls", "s3://things")
    aws("rb", "--force", "s3://things")
    assert aws("ls") == ""


PLAIN = "def handler(event, context):\n    print(event)\n    return event\n"


def function(server, name, code):
    client = server.client("lambda")
    arn = client.create_function(
        FunctionName=name, Runtime="python3.11", Handler="index.handler",
        Role="arn:aws:iam::000000000000:role/any", Code=code)["FunctionArn"]
    client.get_waiter("function_active_v2").wait(FunctionName=name)
    return client, arn


def test_functions_and_layers_have_their_code_from_a_bucket(server, s3, bucket):
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    first = s3.put_object(Bucket=bucket, Key="code.zip", Body=functions.package(**{"index.py": PLAIN}))["VersionId"]
    s3.put_object(Bucket=bucket, Key="code.zip", Body=functions.package(**{"index.py": "def handler(e, c): return 2"}))
    client, _ = function(server, "f", {"S3Bucket": bucket, "S3Key": "code.zip"})
    assert json.load(client.invoke(FunctionName="f")["Payload"]) == 2
    client.update_function_code(FunctionName="f", S3Bucket=bucket, S3Key="code.zip",
                                S3ObjectVersion=first)
    client.get_waiter("function_updated_v2").wait(FunctionName="f")
    assert json.load(client.invoke(FunctionName="f", Payload=b"7")["Payload"]) == 7
    layer = client.publish_layer_version(
        LayerName="l", Content={"S3Bucket": bucket, "S3Key": "code.zip"})
    assert layer["Version"] == 1
    answer = refused("InvalidParameterValueException", client.update_function_code,
                     FunctionName="f", S3Bucket=bucket, S3Key="none")
    assert answer["Error"]["Message"] == (
        "Error occurred while GetObject. S3 Error Code: NoSuchKey. "
        "S3 Error Message: The specified key does not exist.")
    answer = refused("InvalidParameterValueException", client.update_function_code,
                     FunctionName="f", S3Bucket="missing", S3Key="none")
    assert "S3 Error Code: NoSuchBucket" in answer["Error"]["Message"]


def test_buckets_are_told_of_events_that_fail(server, s3, bucket):
    client, _ = function(server, "f", {"ZipFile": functions.package(**{
        "index.py": "def handler(event, context): raise ValueError(event)"})})
    arn = f"arn:aws:s3:::{bucket}"
    refused("InvalidParameterValueException", client.put_function_event_invoke_config,
            FunctionName="f", DestinationConfig={"OnSuccess": {"Destination": arn}})
    refused("InvalidParameterValueException", client.put_function_event_invoke_config,
            FunctionName="f", DestinationConfig={"OnFailure": {"Destination": arn + "-none"}})
    client.put_function_event_invoke_config(
        FunctionName="f", MaximumRetryAttempts=0,
        DestinationConfig={"OnFailure": {"Destination": arn}})
    client.invoke(FunctionName="f", InvocationType="Event", Payload=b'{"a": 1}')
    end = time.monotonic() + 60
    while not (found := keys(s3.list_objects_v2(Bucket=bucket))) and time.monotonic() < end:
        time.sleep(0.2)
    [key] = found
    assert key.startswith("aws/lambda/async/f/2")
    told = json.loads(body(s3, key))
    assert told["requestPayload"] == {"a": 1}
    assert told["requestContext"]["condition"] == "RetriesExhausted"


def messages(sqs, url, count, seconds=60):
    found, end = [], time.monotonic() + seconds
    while len(found) < count and time.monotonic() < end:
        for each in sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1,
                                        MaxNumberOfMessages=10).get("Messages", []):
            sqs.delete_message(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"])
            found.append(json.loads(each["Body"]))
    return found


def queue(server, name):
    sqs = server.client("sqs")
    return sqs, sqs.create_queue(QueueName=name)["QueueUrl"], f"arn:aws:sqs:us-east-1:000000000000:{name}"


def test_queues_are_told_what_happens(server, s3, bucket):
    sqs, url, arn = queue(server, "told")
    assert len(s3.get_bucket_notification_configuration(Bucket=bucket)) == 1
    configured = {"QueueConfigurations": [
        {"Id": "in", "QueueArn": arn, "Events": ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"],
         "Filter": {"Key": {"FilterRules": [{"Name": "Prefix", "Value": "in/"},
                                            {"Name": "suffix", "Value": ".txt"}]}}}]}
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=configured)
    told = s3.get_bucket_notification_configuration(Bucket=bucket)
    # Whichever way its names are written, they are told as one.
    configured["QueueConfigurations"][0]["Filter"]["Key"]["FilterRules"][1]["Name"] = "Suffix"
    assert told["QueueConfigurations"] == configured["QueueConfigurations"]
    [test] = messages(sqs, url, 1)
    assert test["Event"] == "s3:TestEvent" and test["Bucket"] == bucket
    s3.put_object(Bucket=bucket, Key="out/a.txt", Body=b"x")
    s3.put_object(Bucket=bucket, Key="in/a.png", Body=b"x")
    etag = s3.put_object(Bucket=bucket, Key="in/a b+ü.txt", Body=b"hello")["ETag"]
    s3.copy_object(Bucket=bucket, Key="in/c.txt", CopySource=f"{bucket}/out/a.txt")
    s3.delete_object(Bucket=bucket, Key="in/c.txt")
    found = [each["Records"][0] for each in messages(sqs, url, 3)]
    found.sort(key=lambda record: record["s3"]["object"]["sequencer"])
    assert [record["eventName"] for record in found] == [
        "ObjectCreated:Put", "ObjectCreated:Copy", "ObjectRemoved:Delete"]
    put = found[0]
    assert put["eventVersion"] == "2.1" and put["eventSource"] == "aws:s3"
    assert put["awsRegion"] == "us-east-1"
    assert put["userIdentity"]["principalId"].startswith("AWS:")
    assert put["requestParameters"] == {"sourceIPAddress": "127.0.0.1"}
    assert set(put["responseElements"]) == {"x-amz-request-id", "x-amz-id-2"}
    assert put["s3"]["configurationId"] == "in" and put["s3"]["s3SchemaVersion"] == "1.0"
    assert put["s3"]["bucket"]["name"] == bucket
    assert put["s3"]["bucket"]["arn"] == f"arn:aws:s3:::{bucket}"
    thing = put["s3"]["object"]
    assert thing["key"] == "in/a+b%2B%C3%BC.txt" and thing["size"] == 5
    assert thing["eTag"] == etag.strip('"')
    assert "size" not in found[2]["s3"]["object"]
    missing = [{"QueueArn": arn + "-none", "Events": ["s3:ObjectCreated:*"]}]
    refused("InvalidArgument", s3.put_bucket_notification_configuration, Bucket=bucket,
            NotificationConfiguration={"QueueConfigurations": missing})
    overlapping = [{"QueueArn": arn, "Events": ["s3:ObjectCreated:*"]},
                   {"QueueArn": arn, "Events": ["s3:ObjectCreated:Put"]}]
    refused("InvalidArgument", s3.put_bucket_notification_configuration, Bucket=bucket,
            NotificationConfiguration={"QueueConfigurations": overlapping})
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={})
    assert len(s3.get_bucket_notification_configuration(Bucket=bucket)) == 1


def test_functions_are_invoked_for_what_happens(server, s3, bucket):
    client, arn = function(server, "f", {"ZipFile": functions.package(**{"index.py": PLAIN})})
    configured = {"LambdaFunctionConfigurations": [
        {"LambdaFunctionArn": arn, "Events": ["s3:ObjectCreated:*"]}]}
    answer = refused("InvalidArgument", s3.put_bucket_notification_configuration, Bucket=bucket,
                     NotificationConfiguration=configured)
    assert answer["Error"]["Message"] == (
        "Unable to validate the following destination configurations")
    client.add_permission(FunctionName="f", StatementId="s3", Action="lambda:InvokeFunction",
                          Principal="s3.amazonaws.com", SourceArn=f"arn:aws:s3:::{bucket}",
                          SourceAccount="000000000000")
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=configured)
    s3.put_object(Bucket=bucket, Key="dir/a.txt", Body=b"x")
    logs = server.client("logs")
    end = time.monotonic() + 60
    found = []
    while not found and time.monotonic() < end:
        time.sleep(0.3)
        try:
            events = logs.filter_log_events(logGroupName="/aws/lambda/f")["events"]
        except botocore.exceptions.ClientError:
            continue
        found = [each["message"] for each in events if "ObjectCreated:Put" in each["message"]]
    assert "dir/a.txt" in found[0]
    [start] = [each["message"] for each in events if each["message"].startswith("START")]
    request = start.split()[2]
    explained = subprocess.run([os.environ["WARREN"], "explain", "--endpoint", server.url, request],
                               capture_output=True, text=True)
    assert f"s3://{bucket}/dir/a.txt" in explained.stdout, explained


def test_what_is_to_be_told_and_what_was_put_survives_kill_9(server, s3, bucket):
    sqs, url, arn = queue(server, "told")
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={
        "QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}]})
    messages(sqs, url, 1)
    ledger = {}
    for round in range(4):
        s3, sqs = server.client("s3"), server.client("sqs")
        for number in range(25):
            key, content = f"{round}/{number}", os.urandom(1000 * number)
            s3.put_object(Bucket=bucket, Key=key, Body=content)
            ledger[key] = content
        with socket.create_connection(("127.0.0.1", urllib.parse.urlsplit(server.url).port)) as half:
            presigned = s3.generate_presigned_url("put_object", {"Bucket": bucket, "Key": "half"})
            target = presigned.split("/", 3)[3]
            half.sendall(f"PUT /{target} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999999\r\n"
                         f"\r\n".encode() + b"x" * MB)
            time.sleep(0.2)
            server.stop(signal.SIGKILL)
        server.start()
    s3, sqs = server.client("s3"), server.client("sqs")
    for key, content in ledger.items():
        assert body(s3, key) == content, key
    refused("NoSuchKey", s3.get_object, Bucket=bucket, Key="half")
    # Nothing is left of what did not come to its end.
    files = list(pathlib.Path(server.state, "neighbours", "s3").iterdir())
    assert len(files) == len(ledger)
    told = {each["Records"][0]["s3"]["object"]["key"]
            for each in messages(sqs, url, len(ledger), 30) if "Records" in each}
    assert told == set(ledger)


def test_what_nobody_has_signed_is_refused_in_s3s_words(server):
    server.client("s3").create_bucket(Bucket="bbb")

    def asked(method, path, body=None, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(server.url + path, body, headers, method=method)
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=30)
        text = refused.value.read().decode()
        return refused.value.code, re.search("<Code>(.*)</Code>", text).group(1), text

    assert asked("GET", "/bbb/k")[:2] == (403, "AccessDenied")
    assert asked("PUT", "/bbb/k", b"x")[:2] == (403, "AccessDenied")
    # Forms of pages are signed within themselves, and are not taken.
    kind = "multipart/form-data; boundary=x"
    status, code, text = asked("POST", "/bbb", b"--x--", content_type=kind)
    assert (status, code) == (501, "NotImplemented") and "s3:PostObject" in text
    made = server.client("s3").create_bucket(Bucket="ccc")
    assert made["Location"] == "/ccc"
