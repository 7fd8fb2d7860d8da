namespace ImgApi.Domain.Images;

/// <summary>
/// An image: its manifest's details, its content and its state (contract section 4). Immutable: each verb checks its guard and returns the
/// next version, or throws <see cref="ImgApiException"/>.
/// </summary>
public sealed record Image
{
    private Image(Uuid uuid, ImageDetails details)
    {
        Uuid = uuid;
        Details = details;
    }

    /// <summary>The image's identity.</summary>
    public Uuid Uuid { get; private init; }

    /// <summary>The fields that callers set.</summary>
    public ImageDetails Details { get; private init; }

    /// <summary>The <see cref="Revision"/> of an image that no repository has stored.</summary>
    public const long NotStored = 0;

    /// <summary>The <see cref="Revision"/> of an image that was loaded at the start.</summary>
    public const long Loaded = 1;

    /// <summary>
    /// The stored version of the image: <see cref="Loaded"/>, then higher with every write. While the server runs, UUID and revision identify
    /// one version, so anything derived from a stored image can be cached under them. The result of a verb keeps the revision of the version
    /// that it is going to replace.
    /// </summary>
    public long Revision { get; private init; }

    /// <summary>Whether it was activated, which is irreversible.</summary>
    public bool Activated { get; private init; }

    /// <summary>A label that replaces the computed state; null if there is none.</summary>
    public string? Label { get; private init; }

    /// <summary>The file; null before the first upload.</summary>
    public ImageFile? File { get; private init; }

    /// <summary>The icon; null if there is none.</summary>
    public ImageIcon? Icon { get; private init; }

    /// <summary>A value of <see cref="ImageState"/>: the label, or else the computed state.</summary>
    public string State => Label ?? (Activated, Details.Disabled) switch
    {
        (false, _) => ImageState.Unactivated,
        (true, false) => ImageState.Active,
        (true, true) => ImageState.Disabled,
    };

    /// <summary>Whether it stands for an image that is being created elsewhere, so that an import may replace it.</summary>
    public bool IsPlaceholder => Label == ImageState.Creating && !Activated;

    /// <summary>Whether it can be installed and be the origin of other images.</summary>
    public bool IsActive => Activated && !Details.Disabled;

    /// <summary>A new image without content, not activated.</summary>
    public static Image Create(Uuid uuid, ImageDetails details) => new(uuid, details);

    /// <summary>An image as it was stored. Nothing is checked: every stored image is served.</summary>
    public static Image Restore(Uuid uuid, ImageDetails details, bool activated, string? label, ImageFile? file, ImageIcon? icon) =>
        new(uuid, details) { Revision = Loaded, Activated = activated, Label = label, File = file, Icon = icon };

    /// <summary>The image as a repository has stored it.</summary>
    public Image Stored(long revision) => this with { Revision = revision };

    /// <summary>
    /// The image adapted to the rules of this server, if it was stored under other rules: <c>public</c> gets its only allowed value
    /// (contract 9.3), and an image without channels joins the default channel (8.3). The stored manifest changes with the next write.
    /// </summary>
    public Image NormalizedFor(ServerRules rules)
    {
        var details = Details;
        if (rules.RequiredPublic is { } required && required != details.Public)
        {
            details = details with { Public = required };
        }

        if (details.Channels is null && rules.Channels.Default is { } channel)
        {
            details = details with { Channels = [channel.Name] };
        }

        return ReferenceEquals(details, Details) ? this : this with { Details = details };
    }

    /// <summary>Adds or replaces the file.</summary>
    /// <exception cref="ImgApiException"><c>ImageFilesImmutable</c> once activated.</exception>
    public Image AttachFile(ImageFile file)
    {
        EnsureFileMutable();
        return this with { File = file };
    }

    /// <summary>The guard of <see cref="AttachFile"/>, to refuse an upload before its body is read.</summary>
    /// <exception cref="ImgApiException"><c>ImageFilesImmutable</c> once activated.</exception>
    public void EnsureFileMutable()
    {
        if (Activated)
        {
            throw new ImgApiException(ErrorCode.ImageFilesImmutable, $"cannot modify files on activated image {Uuid}");
        }
    }

    /// <summary>Refuses an image that clients could not list once it is active.</summary>
    /// <exception cref="ImgApiException"><c>ValidationFailed</c>.</exception>
    public void EnsureListable() => ClientRules.EnsureListable(Details, $"image \"{Uuid}\" cannot be activated");

