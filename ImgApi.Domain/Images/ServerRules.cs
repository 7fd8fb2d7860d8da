using ImgApi.Domain.Access;

namespace ImgApi.Domain.Images;

/// <summary>The rules that are configured for each server: behavior by mode, channels and limits.</summary>
/// <param name="AdminUuid">In mode <c>dc</c>: the owner of images whose manifest names none, and of imported images of the zero UUID.</param>
/// <param name="MaxFileSize">Maximum size of an image file in bytes.</param>
public sealed record ServerRules(ServerMode Mode = ServerMode.Mixed, Uuid? AdminUuid = null, long MaxFileSize = ImageLimits.DefaultFile)
{
    public ChannelSet Channels { get; init; } = ChannelSet.None;
    public ContentCheck ContentCheck { get; init; }

    /// <summary>Whether images of users without the right to approve become active only after somebody else has approved them.</summary>
    public bool RequiresApproval { get; init; }

    /// <summary>The only allowed value of <c>public</c>; null if both are allowed (contract 3.6).</summary>
    public bool? RequiredPublic => Mode switch
    {
        ServerMode.Public => true,
        ServerMode.Private => false,
        _ => null,
    };

    /// <summary>The default of <c>public</c> on create and import (contract 3.6).</summary>
    public bool DefaultPublic => Mode == ServerMode.Public;

    /// <summary>Whether callers without credentials may list images in every state and see the fields for operators.</summary>
    public bool TrustsAnonymous => Mode == ServerMode.Dc;

    /// <summary>Whether no response contains <c>billing_tags</c> and <c>traits</c> (contract 3.2).</summary>
    public bool HidesBilling => Mode == ServerMode.Public;

    /// <summary>The default owner; null if a manifest must name its owner (contract 2.4).</summary>
    public Uuid? DefaultOwner => Mode == ServerMode.Dc ? AdminUuid : Uuid.Zero;

    /// <summary>Whether the images of this user wait for approval.</summary>
    public bool NeedsApproval(Actor actor) => RequiresApproval && !actor.May(Right.Approve);

    /// <summary>The owner of an imported image (contract 0.1); null if its manifest lacks the required owner.</summary>
    public Uuid? OwnerOnImport(Uuid? given) => Mode switch
    {
        ServerMode.Dc when given == Uuid.Zero => AdminUuid ?? given,
        ServerMode.Dc => given,
        _ => Uuid.Zero,
    };
}

/// <summary>The kind of server (contract 0.1; only this server has <c>mixed</c>).</summary>
public enum ServerMode
{
    /// <summary>Images may be public or private.</summary>
    Mixed,

    /// <summary>Every image is public.</summary>
    Public,

    /// <summary>Every image is marked as private. Whether reading needs credentials is configured separately.</summary>
    Private,

    /// <summary>The image service of a datacenter: callers are trusted and act for accounts.</summary>
    Dc,
}

/// <summary>The reaction to a file that no machine can install as its manifest describes it.</summary>
public enum ContentCheck
{
    /// <summary>Accepted with a warning.</summary>
    Warn,

    /// <summary>Upload and activation are refused unless forced.</summary>
    Refuse,

    /// <summary>Files are not inspected.</summary>
    Off,
}
