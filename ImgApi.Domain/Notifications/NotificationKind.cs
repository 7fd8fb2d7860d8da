using ImgApi.Domain.Audit;

namespace ImgApi.Domain.Notifications;

/// <summary>What receivers of notifications can choose from. On the wire and in the configuration the names are in lower case.</summary>
public enum NotificationKind
{
    Create,

    /// <summary>An image waits for approval.</summary>
    Approval,

    Activate,
    Change,
    Delete,
    Damage,
}

/// <summary>The kinds of events.</summary>
public static class NotificationKinds
{
    /// <summary>The <see cref="AuditEvent.Action"/> of damage that the server found.</summary>
    public const string FindDamage = "FindDamage";

    private const string State = "state";

    public static string NameOf(NotificationKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The kind of an event; null for one that nobody is notified of.</summary>
    public static NotificationKind? Of(AuditEvent one) => one switch
    {
        { Action: FindDamage } => NotificationKind.Damage,
        { IsChange: false } or { Corrects: not null } => null,
        { Manifest: null } => NotificationKind.Delete,
        { Changed: null } => NotificationKind.Create,
        { Changed: var changed } when changed.GetValueOrDefault(State) is { From: ImageState.Unactivated or ImageState.Creating, To: ImageState.Active } =>
            NotificationKind.Activate,
        { Changed: var changed } when changed.GetValueOrDefault(FieldChange.Approval) is { To: ApprovalRequest.Waiting } => NotificationKind.Approval,
        _ => NotificationKind.Change,
    };
}
