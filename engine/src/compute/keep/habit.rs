//! Habits: what a function's past idle times say about the next one.

use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::time::Duration;

use crate::base::id::Version;
use crate::base::time::Time;
use crate::record::function::RoleVerdict;

/// The width of a histogram's bin.
pub(super) const BIN: Duration = Duration::from_secs(60);
/// Below this percentile of idle times there need be no environment.
const HEAD: u64 = 5;
/// Above this percentile there need be none any more.
const TAIL: u64 = 99;
/// The squared coefficient of variation of the bins' counts from which a histogram tells
/// something: 2, as the paper has it.
const TELLING: u64 = 4;
/// Idle times before a histogram is asked at all; the paper names no number.
const FEWEST: u32 = 5;
/// Idle times that a forecast goes by.
const RECENT: usize = 16;

/// What is known of a function's idle times.
#[derive(Debug, Clone)]
pub(crate) struct Habit {
    /// When its last invocation ended, while none is under way.
    pub(super) rested: Option<Time>,
    /// Idle times within the range, by minutes.
    bins: Vec<u32>,
    within: u32,
    /// Idle times beyond the range.
    beyond: u32,
    /// The sum of the squares of the bins' counts.
    squares: u64,
    /// The last idle times, in minutes.
    recent: VecDeque<u32>,
    /// What was invoked last, and whether its role may manage ENIs.
    pub(super) version: Version,
    pub(super) role: RoleVerdict,
    /// Until when an environment that is started ahead is kept.
    pub(super) until: Time,
}

/// What follows from a habit when a function has become idle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outlook {
    /// Its environments are kept for so long.
    Keep(Duration),
    /// They are given up; one is started after the first span, and kept until the second.
    Away(Duration, Duration),
}

impl Habit {
    pub(super) fn new(range: Duration) -> Habit {
        let bins = (range.as_secs() / BIN.as_secs()).max(1) as usize;
        Habit {
            rested: None,
            bins: alloc::vec![0; bins],
            within: 0,
            beyond: 0,
            squares: 0,
            recent: VecDeque::new(),
            version: Version(0),
            role: RoleVerdict::Allowed,
            until: Time(0),
        }
    }

    pub(super) fn note(&mut self, idle: Duration) {
        let minutes = (idle.as_secs() / BIN.as_secs()) as usize;
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back(minutes as u32);
        let Some(bin) = self.bins.get_mut(minutes) else {
            self.beyond += 1;
            return;
        };
        self.squares += 2 * u64::from(*bin) + 1;
        *bin += 1;
        self.within += 1;
    }

    pub(super) fn outlook(&self) -> Outlook {
        let range = BIN * self.bins.len() as u32;
        let seen = self.within.saturating_add(self.beyond);
        if seen < FEWEST {
            return Outlook::Keep(range);
        }
        if self.beyond > seen / 2 {
            return self.forecast().map_or(Outlook::Keep(range), |idle| {
                Outlook::Away(idle * 85 / 100, idle * 115 / 100)
            });
        }
        // The square of deviation over mean is n·Σc²/(Σc)² − 1 for the counts c of n bins.
        let (within, bins) = (u128::from(self.within), self.bins.len() as u128);
        if bins * u128::from(self.squares) < u128::from(TELLING + 1) * within * within {
            return Outlook::Keep(range);
        }
        let head = BIN * self.percentile(HEAD) as u32;
        let tail = BIN * (self.percentile(TAIL) as u32 + 1);
        match head {
            Duration::ZERO => Outlook::Keep(tail * 110 / 100),
            head => Outlook::Away(head * 90 / 100, tail * 110 / 100),
        }
    }

    /// The bin below whose end this percentage of the idle times lies.
    fn percentile(&self, percent: u64) -> usize {
        let wanted = (u64::from(self.within) * percent).div_ceil(100).max(1);
        let mut counted = 0;
        let found = self.bins.iter().position(|bin| {
            counted += u64::from(*bin);
            counted >= wanted
        });
        found.unwrap_or(self.bins.len() - 1)
    }

    /// The next idle time by the last ones: an autoregression of the first order, where the paper
    /// fits an ARIMA model.
    fn forecast(&self) -> Option<Duration> {
        if self.recent.len() < FEWEST as usize {
            return None;
        }
        let mean =
            self.recent.iter().map(|each| f64::from(*each)).sum::<f64>() / self.recent.len() as f64;
        let off: Vec<f64> = self.recent.iter().map(|each| f64::from(*each) - mean).collect();
        let lagged: f64 = off.windows(2).map(|pair| pair[0] * pair[1]).sum();
        let all: f64 = off.windows(2).map(|pair| pair[0] * pair[0]).sum();
        let slope = if all > 0.0 { (lagged / all).clamp(-0.99, 0.99) } else { 0.0 };
        let minutes = mean + slope * off.last().copied().unwrap_or(0.0);
        Some(BIN * minutes.max(1.0) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn habit(minutes: &[u64]) -> Habit {
        let mut habit = Habit::new(240 * MINUTE);
        minutes.iter().for_each(|each| habit.note(Duration::from_secs(each * 60 + 30)));
        habit
    }

    #[test]
    fn few_idle_times_tell_nothing() {
        assert_eq!(habit(&[10, 10, 10]).outlook(), Outlook::Keep(240 * MINUTE));
    }

    #[test]
    fn a_timer_every_half_hour_is_met() {
        let outlook = habit(&[29; 20]).outlook();
        assert_eq!(outlook, Outlook::Away(29 * MINUTE * 90 / 100, 30 * MINUTE * 110 / 100));
    }

    #[test]
    fn short_idle_times_are_waited_for() {
        let mut minutes = [0; 99].to_vec();
        minutes.extend([7; 2]);
        assert_eq!(habit(&minutes).outlook(), Outlook::Keep(8 * MINUTE * 110 / 100));
    }

    #[test]
    fn idle_times_of_every_length_tell_nothing() {
        let minutes: Vec<u64> = (0..240).collect();
        assert_eq!(habit(&minutes).outlook(), Outlook::Keep(240 * MINUTE));
    }

    #[test]
    fn the_squares_are_those_of_the_counts() {
        let habit = habit(&[1, 1, 1, 5, 5, 9, 300]);
        let squares: u64 = habit.bins.iter().map(|bin| u64::from(*bin).pow(2)).sum();
        assert_eq!((habit.squares, habit.within, habit.beyond), (squares, 6, 1));
    }

    #[test]
    fn what_lies_beyond_the_range_is_forecast() {
        let outlook = habit(&[1440; 10]).outlook();
        assert_eq!(outlook, Outlook::Away(1440 * MINUTE * 85 / 100, 1440 * MINUTE * 115 / 100));
        // By turns: after a short one comes a long one.
        let turns: Vec<u64> = (0..16).map(|at| if at % 2 == 0 { 1000 } else { 500 }).collect();
        let Outlook::Away(after, _) = habit(&turns).outlook() else { panic!("it is forecast") };
        assert!(after > 800 * MINUTE, "{after:?}");
    }
}
