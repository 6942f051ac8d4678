//! A client of a running server's `/_warren/`.

use std::env;

use bytes::Bytes;
use http::{Method, Request, Uri};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::net::TcpStream;

use crate::options::Words;

/// Where the server is, and whose things are meant.
#[derive(Debug)]
pub(crate) struct Client {
    endpoint: Uri,
    account: String,
    region: String,
}

impl Client {
    /// Takes `--endpoint`, `--account` and `--region`, or what the environment says.
    pub(crate) fn take(words: &mut Words<'_>) -> Result<Client, String> {
        let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        let endpoint = words
            .value("--endpoint")?
            .map(str::to_owned)
            .or_else(|| variable("WARREN_ENDPOINT"))
            .or_else(|| variable("AWS_ENDPOINT_URL"))
            .unwrap_or_else(|| "http://127.0.0.1:4566".into());
        let known = endpoint
            .parse::<Uri>()
            .ok()
            .filter(|uri| uri.scheme_str() == Some("http") && uri.host().is_some());
        let is_account = |key: &String| key.len() == 12 && key.bytes().all(|b| b.is_ascii_digit());
        Ok(Client {
            endpoint: known.ok_or_else(|| {
                format!("endpoint {endpoint} is not one\nhint: for instance http://127.0.0.1:4566")
            })?,
            account: words
                .value("--account")?
                .map(str::to_owned)
                .or_else(|| variable("AWS_ACCESS_KEY_ID").filter(is_account))
                .unwrap_or_else(|| "000000000000".into()),
            region: words
                .value("--region")?
                .map(str::to_owned)
                .or_else(|| variable("AWS_REGION"))
                .or_else(|| variable("AWS_DEFAULT_REGION"))
                .unwrap_or_else(|| "us-east-1".into()),
        })
    }

    pub(crate) fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, String> {
        self.ask(Method::GET, path, Bytes::new())
    }

    pub(crate) fn delete(&self, path: &str) -> Result<Value, String> {
        self.ask(Method::DELETE, path, Bytes::new())
    }

    pub(crate) fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl serde::Serialize,
    ) -> Result<T, String> {
        let body = serde_json::to_vec(body).map_err(|error| error.to_string())?;
        self.ask(Method::POST, path, Bytes::from(body))
    }

    fn ask<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Bytes,
    ) -> Result<T, String> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| format!("runtime cannot be started: {error}"))?;
        let (is_good, body) = runtime.block_on(self.exchange(method, path, body))?;
        if !is_good {
            let told: Value = serde_json::from_slice(&body).unwrap_or_default();
            let message = told["message"].as_str().unwrap_or("server refused without a reason");
            return Err(message.to_owned());
        }
        serde_json::from_slice(&body)
            .map_err(|error| format!("answer of {} cannot be read: {error}", self.endpoint))
    }

    async fn exchange(
        &self,
        method: Method,
        path: &str,
        body: Bytes,
    ) -> Result<(bool, Bytes), String> {
        let host = self.endpoint.host().unwrap_or_default();
        let port = self.endpoint.port_u16().unwrap_or(80);
        let unreachable = |error: &dyn std::fmt::Display| {
            format!(
                "server at {host}:{port} cannot be reached: {error}\nhint: warren serve, or give --endpoint"
            )
        };
        let stream = TcpStream::connect((host, port)).await.map_err(|e| unreachable(&e))?;
        let (mut sender, connection) =
            http1::handshake(TokioIo::new(stream)).await.map_err(|e| unreachable(&e))?;
        tokio::spawn(connection);
        let Client { account, region, .. } = self;
        let request = Request::builder()
            .method(method)
            .uri(format!("/_warren/{path}?account={account}&region={region}"))
            .header("host", format!("{host}:{port}"))
            .body(Full::new(body))
            .map_err(|error| format!("{path} is not a name: {error}"))?;
        let response = sender.send_request(request).await.map_err(|e| unreachable(&e))?;
        let is_good = response.status().is_success();
        let body = response.into_body().collect().await.map_err(|e| unreachable(&e))?;
        Ok((is_good, body.to_bytes()))
    }
}
