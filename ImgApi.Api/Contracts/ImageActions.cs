namespace ImgApi.Api.Contracts;

/// <summary>The values of <c>action</c> by route, for error messages and the API documentation.</summary>
internal static class ImageActions
{
    private const string OnlyWithChannels = "channel-add";

    /// <summary><c>POST /images/UUID</c> on a server with channels.</summary>
    public static IReadOnlyList<string> OnImage { get; } =
    [
        "activate", "approve", "reject", "disable", "enable", "update", "import", "import-remote", "import-from-datacenter", OnlyWithChannels, "change-stor",
        "export",
    ];

    /// <summary><c>POST /images</c>. It is optional there.</summary>
    public static IReadOnlyList<string> OnCreate { get; } = ["create-from-vm", "import-docker-image", "import-lxd-image"];

    /// <summary><c>POST /images/UUID/acl</c>.</summary>
    public static IReadOnlyList<string> OnAcl { get; } = ["add", "remove"];

    /// <summary><c>POST /state</c>.</summary>
    public static IReadOnlyList<string> OnState { get; } = ["dropcaches"];

    /// <summary><c>POST /images/UUID</c> on a server with these channels.</summary>
    public static IEnumerable<string> On(ChannelSet channels) => OnImage.Where(action => channels.Exist || action != OnlyWithChannels);
}
