//! A client of a running server's `/_warren/`.

use std::env;

use bytes::Bytes;
use http::{Method, Request, StatusCode, Uri};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde::de::DeserializeOwned;
use serde_json::Value;
use server::gate::CHANGE_HEADER;
use tokio::net::TcpStream;

use crate::value::{self, ValueError};

/// The option of all commands that ask a server.
#[derive(Debug, clap::Args)]
pub(crate) struct EndpointArgs {
    /// Where the server is (default $AWS_ENDPOINT_URL, else http://127.0.0.1:4566)
    #[arg(long, value_name = "URL", value_parser = value::endpoint, global = true, help_heading = "Server")]
    endpoint: Option<Uri>,
}

/// The options of commands that ask for the things of an account in a region.
#[derive(Debug, clap::Args)]
pub(crate) struct ServerArgs {
    #[command(flatten)]
    endpoint: EndpointArgs,
    /// Whose things are meant (default $AWS_ACCESS_KEY_ID where it is an account, else 000000000000)
    #[arg(long, value_name = "ID", value_parser = value::account, global = true, help_heading = "Server")]
    account: Option<String>,
    /// Where they are (default $AWS_REGION, else us-east-1)
    #[arg(long, value_name = "NAME", value_parser = value::region, global = true, help_heading = "Server")]
    region: Option<String>,
}

/// Why a server did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ClientError {
    #[error(transparent)]
    Endpoint(#[from] ValueError),
    #[error("runtime cannot be started: {0}")]
    Runtime(std::io::Error),
    #[error("{path} is not a name: {error}")]
    Name { path: String, error: http::Error },
    #[error("request cannot be written: {0}")]
    Request(serde_json::Error),
    #[error(
        "server at {host}:{port} cannot be reached: {error}\nhint: warren serve, or give --endpoint"
    )]
    Unreachable { host: String, port: u16, error: Box<dyn std::error::Error + Send + Sync> },
    /// In the server's own words.
    #[error("{0}")]
    Refused(String),
    #[error(
        "what answers at {endpoint} is no Warren: {answered}\nhint: warren serve, or give --endpoint"
    )]
    NoWarren { endpoint: Uri, answered: String },
}

/// Where the server is, and whose things are meant.
#[derive(Debug)]
pub(crate) struct Client {
    endpoint: Uri,
    account: String,
    region: String,
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

impl Client {
    /// By the options, or what the environment says in their place.
    pub(crate) fn new(args: ServerArgs) -> Result<Client, ClientError> {
        let of_key = || variable("AWS_ACCESS_KEY_ID").filter(|key| value::account(key).is_ok());
        let told = variable("AWS_REGION").or_else(|| variable("AWS_DEFAULT_REGION"));
        let region = match (args.region, told) {
            (Some(region), _) => region,
            (None, Some(text)) => value::region(&text)?,
            (None, None) => "us-east-1".to_owned(),
        };
        Ok(Client {
            account: args.account.or_else(of_key).unwrap_or_else(|| "000000000000".into()),
            region,
            ..Client::of_all(args.endpoint)?
        })
    }

    /// For what is not asked of one account in one region.
    pub(crate) fn of_all(args: EndpointArgs) -> Result<Client, ClientError> {
        let told = variable("WARREN_ENDPOINT").or_else(|| variable("AWS_ENDPOINT_URL"));
        let endpoint = match (args.endpoint, told) {
            (Some(endpoint), _) => endpoint,
            (None, Some(text)) => value::endpoint(&text)?,
            (None, None) => Uri::from_static("http://127.0.0.1:4566"),
        };
        Ok(Client { endpoint, account: "000000000000".into(), region: "us-east-1".into() })
    }

    pub(crate) fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ClientError> {
        self.ask(Method::GET, path, Bytes::new())
    }

    pub(crate) fn delete(&self, path: &str) -> Result<Value, ClientError> {
        self.ask(Method::DELETE, path, Bytes::new())
    }

    pub(crate) fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl serde::Serialize,
    ) -> Result<T, ClientError> {
        let body = serde_json::to_vec(body).map_err(ClientError::Request)?;
        self.ask(Method::POST, path, Bytes::from(body))
    }

    pub(crate) fn put(
        &self,
        path: &str,
        body: &impl serde::Serialize,
    ) -> Result<Value, ClientError> {
        let body = serde_json::to_vec(body).map_err(ClientError::Request)?;
        self.ask(Method::PUT, path, Bytes::from(body))
    }

    fn ask<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Bytes,
    ) -> Result<T, ClientError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(ClientError::Runtime)?;
        let asked = format!("{method} /_warren/{path}");
        let (status, body) = runtime.block_on(self.exchange(method, path, body))?;
        let no_warren =
            |answered| ClientError::NoWarren { endpoint: self.endpoint.clone(), answered };
        if !status.is_success() {
            let told: Value = serde_json::from_slice(&body).unwrap_or_default();
            return Err(match told["message"].as_str() {
                Some(message) => ClientError::Refused(message.to_owned()),
                None => no_warren(format!("it answered {asked} with {status}")),
            });
        }
        serde_json::from_slice(&body)
            .map_err(|error| no_warren(format!("its answer to {asked} is another: {error}")))
    }

    async fn exchange(
        &self,
        method: Method,
        path: &str,
        body: Bytes,
    ) -> Result<(StatusCode, Bytes), ClientError> {
        let host = self.endpoint.host().unwrap_or_default();
        let port = self.endpoint.port_u16().unwrap_or(80);
        let unreachable = |error: Box<dyn std::error::Error + Send + Sync>| {
            ClientError::Unreachable { host: host.to_owned(), port, error }
        };
        // An address of IPv6 stands in brackets, which are no part of it.
        let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
        let stream = TcpStream::connect((bare, port)).await.map_err(|e| unreachable(e.into()))?;
        let (mut sender, connection) =
            http1::handshake(TokioIo::new(stream)).await.map_err(|e| unreachable(e.into()))?;
        tokio::spawn(connection);
        let Client { account, region, .. } = self;
        let request = Request::builder()
            .method(method)
            .uri(format!("/_warren/{path}?account={account}&region={region}"))
            .header("host", format!("{host}:{port}"))
            .header(CHANGE_HEADER, "1")
            .header("content-type", "application/json")
            .body(Full::new(body))
            .map_err(|error| ClientError::Name { path: path.to_owned(), error })?;
        let response = sender.send_request(request).await.map_err(|e| unreachable(e.into()))?;
        let status = response.status();
        let body = response.into_body().collect().await.map_err(|e| unreachable(e.into()))?;
        Ok((status, body.to_bytes()))
    }
}
