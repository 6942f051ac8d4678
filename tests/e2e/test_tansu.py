"""Kafka as Tansu's broker speaks it, which has no code of Warren's or of librdkafka's."""

import os

import pytest

from test_kafka import Cluster
# Each is run here with the broker below.
from test_kafka import (  # noqa: F401
    sink,
    test_filters_choose_by_value_and_key,
    test_partitions_stay_in_order_when_the_server_is_killed,
    test_reading_begins_where_it_is_told_to,
    test_records_reach_the_function_as_lambda_spells_them,
    test_what_fails_is_tried_again_split_and_given_up,
)


@pytest.fixture(scope="module")
def cluster():
    cluster = Cluster("tansu")
    yield cluster
    cluster.end()


@pytest.fixture
def topic(cluster):
    name = f"t-{os.urandom(3).hex()}"
    cluster.do("make", topic=name)
    return name
