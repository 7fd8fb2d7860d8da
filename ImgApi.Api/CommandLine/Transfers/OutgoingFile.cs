using ImgApi.Api.CommandLine.Output;
using ImgApi.Infrastructure.Unpacking;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary>Inspects a file before anything is sent, so that a file that no machine can install changes nothing at the server.</summary>
internal static class OutgoingFile
{
    /// <param name="manifest">The manifest of the image.</param>
    /// <param name="claims">The file that the manifest describes; null if it describes none.</param>
    /// <param name="compression">Null to detect it.</param>
    /// <param name="force">Whether a file that no machine can install is accepted, also by the server.</param>
    /// <returns>The parameters of the upload.</returns>
    /// <exception cref="CommandException">The file is refused.</exception>
    public static async Task<IReadOnlyList<KeyValuePair<string, string>>> InspectAsync(
        UploadSource source, JsonElement manifest, RemoteFile? claims, string? compression, bool force, CancellationToken cancellation)
    {
        if (compression is not null && !Compression.All.Contains(compression))
        {
            throw new CommandException($"--compression must be one of {string.Join(", ", Compression.All)}");
        }

        if (claims is not null && source.Length is { } length && length != claims.Size)
        {
            throw new CommandException($"{source.Name} has {length} bytes, but its manifest says {claims.Size}");
        }

        var head = await source.ReadHeadAsync(UploadPreview.HeadLength, cancellation);
        var isWhole = head.Length < UploadPreview.HeadLength || head.Length == source.Length;
        try
        {
            var preview = new UploadPreview(new ContentInspector(new HeadUnpacker()));
            var details = ManifestCodec.Details(new ManifestDocument(manifest));
            compression = preview.Inspect(details, compression ?? claims?.Compression, head, isWhole, force);
        }
        catch (ImgApiException refusal)
        {
            var detail = refusal.Errors is [{ Message: { } text }, ..] && text != refusal.Message ? $": {text}" : "";
            throw new CommandException($"{source.Name}: {WithOptions(refusal.Message + detail)}");
        }

        return
        [
            new("compression", compression),
            .. claims is null ? (KeyValuePair<string, string>[])[] : [new("sha1", claims.Sha1)],
            .. force ? (KeyValuePair<string, string>[])[new("force", "true")] : [],
        ];
    }

    /// <summary>A message of the server's rules, with the options of the command in place of the parameters of a request.</summary>
    private static string WithOptions(string message) => message
        .Replace("force=true", "--force", StringComparison.Ordinal)
        .Replace("send compression=", "give --compression ", StringComparison.Ordinal)
        .Replace("missing \"compression\"", "missing --compression", StringComparison.Ordinal);
}
