//! Zones, their VPCs, their records, and changes, as they are stored.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params};
use wire::route53::output::{ChangeInfo, HostedZone, HostedZoneConfig, VPC as ShownVpc};

use super::refusal::no_zone;
use crate::failure::Failure;
use crate::random::random;

/// The changes that are remembered; what is older is forgotten.
const CHANGES: i64 = 10_000;
/// The first server of every zone, and the others.
pub(super) const SERVERS: [&str; 4] = [
    "ns-1536.awsdns-00.co.uk.",
    "ns-0.awsdns-00.com.",
    "ns-1024.awsdns-00.org.",
    "ns-512.awsdns-00.net.",
];

/// Tags by their keys.
pub(super) type Tags = BTreeMap<String, String>;

/// A VPC by its region and id.
pub(super) type Vpc = (String, String);

/// A zone.
#[derive(Debug, Clone)]
pub(super) struct Zone {
    pub(super) id: String,
    pub(super) account: u64,
    pub(super) name: String,
    pub(super) reference: String,
    pub(super) comment: String,
    pub(super) tags: Tags,
    pub(super) created: i64,
}

/// The records of a name that have one type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Records {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) ttl: i64,
    pub(super) values: Vec<String>,
}

/// A change that was made.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub(super) id: String,
    pub(super) comment: Option<String>,
    pub(super) submitted: i64,
}

const OF_ZONE: &str = "id, account, name, reference, comment, tags, created";

fn zone(row: &Row<'_>) -> rusqlite::Result<Zone> {
    let (account, tags): (i64, String) = (row.get(1)?, row.get(5)?);
    Ok(Zone {
        id: row.get(0)?,
        account: account.cast_unsigned(),
        name: row.get(2)?,
        reference: row.get(3)?,
        comment: row.get(4)?,
        tags: serde_json::from_str(&tags).unwrap_or_default(),
        created: row.get(6)?,
    })
}

/// An id of letters and digits that nobody can foresee.
pub(super) fn fresh(letter: char) -> String {
    const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKLMNPQRSTVWXY";
    let drawn = random::<20>();
    let signs = drawn.iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)]));
    std::iter::once(letter).chain(signs).collect()
}

/// An id without what stands before it in answers.
pub(super) fn bare<'a>(id: &'a str, kind: &str) -> &'a str {
    let id = id.strip_prefix('/').unwrap_or(id);
    id.strip_prefix(kind).and_then(|id| id.strip_prefix('/')).unwrap_or(id)
}

impl Zone {
    pub(super) fn find(connection: &Connection, account: u64, id: &str) -> Result<Zone, Failure> {
        let sql = format!("SELECT {OF_ZONE} FROM zone WHERE id = ?1 AND account = ?2");
        let found =
            connection.query_row(&sql, params![id, account.cast_signed()], zone).optional()?;
        found.ok_or_else(|| no_zone(id).into())
    }

    pub(super) fn all(connection: &Connection, account: u64) -> rusqlite::Result<Vec<Zone>> {
        let sql = format!("SELECT {OF_ZONE} FROM zone WHERE account = ?1 ORDER BY created, id");
        let mut all = connection.prepare_cached(&sql)?;
        all.query_map([account.cast_signed()], zone)?.collect()
    }

    /// Those of all accounts.
    pub(super) fn everybodys(connection: &Connection) -> rusqlite::Result<Vec<Zone>> {
        let mut all = connection.prepare(&format!("SELECT {OF_ZONE} FROM zone"))?;
        all.query_map([], zone)?.collect()
    }

