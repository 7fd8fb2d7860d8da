namespace ImgApi.Api.Web.Editing;

/// <summary>What the pages of an image offer to those who may change it.</summary>
/// <param name="Dependents">Images that are increments of this one.</param>
/// <param name="Channels">The channels of the server.</param>
/// <param name="MayDelete">Whether the deletion is offered.</param>
internal sealed record ChangeView(Image Image, IReadOnlyList<Image> Dependents, ChannelSet Channels, bool MayDelete)
{
    /// <summary>The channels that the image is in; none on a server without channels.</summary>
    public IReadOnlyList<string> Own => [.. Names.Where(Image.IsIn)];

    /// <summary>The channels that the image is not in.</summary>
    public IReadOnlyList<string> Others => [.. Names.Except(Own)];

    /// <summary>The channel that requests about the image name; null on a server without channels.</summary>
    public string? Channel => Names.FirstOrDefault(Image.IsIn);

    private IEnumerable<string> Names => Channels.All.Select(channel => channel.Name);
}
