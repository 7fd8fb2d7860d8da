using ImgApi.Api.CommandLine.Images;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary>An image to publish.</summary>
/// <param name="Manifest">With a UUID, the image gets it; else the server chooses one.</param>
internal sealed record Publication(JsonElement Manifest, UploadSource Source)
{
    public IconFile? Icon { get; init; }

    public string? Compression { get; init; }

    public bool Activates { get; init; } = true;

    /// <summary>Whether what was made stays at the server if the command fails.</summary>
    public bool Keeps { get; init; }

    public bool IsForced { get; init; }

    /// <summary>A manifest without its state: a new image has none, but a manifest that was exported has one.</summary>
    public static JsonElement New(JsonElement manifest)
    {
        var fields = new ManifestDocument(manifest);
        fields.Remove("state");
        return ManifestJson.Of(fields);
    }

    /// <summary>
    /// A manifest of another server as files and other servers take it: without its state, its channels, which another server does not have and
    /// <c>imgadm install</c> refuses, and fields that no image has.
    /// </summary>
    public static JsonElement Portable(JsonElement manifest)
    {
        var fields = new ManifestDocument(manifest);
        fields.Remove([.. fields.Names.Where(name => name is "state" or "channels" || ManifestSchema.Find(name) is null)]);
        return ManifestJson.Of(fields);
    }

    public string Title => VisibleText.Cut($"{Manifest.Member("name").AsLenientText()}@{Manifest.Member("version").AsLenientText()}");

    /// <summary>The file that the manifest describes; null if it describes none.</summary>
    public RemoteFile? Claims => Manifest.Member("files").Items().Any() ? new RemoteManifest(Manifest).File : null;
}
