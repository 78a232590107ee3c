//! What the training in a browser says: its page, and whoever runs it at their own terminal.

use super::messages;
use fluent_bundle::{FluentArgs, FluentValue};

messages! {
    WEB:
    WebEnded = "web-ended";
    WebBegin = "web-begin";
    WebFull = "web-full";
    WebTry = "web-try";
    WebLost = "web-lost";
    WebAddress = "web-address";
    WebAskCode = "web-ask-code";
    WebEnter = "web-enter";
    WebCodeWrong = "web-code-wrong";
    WebCodeWait = "web-code-wait";
    WebOpen = "web-open" { url };
    WebOpenAny = "web-open-any" { port };
    WebCode = "web-code" { code };
    WebFingerprint = "web-fingerprint" { fingerprint };
}
