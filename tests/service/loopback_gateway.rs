//! A gateway of text messages on this machine, served to the program as another's would be.

use axum::routing::MethodRouter;

/// Serves what takes the messages, and tells where.
pub async fn served<S: Clone + Send + Sync + 'static>(takes: MethodRouter<S>, inbox: S) -> String {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}/messages", listener.local_addr().unwrap());
    let router = axum::Router::new().route("/messages", takes).with_state(inbox);
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}
