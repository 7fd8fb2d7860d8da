namespace ImgApi.Domain.Audit;

/// <summary>
/// What happened, and who did it. The event of a change is recorded before the change takes effect; if the change then fails, a second event
/// <see cref="Corrects"/> the first.
/// </summary>
public sealed record AuditEvent
{
    // Characters of names and reasons, which clients choose.
    private const int MaxText = 256;

    /// <summary>One more than that of the previous event; 0 before the event is recorded.</summary>
    public long Number { get; init; }

    public DateTimeOffset Time { get; init; }

    /// <inheritdoc cref="Cause.Action"/>
    public required string Action { get; init; }

    /// <summary>The user; for refused credentials the name that the caller gave.</summary>
    public string? User { get; init; }

    /// <inheritdoc cref="Cause.Token"/>
    public string? Token { get; init; }

    /// <inheritdoc cref="Cause.Address"/>
    public string? Address { get; init; }

    /// <inheritdoc cref="Cause.Request"/>
    public string? Request { get; init; }

    /// <summary>The image after the change, or the one that another event is about; null for events about no image.</summary>
    public Uuid? Image { get; init; }

    /// <summary>The name of the image; null for events that change no image.</summary>
    public string? Name { get; init; }

    public string? Version { get; init; }

    /// <summary>The name of the user, or the id of the token or upload, that the event is about; null for others.</summary>
    public string? Subject { get; init; }

    /// <summary>
    /// The changed fields of the manifest or of the subject, or the changed keys of the configuration; null for an addition or a removal of an
    /// image, and for a removal of an upload. If the event corrects another, what did not change.
    /// </summary>
    public IReadOnlyDictionary<string, FieldChange>? Changed { get; init; }

    /// <summary>SHA-256 of the stored manifest after the change, in hexadecimal digits; null after a removal.</summary>
    public string? Manifest { get; init; }

    /// <summary>Number of the event whose change did not take effect.</summary>
    public long? Corrects { get; init; }

    /// <summary>Why it did not, or why credentials or a file of the operator were refused.</summary>
    public string? Reason { get; init; }

    /// <summary>SHA-256 of the event and of all before it, in hexadecimal digits; null before the event is recorded.</summary>
    public string? Hash { get; init; }

    /// <summary>
    /// Whether the event is recorded even on a full disk: it removes an image or an upload, which makes room, corrects another one, or is about
    /// the server itself.
    /// </summary>
    public bool MustFit => Corrects is not null || (IsChange ? Manifest is null : Address is null || (Subject is not null && Changed is null));

    /// <summary>Whether it adds, changes or removes its image.</summary>
    public bool IsChange => Name is not null;

    public static AuditEvent By(Cause cause) => new()
    {
        Action = cause.Action,
        User = Shorten(cause.User),
        Token = cause.Token,
        Address = cause.Address,
        Request = Shorten(cause.Request),
    };

    /// <summary>A change of an image by <see cref="Cause.Current"/>.</summary>
    /// <param name="before">Null for an addition.</param>
    /// <param name="after">Null for a removal.</param>
    public static AuditEvent Of(Image? before, Image? after)
    {
        var image = after ?? before ?? throw new ArgumentNullException(nameof(after));
        return By(Cause.Current) with
        {
            Image = image.Uuid,
            Name = VisibleText.Cut(image.Details.Name, MaxText),
            Version = VisibleText.Cut(image.Details.Version, MaxText),
            Changed = before is null || after is null ? null : FieldChange.Between(before, after),
        };
    }

    /// <summary>An event about a user or a token. No request causes it: somebody changed a file of the server.</summary>
    /// <param name="fields">Those whose values differ are recorded.</param>
    public static AuditEvent About(string subject, string action, params IEnumerable<(string Name, string? From, string? To)> fields) =>
        By(new Cause(action)) with { Subject = Shorten(subject), Changed = FieldChange.Of(fields) };

    public AuditEvent Because(string? reason) => this with { Reason = Shorten(reason) };

    /// <summary>The event that corrects this one.</summary>
    public AuditEvent Undone(string reason) =>
        this with { Number = 0, Time = default, Manifest = null, Corrects = Number, Hash = null, Reason = Shorten(reason) };

    private static string? Shorten(string? text) => string.IsNullOrEmpty(text) ? null : VisibleText.Cut(text, MaxText);
}
