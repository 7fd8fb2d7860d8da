namespace ImgApi.Domain.Images;

/// <summary>
/// An image: its manifest's details, its content and its state (contract section 4). Immutable: each verb checks its guard and returns the
/// next version, or throws <see cref="ImgApiException"/>.
/// </summary>
public sealed partial record Image
{
    /// <summary>The <see cref="Revision"/> of an image that no repository has stored.</summary>
    public const long NotStored = 0;

    /// <summary>The <see cref="Revision"/> of an image that was loaded at the start.</summary>
    public const long Loaded = 1;

    private Image(Uuid uuid, ImageDetails details) => (Uuid, Details) = (uuid, details);

    public Uuid Uuid { get; private init; }

    public ImageDetails Details
    {
        get;
        private init
        {
            field = value;
            Approval = null;
        }
    }

    /// <summary>
    /// The stored version of the image: <see cref="Loaded"/>, then higher with every write. While the server runs, UUID and revision identify
    /// one version, so anything derived from a stored image can be cached under them. The result of a verb keeps the revision of the version
    /// that it is going to replace.
    /// </summary>
    public long Revision { get; private init; }

    /// <summary>Whether it was activated, which is irreversible.</summary>
    public bool Activated { get; private init; }

    /// <summary>Replaces the computed state.</summary>
    public string? Label { get; private init; }

    /// <summary>
    /// The name of the user who created the image here. Only the server sets it. Null if unknown: for images of other or earlier programs, of
    /// import jobs, and created without authentication.
    /// </summary>
    public string? Publisher { get; private init; }

    public ImageFile? File
    {
        get;
        private init
        {
            field = value;
            Approval = null;
        }
    }

    public ImageIcon? Icon
    {
        get;
        private init
        {
            field = value;
            Approval = null;
        }
    }

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

    public static Image Create(Uuid uuid, ImageDetails details) => new(uuid, details);

    /// <summary>An image as it was stored. Nothing is checked: every stored image is served.</summary>
    public static Image Restore(Uuid uuid, ImageDetails details, bool activated, string? label, ImageFile? file, ImageIcon? icon) =>
        new(uuid, details) { Revision = Loaded, Activated = activated, Label = label, File = file, Icon = icon };

    public Image PublishedBy(string? user) => this with { Publisher = user };

    public Image Stored(long revision) => this with { Revision = revision };

    /// <summary>
    /// The image adapted to the rules of this server, if it was stored under other rules: <c>public</c> gets its only allowed value
    /// (contract 9.3), and an image without channels joins the default channel (8.3). The stored manifest changes with the next write.
    /// </summary>
    public Image NormalizedFor(ServerRules rules)
    {
        var isPublic = rules.RequiredPublic ?? Details.Public;
        var channels = Details.Channels ?? (rules.Channels.Default is { } channel ? [channel.Name] : null);
        return isPublic == Details.Public && ReferenceEquals(channels, Details.Channels)
            ? this
            : this with { Details = Details with { Public = isPublic, Channels = channels } };
    }

    /// <summary>Adds or replaces the file. Guarded by <see cref="EnsureFileMutable"/>.</summary>
    public Image AttachFile(ImageFile file)
    {
        EnsureFileMutable();
        return this with { File = file };
    }

    /// <summary>Throws <c>ImageFilesImmutable</c> once activated. Callers refuse an upload with it before its body is read.</summary>
    public void EnsureFileMutable()
    {
        if (Activated)
        {
            throw new ImgApiException(ErrorCode.ImageFilesImmutable, $"cannot modify files on activated image {Uuid}");
        }
    }

    /// <summary>Throws <c>ValidationFailed</c> for an image that clients could not list once it is active.</summary>
    public void EnsureListable() => ClientRules.EnsureListable(Details, $"image \"{Uuid}\" cannot be activated");

    /// <summary>Makes the image active, or disabled if it was created disabled. Sets <c>published_at</c> unless an import has set it.</summary>
    /// <exception cref="ImgApiException"><c>ImageAlreadyActivated</c>, <c>NoActivationNoFile</c>, or as <see cref="EnsureListable"/>.</exception>
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

    /// <summary>Throws <c>ImageAlreadyActivated</c> once activated, for instance during an upload.</summary>
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

    public Image ChangeIcon(ImageIcon icon) => this with { Icon = icon };

    public Image RemoveIcon() => Icon is null ? throw IconNotFound() : this with { Icon = null };

    public ImgApiException IconNotFound() => ImgApiException.NotFound($"image \"{Uuid}\" has no icon");

    /// <exception cref="ImgApiException"><c>InvalidParameter</c> for more than <see cref="ImageLimits.Acl"/> accounts.</exception>
    public Image GrantAccess(IEnumerable<Uuid> accounts)
    {
        Uuid[] all = [.. Details.Acl.Union(accounts)];
        return all.Length <= Math.Max(ImageLimits.Acl, Details.Acl.Count)
            ? this with { Details = Details with { Acl = all } }
            : throw ImgApiException.InvalidParameter("acl", $"invalid image \"acl\" (too many accounts: {all.Length}, max {ImageLimits.Acl})");
    }

    public Image RevokeAccess(IEnumerable<Uuid> accounts) => this with { Details = Details with { Acl = [.. Details.Acl.Except(accounts)] } };

    public bool IsIn(string channel) => Details.Channels?.Contains(channel) == true;

    public Image JoinChannel(string channel) =>
        IsIn(channel) ? this : this with { Details = Details with { Channels = [.. Details.Channels ?? [], channel] } };

    /// <summary>To leave the last channel, remove the image instead.</summary>
    public Image LeaveChannel(string channel) =>
        this with { Details = Details with { Channels = [.. (Details.Channels ?? []).Where(other => other != channel)] } };

    /// <summary>Replaces the details, the label, the digests of the file and, before activation, uuid and origin.</summary>
    /// <exception cref="ImgApiException"><c>ValidationFailed</c> for a new UUID or origin once activated, or if it becomes unlistable.</exception>
    public Image Update(ImageChange change)
    {
        if (Activated && (change.Uuid != Uuid || change.Details.Origin != Details.Origin))
        {
            var field = change.Uuid != Uuid ? "uuid" : "origin";
            throw ImgApiException.ValidationFailed(
                field, $"invalid image update data: {field}", FieldError.NotAllowed, "Can only be updated on unactivated images");
        }

        var next = this with { Uuid = change.Uuid, Details = change.Details, Label = change.Label, File = change.File };
        if (Activated && ClientRules.IsListable(Details))
        {
            ClientRules.EnsureListable(next.Details, "invalid image update data: tags");
        }

        return next;
    }

    /// <summary>Whether <c>readAuth</c> can hide the image from strangers.</summary>
    public bool IsPrivate => !Details.Public;

    /// <summary>Contract 6.5: the owner always sees the image, others once it is activated and public or shared with them.</summary>
    public bool IsVisibleTo(Uuid account) =>
        Details.Owner == account || (Activated && (Details.Public || Details.Acl.Contains(account)));
}
