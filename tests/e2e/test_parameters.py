"""The Parameter Store of SSM, as tools and Powertools read it."""

import botocore.exceptions
import pytest


@pytest.fixture
def ssm(server):
    return server.client("ssm")


def refused(code, call, **arguments):
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        call(**arguments)
    error = caught.value.response["Error"]
    assert error["Code"] == code, error
    return error["Message"]


def test_parameters_have_versions_and_labels(server, ssm):
    put = ssm.put_parameter(Name="/app/db/url", Value="one", Type="String", Description="d",
                            Tags=[{"Key": "k", "Value": "v"}])
    assert (put["Version"], put["Tier"]) == (1, "Standard")
    refused("ParameterAlreadyExists", ssm.put_parameter, Name="/app/db/url", Value="x", Type="String")
    assert ssm.put_parameter(Name="/app/db/url", Value="two", Overwrite=True)["Version"] == 2
    got = ssm.get_parameter(Name="/app/db/url")["Parameter"]
    assert (got["Value"], got["Version"], got["Type"], got["DataType"]) == ("two", 2, "String", "text")
    assert got["ARN"] == "arn:aws:ssm:us-east-1:000000000000:parameter/app/db/url"
    assert ssm.get_parameter(Name=got["ARN"])["Parameter"]["Value"] == "two"
    old = ssm.get_parameter(Name="/app/db/url:1")["Parameter"]
    assert (old["Value"], old["Selector"]) == ("one", ":1")
    labelled = ssm.label_parameter_version(Name="/app/db/url", ParameterVersion=1,
                                           Labels=["good", "1bad"])
    assert labelled == {**labelled, "InvalidLabels": ["1bad"], "ParameterVersion": 1}
    assert ssm.get_parameter(Name="/app/db/url:good")["Parameter"]["Value"] == "one"
    history = ssm.get_parameter_history(Name="/app/db/url")["Parameters"]
    assert [(it["Version"], it["Labels"]) for it in history] == [(1, ["good"]), (2, [])]
    removed = ssm.unlabel_parameter_version(Name="/app/db/url", ParameterVersion=1, Labels=["good"])
    assert removed["RemovedLabels"] == ["good"]
    refused("ParameterVersionNotFound", ssm.get_parameter, Name="/app/db/url:good")
    with pytest.raises(ssm.exceptions.ParameterNotFound):
        ssm.get_parameter(Name="/none")
    server.stop(9)
    server.start()
    ssm = server.client("ssm")
    assert ssm.get_parameter(Name="/app/db/url")["Parameter"]["Value"] == "two"
    tags = ssm.list_tags_for_resource(ResourceType="Parameter", ResourceId="/app/db/url")["TagList"]
    assert tags == [{"Key": "k", "Value": "v"}]


def test_secure_parameters_are_told_to_who_decrypts_them(ssm):
    ssm.put_parameter(Name="secret", Value="s3cret", Type="SecureString")
    got = ssm.get_parameter(Name="secret", WithDecryption=True)["Parameter"]
    assert (got["Value"], got["Type"]) == ("s3cret", "SecureString")
    assert "s3cret" not in ssm.get_parameter(Name="secret")["Parameter"]["Value"]
    [described] = ssm.describe_parameters()["Parameters"]
    assert described["KeyId"] == "alias/aws/ssm" and "Value" not in described


def test_paths_are_read_page_by_page(ssm):
    for name in ["/a/1", "/a/2", "/a/b/3", "/ab/4", "plain"]:
        ssm.put_parameter(Name=name, Value=name, Type="String")
    flat = ssm.get_parameters_by_path(Path="/a")["Parameters"]
    assert [it["Name"] for it in flat] == ["/a/1", "/a/2"]
    pages = ssm.get_paginator("get_parameters_by_path").paginate(
        Path="/a/", Recursive=True, PaginationConfig={"PageSize": 2})
    assert [[it["Name"] for it in page["Parameters"]] for page in pages] == [
        ["/a/1", "/a/2"], ["/a/b/3"]]
    got = ssm.get_parameters(Names=["/a/1", "none", "plain"])
    assert sorted(it["Name"] for it in got["Parameters"]) == ["/a/1", "plain"]
    assert got["InvalidParameters"] == ["none"]
    filters = [{"Key": "Name", "Option": "BeginsWith", "Values": ["/a/"]}]
    described = ssm.describe_parameters(ParameterFilters=filters)["Parameters"]
    assert [it["Name"] for it in described] == ["/a/1", "/a/2", "/a/b/3"]
    assert ssm.delete_parameters(Names=["/a/1", "none"])["DeletedParameters"] == ["/a/1"]
    ssm.delete_parameter(Name="/a/2")
    refused("ParameterNotFound", ssm.delete_parameter, Name="/a/2")


def test_bad_parameters_are_refused(ssm):
    put = ssm.put_parameter
    refused("ValidationException", put, Name="a/b", Value="x", Type="String")
    refused("AccessDeniedException", put, Name="aws-x", Value="x", Type="String")
    refused("ValidationException", put, Name="a", Value="x" * 4097, Type="String")
    assert put(Name="a", Value="x" * 4097, Type="String", Tier="Advanced")["Tier"] == "Advanced"
    refused("ValidationException", put, Name="b", Value="x")
    refused("ParameterPatternMismatchException", put, Name="b", Value="x", Type="String",
            AllowedPattern="[0-9]+")
    refused("HierarchyTypeMismatchException", put, Name="a", Value="x", Type="StringList",
            Overwrite=True)
    refused("InvalidParameterException", put, Name="b", Value="x", Type="String", Policies="[]x")
    refused("ValidationException", ssm.get_parameters_by_path, Path="a")
