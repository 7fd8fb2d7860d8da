namespace ImgApi.Domain.Images;

/// <summary>The rules that differ from server to server: everything that hangs on the mode, and the configured limits.</summary>
/// <param name="Mode">The server's mode.</param>
/// <param name="AdminUuid">In mode dc: the owner of images whose manifest names none, and of imported ones of the zero UUID.</param>
/// <param name="MaxFileSize">The largest image file in bytes.</param>
public sealed record ServerRules(ServerMode Mode = ServerMode.Mixed, Uuid? AdminUuid = null, long MaxFileSize = ImageLimits.DefaultFile)
{
    /// <summary>The server's channels; none unless configured.</summary>
    public ChannelSet Channels { get; init; } = ChannelSet.None;

    /// <summary>What is done about files that no machine can install.</summary>
    public ContentCheck ContentCheck { get; init; }

    /// <summary>The only value that <c>public</c> may have; null where both are accepted (contract 3.6).</summary>
    public bool? RequiredPublic => Mode switch
    {
        ServerMode.Public => true,
        ServerMode.Private => false,
        _ => null,
    };

    /// <summary>The value of an absent <c>public</c> on create and import (contract 3.6).</summary>
    public bool DefaultPublic => Mode == ServerMode.Public;

    /// <summary>Whether a caller without credentials may list images in every state, and see operators' fields.</summary>
    public bool TrustsAnonymous => Mode == ServerMode.Dc;

    /// <summary>Whether <c>billing_tags</c> and <c>traits</c> are kept from every answer (contract 3.2).</summary>
    public bool HidesBilling => Mode == ServerMode.Public;

    /// <summary>The owner of an image whose manifest names none; null if it must name one (contract 2.4).</summary>
    public Uuid? DefaultOwner => Mode == ServerMode.Dc ? AdminUuid : Uuid.Zero;

    /// <summary>The owner that an imported image gets (contract 0.1); null if its manifest must name one and does not.</summary>
    public Uuid? OwnerOnImport(Uuid? given) => Mode switch
    {
        ServerMode.Dc when given == Uuid.Zero => AdminUuid ?? given,
        ServerMode.Dc => given,
        _ => Uuid.Zero,
    };
}
