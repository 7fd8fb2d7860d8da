namespace ImgApi.Api.Web.Images;

/// <summary>The commands that install an image on a SmartOS machine. They are safe to paste, even if the manifest is hostile.</summary>
/// <param name="Import">With the channel of the image, if it is not in the default one.</param>
/// <param name="FileUrl">For links of the page, see <see cref="ImageContentController"/>.</param>
/// <param name="ManifestUrl">For links of the page.</param>
/// <param name="Machine">An example of a machine; null for images that <c>vmadm</c> cannot use.</param>
/// <param name="AreLocal">Whether only the server's own machine reaches the address in the commands.</param>
internal sealed record InstallCommands(
    string AddSource, string Import, string Download, string FileUrl, string ManifestUrl, string? Machine, bool AreLocal)
{
    /// <param name="server">URL of the server.</param>
    /// <param name="manifest">The manifest of the image.</param>
    public static InstallCommands For(Image image, JsonElement manifest, string server, ServerConfiguration configuration)
    {
        var channels = configuration.Rules.Channels;
        var channel = channels.Exist && (channels.Default is null || !image.IsIn(channels.Default.Name)) ? FirstChannel(image) : null;
        var query = channel is null ? "" : "?channel=" + Uri.EscapeDataString(channel);
        var url = $"{server}/images/{image.Uuid}";
        var content = $"{server}/ui/images/{image.Uuid}";
        var needsUser = configuration.ReadAccess == ReadAccess.All || (configuration.ReadAccess == ReadAccess.Private && image.IsPrivate);
        var name = ImageFileNames.File(manifest, image.File?.Compression ?? Compression.None);
        return new InstallCommands(
            $"imgadm sources -a {Quote(needsUser ? server.Replace("://", "://USER:PASSWORD@", StringComparison.Ordinal) : server)}",
            $"imgadm import {(channel is null ? "" : $"-C {Quote(channel)} ")}{image.Uuid}",
            $"curl -f {(needsUser ? "-u USER " : "")}-o {name} {Quote($"{url}/file{query}")}",
            $"{content}/file{query}",
            $"{content}/manifest{query}",
            MachineExample.Of(image) is { } machine ? $"vmadm create <<'END'\n{machine}\nEND" : null,
            new Uri(server).IsLoopback);
    }

    private static string? FirstChannel(Image image) => image.Details.Channels is [var first, ..] ? first : null;

    /// <summary>The text as one word of a shell.</summary>
    private static string Quote(string text) =>
        text.All(character => char.IsAsciiLetterOrDigit(character) || ":/.-_[]@".Contains(character))
            ? text
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
