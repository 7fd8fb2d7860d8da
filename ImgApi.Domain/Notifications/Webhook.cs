namespace ImgApi.Domain.Notifications;

/// <summary>A receiver of notifications.</summary>
/// <param name="Url">Where they are posted to.</param>
/// <param name="Secret">The key of the signature.</param>
/// <param name="Kinds">The kinds that it wants.</param>
public sealed record Webhook(Uri Url, string Secret, IReadOnlyCollection<NotificationKind> Kinds)
{
    /// <summary>The URL without parts that may be secret: user, query and fragment.</summary>
    public string Name => Url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>The name alone, so that no log line or message shows the secret.</summary>
    public override string ToString() => Name;
}
