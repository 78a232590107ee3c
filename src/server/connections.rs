//! Accepts connections, over TLS or plain; limits how many there are and how long they may idle;
//! and ends them when the service stops. What is answered is decided in `routes`.

use super::admission::{Admission, Admitted, OnConnection};
use super::auth::PeerCertificate;
use super::keys::fingerprint;
use super::routes;
use super::service::Service;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::Version;
use axum::http::header::HOST;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::serve::Listener;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use rustls::ServerConfig;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::TlsAcceptor;
use tower_service::Service as _;

/// How connections are kept.
#[derive(Clone)]
pub struct Options {
    /// `None` for plain HTTP, on the loopback or behind a proxy that speaks TLS.
    pub tls: Option<Arc<ServerConfig>>,
    /// Connections at once. Further ones wait in the kernel's queue until one is closed.
    pub connections: usize,
    /// A connection is closed if no request's head has come for this long; `None` keeps it open.
    pub idle: Option<Duration>,
    /// How long open requests may still take after the service was told to stop.
    pub farewell: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            tls: None,
            connections: 16_000,
            idle: Some(Duration::from_secs(90)),
            farewell: Duration::from_secs(10),
        }
    }
}

/// A request is given up after this long. It also ends one whose body trickles in.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);
const HANDSHAKE_WITHIN: Duration = Duration::from_secs(10);
/// A connection is closed if its first request's head has not come within this time.
const FIRST_HEAD_WITHIN: Duration = Duration::from_secs(10);
/// A connection is closed if its client takes nothing of an answer for this long.
const WRITE_WITHIN: Duration = Duration::from_secs(15);
/// Bytes of a connection's read buffer: heads and bodies of kiosks are small.
const BUFFER: usize = 16 * 1024;

/// Runs the service. Accepts connections from `listener` and spawns a task for each, until `stop`
/// is ready. Then accepts no more, lets open requests end, and returns when all have ended or
/// [`Options::farewell`] is over.
pub async fn serve<L: Listener<Addr = SocketAddr>>(
    listener: L,
    service: Arc<Service>,
    options: Options,
    stop: impl Future<Output = ()>,
) {
    serve_routes(listener, routes::table(Arc::clone(&service)), service, options, stop).await;
}

/// As [`serve`], with routes of the caller's. The benchmarks use it to measure an echo beside ours.
pub async fn serve_routes<L: Listener<Addr = SocketAddr>>(
    mut listener: L,
    router: axum::Router,
    service: Arc<Service>,
    options: Options,
    stop: impl Future<Output = ()>,
) {
    let router = router.layer(from_fn_with_state(Arc::clone(&service), measure));
    let connections = Arc::new(Semaphore::new(options.connections));
    let admission = Admission::new(options.connections);
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let accepted = async {
            // The permit comes before the connection is accepted: beyond the limit, clients wait in
            // the kernel's queue. It is an error only if the semaphore was closed, which never is.
            let permit = Arc::clone(&connections).acquire_owned().await.ok();
            (permit, listener.accept().await)
        };
        let (permit, (io, address)) = tokio::select! {
            accepted = accepted => accepted,
            () = &mut stop => break,
        };
        let connection = Connection {
            router: router.clone(),
            service: Arc::clone(&service),
            options: options.clone(),
            watcher: graceful.watcher(),
            admitted: Arc::new(admission.admit(address.ip().to_canonical())),
        };
        tokio::spawn(async move {
            connection.service.metrics.connected();
            let metrics = Arc::clone(&connection.service.metrics);
            let admitted = Arc::clone(&connection.admitted);
            tokio::select! {
                () = connection.run(io) => {}
                () = admitted.cut_off() => {}
            }
            metrics.disconnected();
            drop(permit);
        });
    }
    drop(listener);
    // What is still open after that is cut off. A kiosk sends a booking again with the same key,
    // and learns by it whether the booking was made.
    let _ = tokio::time::timeout(options.farewell, graceful.shutdown()).await;
}

/// One connection, and what its task needs.
struct Connection {
    router: axum::Router,
    service: Arc<Service>,
    options: Options,
    watcher: Watcher,
    admitted: Arc<Admitted>,
}

impl Connection {
    /// Serves the connection until either side closes it. Errors of the line or the handshake are
    /// not reported: they concern this connection alone.
    async fn run<S>(self, io: S)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let mut io = TimeoutStream::new(io);
        io.set_write_timeout(Some(WRITE_WITHIN));
        let io = Box::pin(io);
        let Some(tls) = self.options.tls.clone() else { return self.serve_http(io, None).await };
        let handshake = TlsAcceptor::from(tls).accept(io);
        if let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE_WITHIN, handshake).await {
            let certificate =
                stream.get_ref().1.peer_certificates().and_then(|chain| chain.first());
            let certificate =
                certificate.map(|certificate| PeerCertificate(fingerprint(certificate)));
            self.serve_http(stream, certificate).await;
        }
    }

    /// Serves HTTP on a connection whose handshake is done.
    async fn serve_http<S>(self, io: S, certificate: Option<PeerCertificate>)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let Self { router, options, watcher, admitted, .. } = self;
        let begun = Arc::new(AtomicBool::new(false));
        let mut http = http1::Builder::new();
        http.max_buf_size(BUFFER);
        if let Some(idle) = options.idle {
            http.timer(TokioTimer::new()).header_read_timeout(idle);
        }
        let seen = Arc::clone(&begun);
        let answer = service_fn(move |request| {
            seen.store(true, Ordering::Relaxed);
            let on = OnConnection(Arc::clone(&admitted));
            answer(router.clone(), certificate, on, request)
        });
        let connection = watcher.watch(http.serve_connection(TokioIo::new(io), answer));
        if options.idle.is_none() {
            let _ = connection.await;
            return;
        }
        let silent = async {
            tokio::time::sleep(FIRST_HEAD_WITHIN).await;
            if begun.load(Ordering::Relaxed) {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            _ = connection => {}
            () = silent => {}
        }
    }
}

/// Answers one request. The peer's certificate goes along in its extensions, for `DeviceAuth`.
async fn answer(
    mut router: axum::Router,
    certificate: Option<PeerCertificate>,
    on: OnConnection,
    request: Request<Incoming>,
) -> Result<Response, Infallible> {
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(on);
    if let Some(certificate) = certificate {
        request.extensions_mut().insert(certificate);
    }
    router.call(request).await
}

/// Gives up a request that takes too long, and counts every answer by the route that it matched.
async fn measure(
    State(service): State<Arc<Service>>,
    route: Option<MatchedPath>,
    request: Request,
    next: Next,
) -> Response {
    let began = (service.env.uptime)();
    // RFC 9112, section 3.2: a request of HTTP/1.1 without a host is answered with 400.
    let is_http = request.version() != Version::HTTP_11 || request.headers().contains_key(HOST);
    let answering = async { if is_http { Some(next.run(request).await) } else { None } };
    let response = match tokio::time::timeout(ANSWER_WITHIN, answering).await {
        Ok(Some(response)) => response,
        Ok(None) => routes::not_http().into_response(),
        Err(_) => routes::too_slow().into_response(),
    };
    let took = (service.env.uptime)().saturating_sub(began);
    let route = route.as_ref().map(MatchedPath::as_str);
    service.metrics.answered(route, response.status().as_u16(), took);
    response
}