    /// Writes a zone in the place of what there was of it.
    pub(super) fn put(&self, connection: &Connection) -> rusqlite::Result<()> {
        let tags = serde_json::to_string(&self.tags).unwrap_or_default();
        connection.execute(
            "INSERT OR REPLACE INTO zone (id, account, name, reference, comment, tags, created) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                self.id,
                self.account.cast_signed(),
                self.name,
                self.reference,
                self.comment,
                tags,
                self.created
            ],
        )?;
        Ok(())
    }

    pub(super) fn delete(&self, connection: &Connection) -> rusqlite::Result<()> {
        connection.execute("DELETE FROM zone WHERE id = ?1", [&self.id])?;
        connection.execute("DELETE FROM association WHERE zone = ?1", [&self.id])?;
        connection.execute("DELETE FROM record WHERE zone = ?1", [&self.id])?;
        Ok(())
    }

    /// What a new zone has: where it begins, and its servers.
    pub(super) fn first_records(&self) -> [Records; 2] {
        let start =
            format!("{} awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400", SERVERS[0]);
        let records = |kind: &str, ttl, values: Vec<String>| Records {
            name: self.name.clone(),
            kind: kind.to_owned(),
            ttl,
            values,
        };
        [
            records("NS", 172_800, SERVERS.map(str::to_owned).to_vec()),
            records("SOA", 900, vec![start]),
        ]
    }

    /// Whether a VPC is associated.
    pub(super) fn has(
        &self,
        connection: &Connection,
        (region, vpc): &Vpc,
    ) -> rusqlite::Result<bool> {
        let sql = "SELECT 1 FROM association WHERE zone = ?1 AND region = ?2 AND vpc = ?3";
        connection.prepare_cached(sql)?.exists(params![self.id, region, vpc])
    }

    pub(super) fn vpcs(&self, connection: &Connection) -> rusqlite::Result<Vec<Vpc>> {
        let sql = "SELECT region, vpc FROM association WHERE zone = ?1 ORDER BY region, vpc";
        let mut all = connection.prepare_cached(sql)?;
        all.query_map([&self.id], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    }

    pub(super) fn associate(&self, connection: &Connection, vpc: &Vpc) -> rusqlite::Result<()> {
        let sql = "INSERT OR IGNORE INTO association (zone, region, vpc) VALUES (?1, ?2, ?3)";
        connection.execute(sql, params![self.id, vpc.0, vpc.1]).map(drop)
    }

    pub(super) fn disassociate(&self, connection: &Connection, vpc: &Vpc) -> rusqlite::Result<()> {
        let sql = "DELETE FROM association WHERE zone = ?1 AND region = ?2 AND vpc = ?3";
        connection.execute(sql, params![self.id, vpc.0, vpc.1]).map(drop)
    }

    /// The zones of a VPC.
    pub(super) fn of_vpc(connection: &Connection, vpc: &Vpc) -> rusqlite::Result<Vec<Zone>> {
        let sql = format!(
            "SELECT {OF_ZONE} FROM zone JOIN association ON association.zone = zone.id \
             WHERE association.region = ?1 AND association.vpc = ?2 ORDER BY id"
        );
        let mut all = connection.prepare_cached(&sql)?;
        all.query_map(params![vpc.0, vpc.1], zone)?.collect()
    }

    pub(super) fn records(&self, connection: &Connection) -> rusqlite::Result<Vec<Records>> {
        let sql = "SELECT name, kind, ttl, value FROM record WHERE zone = ?1";
        let mut all = connection.prepare_cached(sql)?;
        let read = |row: &Row<'_>| {
            let values: String = row.get(3)?;
            Ok(Records {
                name: row.get(0)?,
                kind: row.get(1)?,
                ttl: row.get(2)?,
                values: serde_json::from_str(&values).unwrap_or_default(),
            })
        };
        all.query_map([&self.id], read)?.collect()
    }

    pub(super) fn count(&self, connection: &Connection) -> rusqlite::Result<i64> {
        let sql = "SELECT count(*) FROM record WHERE zone = ?1";
        connection.prepare_cached(sql)?.query_row([&self.id], |row| row.get(0))
    }

    pub(super) fn put_records(
        &self,
        connection: &Connection,
        records: &Records,
    ) -> rusqlite::Result<()> {
        let values = serde_json::to_string(&records.values).unwrap_or_default();
        connection
            .execute(
                "INSERT OR REPLACE INTO record (zone, name, kind, ttl, value) \
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![self.id, records.name, records.kind, records.ttl, values],
            )
            .map(drop)
    }

    pub(super) fn delete_records(
        &self,
        connection: &Connection,
        (name, kind): (&str, &str),
    ) -> rusqlite::Result<()> {
        let sql = "DELETE FROM record WHERE zone = ?1 AND name = ?2 AND kind = ?3";
        connection.execute(sql, params![self.id, name, kind]).map(drop)
    }

    /// A zone as it is shown.
    pub(super) fn shown(&self, connection: &Connection) -> rusqlite::Result<HostedZone> {
        let comment = Some(self.comment.clone()).filter(|comment| !comment.is_empty());
        Ok(HostedZone {
            id: format!("/hostedzone/{}", self.id),
            name: self.name.clone(),
            caller_reference: self.reference.clone(),
            config: Some(HostedZoneConfig { comment, private_zone: Some(true) }),
            resource_record_set_count: Some(self.count(connection)?),
            linked_service: None,
            features: None,
        })
    }
}

/// A VPC as it is shown.
pub(super) fn shown_vpc((region, vpc): Vpc) -> ShownVpc {
    ShownVpc { vpc_region: Some(region), vpc_id: Some(vpc) }
}

impl Change {
    /// Notes that a change was made.
    pub(super) fn note(
        connection: &Connection,
        account: u64,
        comment: Option<String>,
        submitted: i64,
    ) -> rusqlite::Result<Change> {
        let id = fresh('C');
        connection.execute(
            "INSERT INTO change (id, account, comment, submitted) VALUES (?1, ?2, ?3, ?4)",
            params![id, account.cast_signed(), comment, submitted],
        )?;
        connection.execute(
            "DELETE FROM change WHERE number <= ?1",
            [connection.last_insert_rowid() - CHANGES],
        )?;
        Ok(Change { id, comment, submitted })
    }

    pub(super) fn find(
        connection: &Connection,
        account: u64,
        id: &str,
    ) -> rusqlite::Result<Option<Change>> {
        let sql = "SELECT id, comment, submitted FROM change WHERE id = ?1 AND account = ?2";
        let read = |row: &Row<'_>| {
            Ok(Change { id: row.get(0)?, comment: row.get(1)?, submitted: row.get(2)? })
        };
        connection.query_row(sql, params![id, account.cast_signed()], read).optional()
    }

    /// A change as it is shown to who made it, to whom it is not in force yet, or to who asks later.
    pub(super) fn shown(self, is_in_force: bool) -> ChangeInfo {
        let status = if is_in_force { "INSYNC" } else { "PENDING" };
        ChangeInfo {
            id: format!("/change/{}", self.id),
            status: status.to_owned(),
            submitted_at: self.submitted,
            comment: self.comment,
        }
    }
}
