//! What is supported of Secrets Manager.

use super::{Home, Selected, op, shape};

pub(super) const SELECTED: Selected = Selected {
    service: "secretsmanager",
    title: "Secrets Manager",
    home: Home::Neighbours,
    version: "2017-10-17",
    files: &["describe", "password", "policy", "secret", "tag", "value", "version"],
    operations: &[
        op!(BatchGetSecretValue, reads: [SecretIdList, Filters, MaxResults, NextToken]),
        op!(CreateSecret,
            reads: [Name, ClientRequestToken, Description, KmsKeyId, SecretBinary, SecretString, Tags],
            note: "KmsKeyId is kept and told: values lie as they came"),
        op!(DeleteResourcePolicy, reads: [SecretId]),
        op!(DeleteSecret, reads: [SecretId, RecoveryWindowInDays, ForceDeleteWithoutRecovery]),
        op!(DescribeSecret, reads: [SecretId]),
        op!(GetRandomPassword,
            reads: [PasswordLength, ExcludeCharacters, ExcludeNumbers, ExcludePunctuation, ExcludeUppercase,
                ExcludeLowercase, IncludeSpace, RequireEachIncludedType]),
        op!(GetResourcePolicy, reads: [SecretId]),
        op!(GetSecretValue, reads: [SecretId, VersionId, VersionStage]),
        op!(ListSecretVersionIds, reads: [SecretId, MaxResults, NextToken, IncludeDeprecated]),
        op!(ListSecrets,
            reads: [IncludePlannedDeletion, MaxResults, NextToken, Filters, SortOrder, SortBy]),
        op!(PutResourcePolicy,
            reads: [SecretId, ResourcePolicy],
            ignores: [BlockPublicPolicy: "nobody outside reaches the installation by a policy alone"]),
        op!(PutSecretValue,
            reads: [SecretId, ClientRequestToken, SecretBinary, SecretString, VersionStages]),
        op!(RestoreSecret, reads: [SecretId]),
        op!(TagResource, reads: [SecretId, Tags]),
        op!(UntagResource, reads: [SecretId, TagKeys]),
        op!(UpdateSecret,
            reads: [SecretId, ClientRequestToken, Description, KmsKeyId, SecretBinary, SecretString],
            note: "KmsKeyId is kept and told: values lie as they came"),
        op!(UpdateSecretVersionStage,
            reads: [SecretId, VersionStage, RemoveFromVersionId, MoveToVersionId]),
    ],
    shapes: &[shape!(Filter, reads: [Key, Values]), shape!(Tag, reads: [Key, Value])],
    errors: &[("AccessDeniedException", 400), ("ValidationException", 400)],
    ..Selected::PLAIN
};