    /// <summary>
    /// Makes the image installable: active, or disabled if it was created disabled. <c>published_at</c> is set to <paramref name="now"/>
    /// unless an import has set it.
    /// </summary>
    /// <exception cref="ImgApiException">
    /// <c>ImageAlreadyActivated</c>; then <c>NoActivationNoFile</c>; then <c>ValidationFailed</c> if clients could not list it.
    /// </exception>
    public Image Activate(DateTimeOffset now)
    {
        EnsureNotActivated();
        if (File is null)
        {
            throw new ImgApiException(ErrorCode.NoActivationNoFile, $"image \"{Uuid}\" cannot be activated: it has no file");
        }

        EnsureListable();
        return this with
        {
            Activated = true,
            Label = null,
            Details = Details with { PublishedAt = Details.PublishedAt ?? Timestamp.From(now) },
        };
    }

    /// <summary>Refuses an image that was activated, for instance during an upload.</summary>
    /// <exception cref="ImgApiException"><c>ImageAlreadyActivated</c>.</exception>
    public void EnsureNotActivated()
    {
        if (Activated)
        {
            throw new ImgApiException(ErrorCode.ImageAlreadyActivated, $"image \"{Uuid}\" is already activated");
        }
    }

    /// <summary>Removes the image from the default list. Idempotent, and allowed in every state.</summary>
    public Image Disable() => this with { Label = null, Details = Details with { Disabled = true } };

    /// <summary>Undoes <see cref="Disable"/>, without activating the image. Idempotent, and allowed in every state.</summary>
    public Image Enable() => this with { Label = null, Details = Details with { Disabled = false } };

    /// <summary>Adds or replaces the icon. Allowed in every state.</summary>
    public Image ChangeIcon(ImageIcon icon) => this with { Icon = icon };

    /// <summary>Removes the icon.</summary>
    /// <exception cref="ImgApiException"><c>ResourceNotFound</c> if there is none.</exception>
    public Image RemoveIcon() => Icon is null ? throw IconNotFound() : this with { Icon = null };

    /// <summary>404 for an image without an icon.</summary>
    public ImgApiException IconNotFound() => ImgApiException.NotFound($"image \"{Uuid}\" has no icon");

    /// <summary>Adds accounts to the ACL, so that they see the image although it is private. Accounts in the ACL are skipped.</summary>
    /// <exception cref="ImgApiException"><c>InvalidParameter</c> for more than <see cref="ImageLimits.Acl"/> accounts.</exception>
    public Image GrantAccess(IEnumerable<Uuid> accounts)
    {
        Uuid[] all = [.. Details.Acl.Union(accounts)];
        return all.Length <= Math.Max(ImageLimits.Acl, Details.Acl.Count)
            ? this with { Details = Details with { Acl = all } }
            : throw ImgApiException.InvalidParameter("acl", $"invalid image \"acl\" (too many accounts: {all.Length}, max {ImageLimits.Acl})");
    }

    /// <summary>Removes accounts from the ACL. Accounts that are not in it are skipped.</summary>
    public Image RevokeAccess(IEnumerable<Uuid> accounts) =>
        this with { Details = Details with { Acl = [.. Details.Acl.Except(accounts)] } };

    /// <summary>Whether the image is in that channel.</summary>
    public bool IsIn(string channel) => Details.Channels?.Contains(channel) == true;

    /// <summary>Adds the image to a channel; a no-op if it is already there.</summary>
    public Image JoinChannel(string channel) =>
        IsIn(channel) ? this : this with { Details = Details with { Channels = [.. Details.Channels ?? [], channel] } };

    /// <summary>Removes the image from a channel. To leave the last channel, remove the image instead.</summary>
    public Image LeaveChannel(string channel) =>
        this with { Details = Details with { Channels = [.. (Details.Channels ?? []).Where(other => other != channel)] } };

    /// <summary>Replaces the details, the label, the digests of the file and, before activation, uuid and origin.</summary>
    /// <exception cref="ImgApiException">
    /// <c>ValidationFailed</c> if it would change the UUID or origin of an activated image, or if clients could no longer list it.
    /// </exception>
    public Image Update(ImageChange change)
    {
        if (Activated && (change.Uuid != Uuid || change.Details.Origin != Details.Origin))
        {
            throw ImgApiException.ValidationFailed(
                change.Uuid != Uuid ? "uuid" : "origin",
                "invalid image update data: " + (change.Uuid != Uuid ? "uuid" : "origin"),
                FieldError.NotAllowed,
                "Can only be updated on unactivated images");
        }

        var next = this with { Uuid = change.Uuid, Details = change.Details, Label = change.Label, File = change.File };
        if (Activated && ClientRules.IsListable(Details))
        {
            ClientRules.EnsureListable(next.Details, "invalid image update data: tags");
        }

        return next;
    }

    /// <summary>Whether the image can be hidden from strangers, according to the server's <c>readAuth</c>.</summary>
    public bool IsPrivate => !Details.Public;

    /// <summary>
    /// Whether the account sees the image (contract 6.5): the owner always, other accounts once it is activated and either public or shared
    /// with them.
    /// </summary>
    public bool IsVisibleTo(Uuid account) =>
        Details.Owner == account || (Activated && (Details.Public || Details.Acl.Contains(account)));
}
