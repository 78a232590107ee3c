//! The process that loads the module: it answers one request after another until the kiosk closes
//! its end of the pipe. A module that hangs hangs this process alone.

use super::ModuleOptions;
use super::module::Module;
use super::protocol::{self, Answer, Request};
use crate::devices::staff_card::ModuleFault;
use std::io::{Read, Write};

/// Answers until the requests end. Neither end may be buffered: a request has a PIN in it.
pub fn serve(options: ModuleOptions, mut requests: impl Read, mut answers: impl Write) {
    let mut module = Module::load(options);
    // An error means that the kiosk has ended, or has given up waiting.
    while let Ok(request) = protocol::read(&mut requests) {
        let answer = match &mut module {
            Ok(module) => answer(module, request),
            Err(fault) => Answer::Failed(*fault),
        };
        if protocol::write(&mut answers, &answer).is_err() {
            break;
        }
    }
}

fn answer(module: &mut Module, request: Request) -> Answer {
    let failed = |_| Answer::Failed(ModuleFault::Failed);
    match request {
        Request::Look => module.look().map_or_else(failed, Answer::Looked),
        Request::Sign { own, pin, text } => Answer::Signed(module.sign(&own, &pin, &text)),
        Request::Inspect => module.inspect().map_or_else(failed, Answer::Inspected),
    }
}
