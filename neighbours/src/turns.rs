//! Whose turn it is: what waits is taken as it is due, but of each target only some at a time, so that one
//! that is slow, or fails, keeps nothing from others.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use rusqlite::types::FromSql;
use rusqlite::{Connection, Params, Row};

use crate::failure::Failure;

/// What waits, each for a target.
pub(crate) trait Waiting {
    /// What targets are told apart by, in an order.
    type Key: Clone + Eq + Hash;

    /// The first of all, in the order in which they are due.
    fn first(&self, connection: &Connection, most: i64) -> Result<Vec<Due<Self>>, Failure>;

    /// The next target for which anything waits.
    fn target(
        &self,
        connection: &Connection,
        after: Option<&Self::Key>,
    ) -> Result<Option<Self::Key>, Failure>;

    /// The first that are for a target.
    fn of_target(
        &self,
        connection: &Connection,
        target: &Self::Key,
        most: i64,
    ) -> Result<Vec<Due<Self>>, Failure>;

    /// When the first is due of those that are not yet.
    fn next(&self, connection: &Connection, now: i64) -> Result<Option<i64>, Failure>;
}

/// Something that waits.
pub(crate) struct Due<W: Waiting + ?Sized> {
    pub(crate) id: i64,
    /// When it is due.
    pub(crate) at: i64,
    pub(crate) target: W::Key,
}

/// What a query finds, of which the first part names what is read: id, due, and target.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn found<W: Waiting<Key: FromSql>, P: Params>(
    connection: &Connection,
    what: &str,
    which: &str,
    given: P,
) -> Result<Vec<Due<W>>, Failure> {
    let mut statement = connection.prepare_cached(&format!("{what} {which}"))?;
    let due = |row: &Row<'_>| Ok(Due { id: row.get(0)?, at: row.get(1)?, target: row.get(2)? });
    Ok(statement.query_map(given, due)?.collect::<rusqlite::Result<_>>()?)
}

/// What is under way.
#[derive(Debug, Clone)]
pub(crate) struct Busy<K> {
    ids: HashSet<i64>,
    targets: HashMap<K, usize>,
    most: usize,
    of_target: usize,
}

impl<K: Clone + Eq + Hash> Busy<K> {
    /// Nothing yet; so many at the most, and so many of a target.
    pub(crate) fn new(most: usize, of_target: usize) -> Busy<K> {
        Busy { ids: HashSet::new(), targets: HashMap::new(), most, of_target }
    }

    pub(crate) fn has_room(&self) -> bool {
        self.ids.len() < self.most
    }

    /// Notes that something begins, if it is not under way and there is room for it.
    pub(crate) fn begin(&mut self, id: i64, target: &K) -> bool {
        if !self.has_room() || self.is_full(target) || !self.ids.insert(id) {
            return false;
        }
        *self.targets.entry(target.clone()).or_default() += 1;
        true
    }

    /// Notes that something is over.
    pub(crate) fn end(&mut self, id: i64, target: &K) {
        if !self.ids.remove(&id) {
            return;
        }
        if let Some(count) = self.targets.get_mut(target) {
            *count -= 1;
            if *count == 0 {
                self.targets.remove(target);
            }
        }
    }

    fn is_full(&self, target: &K) -> bool {
        self.targets.get(target).is_some_and(|count| *count >= self.of_target)
    }
}

/// What is taken, and when something else is due.
pub(crate) type Taken<W> = (Vec<Due<W>>, Option<i64>);

/// Takes what is due, as far as there is room beside what is under way.
pub(crate) fn take<W: Waiting>(
    waiting: &W,
    connection: &Connection,
    mut busy: Busy<W::Key>,
    now: i64,
) -> Result<Taken<W>, Failure> {
    let mut taken = Vec::new();
    let counted = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    // So many that what is under way leaves as many as there is room for.
    let most = counted(busy.most + 1);
    let first = waiting.first(connection, most)?;
    let is_all = counted(first.len()) < most || first.last().is_some_and(|it| it.at > now);
    let mut take = |busy: &mut Busy<W::Key>, found: Vec<Due<W>>| {
        for due in found.into_iter().filter(|due| due.at <= now) {
            if busy.begin(due.id, &due.target) {
                taken.push(due);
            }
        }
    };
    take(&mut busy, first);
    if !is_all && busy.has_room() {
        // What is due first is of targets that are busy: others have their turn.
        let mut last = None;
        while let Some(target) = waiting.target(connection, last.as_ref())? {
            if !busy.is_full(&target) {
                let most = counted(busy.of_target + 1);
                take(&mut busy, waiting.of_target(connection, &target, most)?);
            }
            if !busy.has_room() {
                break;
            }
            last = Some(target);
        }
    }
    Ok((taken, waiting.next(connection, now)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ids with when they are due and for whom.
    struct List(Vec<(i64, i64, char)>);

    impl List {
        fn found(&self, most: i64, is_meant: impl Fn(char) -> bool) -> Vec<Due<List>> {
            let mut all: Vec<_> = self.0.iter().filter(|it| is_meant(it.2)).collect();
            all.sort_by_key(|(id, at, _)| (*at, *id));
            let all = all.into_iter().take(usize::try_from(most).expect("some"));
            all.map(|(id, at, target)| Due { id: *id, at: *at, target: *target }).collect()
        }
    }

    impl Waiting for List {
        type Key = char;

        fn first(&self, _: &Connection, most: i64) -> Result<Vec<Due<List>>, Failure> {
            Ok(self.found(most, |_| true))
        }

        fn target(&self, _: &Connection, after: Option<&char>) -> Result<Option<char>, Failure> {
            let behind =
                self.0.iter().map(|it| it.2).filter(|it| after.is_none_or(|last| it > last));
            Ok(behind.min())
        }

        fn of_target(
            &self,
            _: &Connection,
            target: &char,
            most: i64,
        ) -> Result<Vec<Due<List>>, Failure> {
            Ok(self.found(most, |of| of == *target))
        }

        fn next(&self, _: &Connection, now: i64) -> Result<Option<i64>, Failure> {
            Ok(self.0.iter().map(|it| it.1).filter(|at| *at > now).min())
        }
    }

    fn taken(list: &List, busy: &Busy<char>) -> (Vec<i64>, Option<i64>) {
        let connection = Connection::open_in_memory().expect("a store");
        let (taken, next) = take(list, &connection, busy.clone(), 100).expect("taken");
        (taken.iter().map(|due| due.id).collect(), next)
    }

    #[test]
    fn a_target_that_is_busy_leaves_others_their_turn() {
        let mut all: Vec<_> = (1..=50).map(|id| (id, 1, 'a')).collect();
        all.extend([(60, 2, 'b'), (61, 3, 'b'), (70, 200, 'c'), (71, 50, 'c')]);
        let list = List(all);
        let mut busy = Busy::new(6, 3);
        assert_eq!(taken(&list, &busy), (vec![1, 2, 3, 60, 61, 71], Some(200)));
        for id in 1..=3 {
            assert!(busy.begin(id, &'a'));
        }
        assert!(!busy.begin(4, &'a'), "it has as many as it may");
        assert_eq!(taken(&list, &busy).0, [60, 61, 71]);
        busy.end(2, &'a');
        busy.end(2, &'a');
        assert_eq!(taken(&list, &busy).0, [2, 60, 61, 71]);
        for id in [2, 60, 61, 71] {
            let target = list.0.iter().find(|it| it.0 == id).expect("it is there").2;
            assert!(busy.begin(id, &target));
        }
        assert_eq!(taken(&list, &busy).0, [0; 0], "there is no room");
    }
}
