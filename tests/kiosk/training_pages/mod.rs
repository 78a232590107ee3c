//! The pages of the training: what they look like, that they are reached by keys alone and by
//! touch alone, and that nothing of the trainer's hides what a trainee must read.

mod by_hand;
mod drawer;
mod looks;
mod ways;
