//! Event patterns, by the examples of AWS's documentation and their opposites.

use serde_json::{Value, json};
use wire::event_pattern::{BadPattern, EventPattern};

fn matches(pattern: &str, event: &Value) -> bool {
    let read = EventPattern::parse(pattern);
    read.unwrap_or_else(|bad| panic!("{pattern}: {bad}")).matches(event)
}

/// A pattern, events that it matches, and events that it does not.
type Row = (&'static str, Vec<Value>, Vec<Value>);

/// Values, and what strings begin and end with.
fn values() -> Vec<Row> {
    vec![
        (
            r#"{"source": ["aws.ec2"], "detail": {"state": ["terminated", "stopped"]}}"#,
            vec![
                json!({"source": "aws.ec2", "detail": {"state": "stopped", "more": 1}}),
                json!({"source": ["x", "aws.ec2"], "detail": [{"state": "terminated"}]}),
            ],
            vec![
                json!({"source": "aws.ec2", "detail": {"state": "running"}}),
                json!({"source": "aws.ec2"}),
                json!({"source": "AWS.EC2", "detail": {"state": "stopped"}}),
                json!([]),
                json!("aws.ec2"),
            ],
        ),
        (
            r#"{"a": [null]}"#,
            vec![json!({"a": null}), json!({"a": [1, null]})],
            vec![json!({"a": ""}), json!({}), json!({"a": "null"}), json!({"a": []})],
        ),
        (r#"{"a": [""]}"#, vec![json!({"a": ""})], vec![json!({"a": null}), json!({"a": " "})]),
        (
            r#"{"a": [true, 300]}"#,
            vec![json!({"a": true}), json!({"a": 300}), json!({"a": 300.0}), json!({"a": 3e2})],
            vec![json!({"a": "true"}), json!({"a": "300"}), json!({"a": false}), json!({"a": 3})],
        ),
        (
            r#"{"time": [{"prefix": "2017-10-02"}]}"#,
            vec![json!({"time": "2017-10-02T18:43:48Z"})],
            vec![json!({"time": "2017-10-03"}), json!({"time": 20171002}), json!({})],
        ),
        (
            r#"{"service": {"name": [{"prefix": {"equals-ignore-case": "EventB"}}]}}"#,
            vec![json!({"service": {"name": "eventbridge"}})],
            vec![json!({"service": {"name": "an eventb"}})],
        ),
        (
            r#"{"file": [{"suffix": ".png"}, {"suffix": {"equals-ignore-case": ".GIF"}}]}"#,
            vec![json!({"file": "a.png"}), json!({"file": "a.gif"})],
            vec![json!({"file": "a.PNG"}), json!({"file": "png"})],
        ),
    ]
}

/// What is not to be.
fn anything_but() -> Vec<Row> {
    vec![
        (
            r#"{"state": [{"anything-but": "initializing"}]}"#,
            vec![
                json!({"state": "running"}),
                json!({"state": 1}),
                json!({"state": null}),
                json!({"state": ["initializing", "running"]}),
            ],
            vec![json!({"state": "initializing"}), json!({}), json!({"state": {"a": 1}})],
        ),
        (
            r#"{"state": [{"anything-but": ["stopped", "overloaded"]}]}"#,
            vec![json!({"state": "running"})],
            vec![json!({"state": "stopped"}), json!({"state": "overloaded"})],
        ),
        (
            r#"{"x": [{"anything-but": [100, 200]}]}"#,
            vec![json!({"x": 300}), json!({"x": "100"})],
            vec![json!({"x": 100.0}), json!({"x": 200})],
        ),
        (
            r#"{"x": [{"anything-but": {"prefix": "init"}}]}"#,
            vec![json!({"x": "ready"}), json!({"x": 7})],
            vec![json!({"x": "initial"}), json!({})],
        ),
        (
            r#"{"x": [{"anything-but": {"suffix": [".txt", ".rtf"]}}]}"#,
            vec![json!({"x": "a.png"})],
            vec![json!({"x": "a.txt"}), json!({"x": "a.rtf"})],
        ),
        (
            r#"{"x": [{"anything-but": {"equals-ignore-case": ["alarm", "OFF"]}}]}"#,
            vec![json!({"x": "on"})],
            vec![json!({"x": "ALARM"}), json!({"x": "off"})],
        ),
        (
            r#"{"x": [{"anything-but": {"wildcard": "*/lib/*"}}]}"#,
            vec![json!({"x": "/usr/bin/x"})],
            vec![json!({"x": "/usr/lib/x"})],
        ),
    ]
}

/// Numbers, addresses, and what is there.
fn numbers() -> Vec<Row> {
    vec![
        (
            r#"{"c": [{"numeric": [">", 0, "<=", 5]}], "d": [{"numeric": ["<", 10]}],
                "x": [{"numeric": ["=", 3.018e2]}]}"#,
            vec![json!({"c": 5, "d": 9.99, "x": 301.8}), json!({"c": [0, 1], "d": -1, "x": 301.8})],
            vec![
                json!({"c": 0, "d": 9, "x": 301.8}),
                json!({"c": 5, "d": 10, "x": 301.8}),
                json!({"c": 5, "d": 9, "x": 302}),
                json!({"c": "5", "d": 9, "x": 301.8}),
            ],
        ),
        (
            r#"{"ip": [{"cidr": "10.0.0.0/24"}, {"cidr": "2001:db8::/32"}]}"#,
            vec![json!({"ip": "10.0.0.255"}), json!({"ip": "2001:db8:1::1"})],
            vec![json!({"ip": "10.0.1.0"}), json!({"ip": "x"}), json!({"ip": "2001:db9::1"})],
        ),
        (
            r#"{"ip": [{"cidr": "0.0.0.0/0"}]}"#,
            vec![json!({"ip": "1.2.3.4"})],
            vec![json!({"ip": "::1"})],
        ),
        (
            r#"{"detail": {"state": [{"exists": true}]}}"#,
            vec![json!({"detail": {"state": null}}), json!({"detail": {"state": ""}})],
            vec![json!({"detail": {}}), json!({"detail": {"state": {"of": 1}}}), json!({})],
        ),
        (
            r#"{"detail": {"state": [{"exists": false}]}}"#,
            vec![
                json!({"detail": {"other": 1}}),
                json!({"detail": {"state": {"of": 1}}}),
                json!({}),
            ],
            vec![json!({"detail": {"state": null}})],
        ),
        (
            r#"{"x": ["ready", {"exists": false}]}"#,
            vec![json!({"x": "ready"}), json!({})],
            vec![json!({"x": "other"})],
        ),
    ]
}

/// Strings that are alike, wildcards and alternatives.
fn alike() -> Vec<Row> {
    vec![
        (
            r#"{"detail-type": [{"equals-ignore-case": "ec2 Instance"}]}"#,
            vec![json!({"detail-type": "EC2 INSTANCE"})],
            vec![json!({"detail-type": "EC2 INSTANCES"})],
        ),
        (
            r#"{"path": [{"wildcard": "dir/*/b.png"}, {"wildcard": "a\\*b\\\\"}, {"wildcard": "*.x*y"}]}"#,
            vec![
                json!({"path": "dir/c/d/b.png"}),
                json!({"path": "a*b\\"}),
                json!({"path": ".xyxy"}),
                json!({"path": "a.x.xy"}),
            ],
            vec![json!({"path": "dir/b.png"}), json!({"path": "aXb\\"}), json!({"path": "a.xyz"})],
        ),
        (
            r#"{"detail": {"$or": [{"c": [{"numeric": [">", 0]}]}, {"d": ["x"]}], "e": [1]}}"#,
            vec![json!({"detail": {"c": 1, "e": 1}}), json!({"detail": {"d": "x", "e": 1}})],
            vec![
                json!({"detail": {"e": 1}}),
                json!({"detail": {"c": 1}}),
                json!({"detail": {"c": 0, "e": 1}}),
            ],
        ),
        // One alternative alone, or tests, are of a field of that name.
        (
            r#"{"$or": [{"prefix": "a"}, {"suffix": "b"}]}"#,
            vec![json!({"$or": "ax"})],
            vec![json!({})],
        ),
        // All that is asked of an element of a list must hold of the same one.
        (
            r#"{"items": {"kind": ["a"], "size": [1]}}"#,
            vec![json!({"items": [{"kind": "b"}, {"kind": "a", "size": 1}]})],
            vec![json!({"items": [{"kind": "a", "size": 2}, {"kind": "b", "size": 1}]})],
        ),
        (
            r#"{"items": {"kind": ["a"]}}"#,
            vec![json!({"items": [[{"kind": ["a"]}]]})],
            vec![json!({"items": []})],
        ),
    ]
}

#[test]
fn patterns_match_what_they_say_and_nothing_else() {
    for (pattern, good, other) in [values(), anything_but(), numbers(), alike()].concat() {
        for event in good {
            assert!(matches(pattern, &event), "{pattern} is to match {event}");
        }
        for event in other {
            assert!(!matches(pattern, &event), "{pattern} is not to match {event}");
        }
    }
}

#[test]
fn what_is_no_pattern_is_refused() {
    for (pattern, reason) in [
        ("", "Filter is not a valid JSON"),
        ("[]", "Filter is not an object"),
        ("null", "Filter is not an object"),
        ("{}", "Empty objects are not allowed"),
        (r#"{"a": {}}"#, "Empty objects are not allowed"),
        (r#"{"a": []}"#, "Empty arrays are not allowed"),
        (r#"{"a": "b"}"#, "\"a\" must be an object or an array"),
        (r#"{"a": [[1]]}"#, "Match value must be String, number, true, false, or null"),
        (r#"{"a": [{}]}"#, "Match expression name not found"),
        (r#"{"a": [{"prefix": "a", "suffix": "b"}]}"#, "Only one key allowed in match expression"),
        (r#"{"a": [{"like": "b"}]}"#, "Unrecognized match type like"),
        (r#"{"a": [{"prefix": 1}]}"#, "prefix match pattern must be a string"),
        (r#"{"a": [{"suffix": {"prefix": "a"}}]}"#, "Unsupported suffix match pattern: prefix"),
        (
            r#"{"a": [{"equals-ignore-case": []}]}"#,
            "equals-ignore-case match pattern must be a string",
        ),
        (r#"{"a": [{"exists": "true"}]}"#, "exists match pattern must be either true or false."),
        (r#"{"a": [{"wildcard": "a**"}]}"#, "Consecutive wildcard characters at pos 1"),
        (r#"{"a": [{"wildcard": "a\\b"}]}"#, "Invalid escape character at pos 1"),
        (r#"{"a": [{"cidr": "10.0.0.0"}]}"#, "Malformed CIDR, one '/' required"),
        (r#"{"a": [{"cidr": "10.0.0.0/33"}]}"#, "Malformed CIDR, mask bits must be 0 to 32"),
        (r#"{"a": [{"numeric": 5}]}"#, "Value of numeric must be an array."),
        (r#"{"a": [{"numeric": [">", 5, "<", 3]}]}"#, "Bottom must be less than top"),
        (r#"{"a": [{"numeric": [">", "5"]}]}"#, "Value of > must be numeric"),
        (r#"{"a": [{"numeric": ["<", 5, ">", 3]}]}"#, "Too many elements in numeric expression"),
        (r#"{"a": [{"numeric": ["!", 5]}]}"#, "Unrecognized numeric range operator: !"),
        (r#"{"a": [{"numeric": [5]}]}"#, "Invalid member in numeric match: 5"),
        (
            r#"{"a": [{"anything-but": true}]}"#,
            "Value of anything-but must be an array or single string/number value.",
        ),
        (
            r#"{"a": [{"anything-but": ["a", 1]}]}"#,
            "Inside anything but list, either all values are number or string, mixed type is not supported",
        ),
        (r#"{"a": [{"anything-but": []}]}"#, "Empty arrays are not allowed"),
        (
            r#"{"a": [{"anything-but": [null]}]}"#,
            "Inside anything but list, null is not supported.",
        ),
        (
            r#"{"a": [{"anything-but": {"numeric": [1]}}]}"#,
            "Unsupported anything-but pattern: numeric",
        ),
        (r#"{"a": [{"anything-but": {"prefix": ""}}]}"#, "Null prefix/suffix not allowed"),
    ] {
        let refused = EventPattern::parse(pattern);
        assert_eq!(refused, Err(BadPattern(reason.into())), "{pattern}");
    }
}

#[test]
fn neither_wildcards_nor_alternatives_take_long() {
    let stars = "*a".repeat(500);
    let pattern = format!(r#"{{"a": [{{"wildcard": "{stars}"}}]}}"#);
    assert!(!matches(&pattern, &json!({"a": format!("{}b", "a".repeat(20_000))})));
    let or = |inner: &str| format!(r#"{{"$or": [{inner}, {{"y": [1]}}]}}"#);
    let mut deep = r#"{"x": [1]}"#.to_owned();
    for _ in 0..30 {
        deep = or(&deep);
    }
    assert!(!matches(&deep, &json!({"z": 1})));
    let wide: Vec<String> =
        (0..10).map(|n| format!(r#""f{n}": {}"#, or(r#"{"x": [1]}"#))).collect();
    let refused = EventPattern::parse(&format!("{{{}}}", wide.join(", ")));
    assert!(refused.is_err(), "1,024 combinations are too many");
}

#[test]
fn what_a_pattern_looks_at_is_known() {
    let pattern = EventPattern::parse(r#"{"body": {"a": [1]}, "messageId": ["x"]}"#);
    let pattern = pattern.expect("a pattern");
    assert!(pattern.looks_into("body") && pattern.names("messageId"));
    assert!(!pattern.looks_into("messageId") && !pattern.names("a"));
}
