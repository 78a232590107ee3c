//! Connections of browsers, over TLS or plain: how many there are, how long they may take, and the
//! turn into a websocket. A websocket is a visit, and has its own limits.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use axum::serve::Listener;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use rustls::ServerConfig;
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::TlsAcceptor;
use tower_service::Service as _;

/// Connections at once that are no websockets. Further ones wait in the kernel's queue.
const CONNECTIONS: usize = 512;
const HANDSHAKE_WITHIN: Duration = Duration::from_secs(10);
/// A connection is closed if no request's head has come for this long.
const HEAD_WITHIN: Duration = Duration::from_secs(15);
const ANSWER_WITHIN: Duration = Duration::from_secs(15);
/// A connection is closed if its browser takes nothing of an answer for this long.
const WRITE_WITHIN: Duration = Duration::from_secs(20);
/// Bytes of a connection's read buffer: a browser's heads are small.
const BUFFER: usize = 16 * 1024;

/// Whose connection a request came by.
#[derive(Clone, Copy)]
pub struct Peer(pub IpAddr);

/// Accepts connections, and serves each in a task of its own, until it is dropped.
pub async fn serve(mut listener: TcpListener, tls: Option<Arc<ServerConfig>>, router: Router) {
    let connections = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        // It is an error only if the semaphore was closed, which never is.
        let permit = Arc::clone(&connections).acquire_owned().await.ok();
        let (stream, address): (_, SocketAddr) = Listener::accept(&mut listener).await;
        // If the system refuses, small answers come a little later (RFC 896).
        let _ = stream.set_nodelay(true);
        let (tls, router) = (tls.clone(), router.clone());
        tokio::spawn(async move {
            let mut stream = TimeoutStream::new(stream);
            stream.set_write_timeout(Some(WRITE_WITHIN));
            let stream = Box::pin(stream);
            match tls {
                None => serve_http(stream, router, Peer(address.ip())).await,
                Some(tls) => {
                    let handshake = TlsAcceptor::from(tls).accept(stream);
                    if let Ok(Ok(stream)) = timeout(HANDSHAKE_WITHIN, handshake).await {
                        serve_http(stream, router, Peer(address.ip())).await;
                    }
                }
            }
            drop(permit);
        });
    }
}

/// Errors of the line are not reported: they concern this connection alone.
async fn serve_http<S>(io: S, router: Router, peer: Peer)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut http = http1::Builder::new();
    http.max_buf_size(BUFFER).timer(TokioTimer::new()).header_read_timeout(HEAD_WITHIN);
    let answer = service_fn(move |request| answer(router.clone(), peer, request));
    let _ = http.serve_connection(TokioIo::new(io), answer).with_upgrades().await;
}

async fn answer(
    mut router: Router,
    peer: Peer,
    request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(peer);
    timeout(ANSWER_WITHIN, router.call(request)).await.unwrap_or_else(|_| {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::REQUEST_TIMEOUT;
        Ok(response)
    })
}
