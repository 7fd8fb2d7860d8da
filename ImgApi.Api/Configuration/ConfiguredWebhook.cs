using ImgApi.Domain.Notifications;

namespace ImgApi.Api.Configuration;

/// <summary>An entry of <c>webhooks</c>.</summary>
[MustBe("{ \"url\": ..., \"secret\": ..., \"events\": [...] }")]
internal sealed record ConfiguredWebhook
{
    public const int MinSecret = 16;

    /// <summary>Where the events are posted to.</summary>
    [MustBe("an http or https URL")]
    public Uri? Url { get; init; }

    /// <summary>The key of the signature.</summary>
    [MustBe("a string of at least 16 characters")]
    public string Secret { get; init; } = "";

    /// <summary>The kinds of events; all by default.</summary>
    [MustBe("a list of \"create\", \"activate\", \"change\", \"delete\" and \"damage\"")]
    public IReadOnlyList<NotificationKind> Events { get; init; } = Enum.GetValues<NotificationKind>();

    internal Webhook ToWebhook() => new(Url!, Secret, Events);

    /// <summary>Without the secret, so that no log line or message shows it.</summary>
    public override string ToString() => "webhook";
}
