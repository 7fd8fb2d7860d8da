namespace ImgApi.Domain.Images;

/// <summary>
/// An image: its manifest's details, its content and its place in the state machine of contract section 4. Immutable:
/// each verb checks its guard and returns the next image, or throws <see cref="ImgApiException"/> and changes nothing.
/// An instance may be held without locks for any time.
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

    /// <summary>What its callers said about it.</summary>
    public ImageDetails Details { get; private init; }

    /// <summary>The <see cref="Revision"/> of an image that no repository has stored.</summary>
    public const long NotStored = 0;

    /// <summary>The <see cref="Revision"/> of an image that was loaded at the start.</summary>
    public const long Loaded = 1;

    /// <summary>
    /// Which stored version of the image this is: <see cref="Loaded"/>, then higher with every write. No two versions of images that ever
    /// had one uuid share a revision while the server runs, so what is derived from a stored image can be cached under its uuid and
    /// revision. A version that a verb made keeps the revision of the one that it is to replace.
    /// </summary>
    public long Revision { get; private init; }

    /// <summary>Whether it was activated, which cannot be undone.</summary>
    public bool Activated { get; private init; }

    /// <summary>An operator's label in place of the computed state; null if there is none.</summary>
    public string? Label { get; private init; }

    /// <summary>Its file; null before the first upload.</summary>
    public ImageFile? File { get; private init; }

    /// <summary>Its icon; null if it has none.</summary>
    public ImageIcon? Icon { get; private init; }

    /// <summary>One of the words of <see cref="ImageState"/>: the label if there is one, else computed.</summary>
    public string State => Label ?? (Activated, Details.Disabled) switch
    {
        (false, _) => ImageState.Unactivated,
        (true, false) => ImageState.Active,
        (true, true) => ImageState.Disabled,
    };

    /// <summary>Whether it holds the place of an image that is being made elsewhere, and an import may replace it.</summary>
    public bool IsPlaceholder => Label == ImageState.Creating && !Activated;

    /// <summary>Whether it can be installed, and be the origin of others.</summary>
    public bool IsActive => Activated && !Details.Disabled;

    /// <summary>A new image without content, not activated.</summary>
    public static Image Create(Uuid uuid, ImageDetails details) => new(uuid, details);

    /// <summary>An image as it was stored. Checks nothing: what was stored is served.</summary>
    public static Image Restore(Uuid uuid, ImageDetails details, bool activated, string? label, ImageFile? file, ImageIcon? icon) =>
        new(uuid, details) { Revision = Loaded, Activated = activated, Label = label, File = file, Icon = icon };

    /// <summary>The image as a repository has stored it.</summary>
    public Image Stored(long revision) => this with { Revision = revision };

    /// <summary>
    /// An image that was stored under other rules, as a server with these shows it: <c>public</c> takes the only value that
    /// it may have (contract 9.3), and an image from before there were channels is in the default one (8.3). What is stored
    /// changes with the next write.
    /// </summary>
    public Image Under(ServerRules rules)
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

    /// <summary>Gives the image its file, in place of an earlier one.</summary>
    /// <exception cref="ImgApiException"><c>ImageFilesImmutable</c> once activated.</exception>
    public Image AttachFile(ImageFile file)
    {
        EnsureFileMutable();
        return this with { File = file };
    }

    /// <summary>The guard of <see cref="AttachFile"/> alone, for refusing an upload before its body is read.</summary>
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
    /// Makes the image installable. It becomes active, or disabled if it was created so. <c>published_at</c> is set to
    /// <paramref name="now"/> unless an import set it.
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

    /// <summary>Guards what an activation during an upload makes impossible.</summary>
    /// <exception cref="ImgApiException"><c>ImageAlreadyActivated</c>.</exception>
    public void EnsureNotActivated()
    {
        if (Activated)
        {
            throw new ImgApiException(ErrorCode.ImageAlreadyActivated, $"image \"{Uuid}\" is already activated");
        }
    }

    /// <summary>Takes the image off the default list once it is activated. Never fails; repeating it changes nothing.</summary>
    public Image Disable() => this with { Label = null, Details = Details with { Disabled = true } };

    /// <summary>Undoes <see cref="Disable"/>; does not activate. Never fails; repeating it changes nothing.</summary>
    public Image Enable() => this with { Label = null, Details = Details with { Disabled = false } };

    /// <summary>Gives the image its icon, in place of an earlier one. Allowed in every state.</summary>
    public Image ChangeIcon(ImageIcon icon) => this with { Icon = icon };

    /// <summary>Takes the icon away.</summary>
    /// <exception cref="ImgApiException"><c>ResourceNotFound</c> if there is none.</exception>
    public Image RemoveIcon() => Icon is null ? throw NoIcon() : this with { Icon = null };

    /// <summary>404 for an image without icon.</summary>
    public ImgApiException NoIcon() => ImgApiException.NotFound($"image \"{Uuid}\" has no icon");

    /// <summary>Lets the accounts see the image although it is private. Accounts that do already are passed over.</summary>
    /// <exception cref="ImgApiException"><c>InvalidParameter</c> if that makes more than <see cref="ImageLimits.Acl"/> accounts.</exception>
    public Image GrantAccess(IEnumerable<Uuid> accounts)
    {
        Uuid[] all = [.. Details.Acl.Union(accounts)];
        return all.Length <= Math.Max(ImageLimits.Acl, Details.Acl.Count)
            ? this with { Details = Details with { Acl = all } }
            : throw ImgApiException.InvalidParameter("acl", $"invalid image \"acl\" (too many accounts: {all.Length}, max {ImageLimits.Acl})");
    }

    /// <summary>Undoes <see cref="GrantAccess"/>. Accounts that are not in the list are passed over.</summary>
    public Image RevokeAccess(IEnumerable<Uuid> accounts) =>
        this with { Details = Details with { Acl = [.. Details.Acl.Except(accounts)] } };

    /// <summary>Whether the image is in that channel.</summary>
    public bool IsIn(string channel) => Details.Channels?.Contains(channel) == true;

    /// <summary>Puts the image into one more channel; in which it is already, nothing changes.</summary>
    public Image JoinChannel(string channel) =>
        IsIn(channel) ? this : this with { Details = Details with { Channels = [.. Details.Channels ?? [], channel] } };

    /// <summary>Takes the image out of one of its channels. Out of the last one means removing it, which is not this verb's.</summary>
    public Image LeaveChannel(string channel) =>
        this with { Details = Details with { Channels = [.. (Details.Channels ?? []).Where(other => other != channel)] } };

    /// <summary>Replaces the details, the label, the digests of the file and, before activation, uuid and origin.</summary>
    /// <exception cref="ImgApiException">
    /// <c>ValidationFailed</c> if an activated image would change its uuid or origin, or if clients could not list it any more.
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

    /// <summary>Whether the image is only for those who have shown who they are, where the server keeps such images from others.</summary>
    public bool IsPrivate => !Details.Public;

    /// <summary>
    /// Whether <paramref name="account"/> sees the image (contract 6.5): its owner always; others once it is activated and
    /// either public or shared with them.
    /// </summary>
    public bool IsVisibleTo(Uuid account) =>
        Details.Owner == account || (Activated && (Details.Public || Details.Acl.Contains(account)));
}
