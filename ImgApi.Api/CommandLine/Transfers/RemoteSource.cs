using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Images;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary>The file of an image at another server, on its way through this machine.</summary>
/// <param name="From">The connection to the other server.</param>
internal sealed record RemoteSource(Session From, RemoteManifest Image) : UploadSource($"{ImageFileNames.File(Image.Json, Image.File.Compression)}", Image.File.Size)
{
    public override string Identity => $"{From.Source}\n{Image.Uuid}\n{Image.File.Sha1}";

    public override string KnownSha1 => Image.File.Sha1;

    public override async Task<Stream> OpenAsync(long offset, CancellationToken cancellation)
    {
        var part = await From.RequestAsync(() => From.Images.OpenFilePartAsync(From.Image(Image.Uuid!.Value), offset, cancellation));
        for (var skipped = part.Offset; skipped < offset;)
        {
            // A server that cannot continue sends the whole file.
            var buffer = new byte[Math.Min(256 * 1024, offset - skipped)];
            skipped += await part.Body.ReadAsync(buffer, cancellation) is > 0 and var count
                ? count
                : throw new ImgApiException(ErrorCode.RemoteSource, "the connection ended early", inner: new EndOfStreamException());
        }

        return part.Body;
    }
}
